"""What people read for a key: the registry's name, else the form that articles use most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.records.changes import chunks
from storage.records.keys import name_key
from storage.records.registry import registry_names, registry_rows
from storage.records.tables_tags import PersonRow, PlaceRow, ProgramRow

COLUMNS: dict[str, tuple[Any, Any]] = {
    "persons": (PersonRow.person_key, PersonRow.name),
    "programmes": (ProgramRow.program_key, ProgramRow.name),
    "places": (PlaceRow.place_key, PlaceRow.surface),
}


def display_names(
    session: Session, kind: Literal["persons", "programmes", "places"], keys: Sequence[str]
) -> dict[str, str]:
    """Key -> name, for those of ``keys`` that any article or the registry knows."""
    known = registry_names(session, kind=kind)
    names = {key: known[key] for key in keys if key in known}
    for part in chunks([key for key in keys if key not in known]):
        names |= _usual(session, kind, part)
    return names


def person_keys(session: Session, name: str) -> frozenset[str]:
    """The keys across articles that a person's id, name or alias means."""
    key = name_key(name)
    registered = (
        row["person_id"]
        for row in registry_rows(session, only="persons")["persons"]
        if key in map(name_key, (row["name"], *(row.get("aliases") or "").split("|")))
    )
    return frozenset({name, key, *registered})


def _usual(session: Session, kind: str, keys: Sequence[str]) -> dict[str, str]:
    key, name = COLUMNS[kind]
    query = select(key, name).where(key.in_(keys)).group_by(key, name).order_by(func.count(), name.desc())
    return {found: form for found, form in session.execute(query)}
