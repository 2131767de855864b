"""Which figures were told before."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.records.changes import chunks
from storage.records.tables_tags import UNDATED, FigureRow


def known_values(session: Session, values: Collection[tuple[float, str]], *, before: date) -> set[tuple[float, str]]:
    """Those of the pairs of value and unit that an article published before a day has."""
    known: set[tuple[float, str]] = set()
    for part in chunks(sorted({value for value, _ in values})):
        query = select(FigureRow.value, FigureRow.unit).distinct()
        query = query.where(FigureRow.value.in_(part), FigureRow.day < before, FigureRow.day > UNDATED)
        known |= {(value, unit) for value, unit in session.execute(query)}
    return known & set(values)
