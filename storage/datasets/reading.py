"""Rows of articles, read a batch of articles at a time."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from scraper.clock import WIB
from storage.datasets.snapshot import Snapshot, one_of
from storage.records.changes import chunks
from storage.records.tables import ArticleRow

IDS = "ids"
Grouped = dict[str, list[Any]]
"""Article id -> rows that belong to it, in the order in which they were saved."""


def batches(snapshot: Snapshot) -> Iterator[list[str]]:
    """Ids of the wanted articles in order; each batch counts as read when the next one is asked for."""
    for ids in snapshot.articles.batches():
        yield ids
        snapshot.advance(len(ids))


def articles(session: Session, ids: Sequence[str], *columns: Any) -> dict[str, Any]:
    """Article id -> columns of its row."""
    return {row[0]: row for row in _fetched(session, ids, ArticleRow.id, columns)}


def published_days(session: Session, ids: Sequence[str]) -> dict[str, date | None]:
    """Article id -> local day of publication."""
    found: dict[str, date | None] = {}
    for part in chunks(list(dict.fromkeys(ids))):
        found |= {key: row.published_day for key, row in articles(session, part, ArticleRow.published_day).items()}
    return found


def belonging(session: Session, ids: Sequence[str], table: Any, *columns: Any, where: Any = None) -> Grouped:
    """Rows of a table by article.

    Sorted here: SQLite reads a whole table in its order rather than a few of its rows to sort them.
    """
    found: Grouped = defaultdict(list)
    for row in sorted(_fetched(session, ids, table.article_id, (table.id, *columns), where), key=itemgetter(1)):
        found[row[0]].append(row)
    return found


def _fetched(session: Session, ids: Sequence[str], key: Any, columns: tuple[Any, ...], where: Any = None) -> Any:
    query = _query(session.get_bind().dialect.name, key, columns, where)
    return session.connection().execute(query, {"ids": ids}).all()


@lru_cache(maxsize=128)
def _query(dialect: str, key: Any, columns: tuple[Any, ...], where: Any) -> Any:
    """Made once: to work out that a query is one that it knows takes the library as long as to run it."""
    query = select(key, *columns).where(one_of(dialect, key, IDS))
    return query if where is None else query.where(where)


def as_read(column: Any) -> Any:
    """A column of lists or moments, as the driver gives it: ``strings`` and ``moments`` read it quicker than usual."""
    return type_coerce(column, String)


def strings(value: Any) -> list[str]:
    """The list that a column has which was read with ``as_read``."""
    return list(_strings(value)) if isinstance(value, str) else value or []


@lru_cache(maxsize=4096)
def _strings(value: str) -> list[str]:
    return json.loads(value) or []


def moments(values: Iterable[Any]) -> list[datetime | None]:
    """Moments that were read with ``as_read``, in local time; SQLite gives them as text in UTC."""
    return [
        value if value is None else datetime.fromisoformat(f"{value}+00:00").astimezone(WIB)
        if isinstance(value, str) else value.astimezone(WIB)
        for value in values
    ]  # fmt: skip


def local(moment: Any) -> Any:
    """A moment in local time; ``None`` stays."""
    return moment.astimezone(WIB) if moment else None


class SpanIds:
    """Names rows by article and place in the text; of several at one place the later ones get a number."""

    def __init__(self, article_id: str) -> None:
        self._article_id = article_id
        self._seen: Counter[tuple[int, int]] = Counter()

    def name(self, start: int, end: int) -> str:
        """The id of the next row at a place."""
        self._seen[start, end] += 1
        number = self._seen[start, end]
        return f"{self._article_id}-{start}-{end}" + (f"-{number}" if number > 1 else "")
