"""Registries in two layers: the shipped rows, and what people added, which win.

A third one, ``tagged``, is what people had added when tagging last asked: the difference is what it has to take up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scraper.errors import StorageError
from scraper.registry import REGISTRY_KEYS
from storage.records.changes import chunks
from storage.records.tables_runs import RegistryRow

Layer = Literal["shipped", "local", "tagged"]
SHOWN = ("shipped", "local")


def load_registry(
    session: Session, *, layer: Layer, rows: Mapping[str, Sequence[Mapping[str, str]]], others: bool = False
) -> None:
    """Replace the given registries of one layer by ``rows`` (registry name -> rows with the CSV columns).

    With ``others``, rows of other keys stay.

    Raises StorageError for a name or a row that is not understood.
    """
    for kind, entries in rows.items():
        stored = [RegistryRow(layer=layer, kind=kind, key=row_key(kind, row), values=dict(row)) for row in entries]
        keys = chunks([row.key for row in stored]) if others else [None]
        for part in keys:
            gone = delete(RegistryRow).where(RegistryRow.layer == layer, RegistryRow.kind == kind)
            session.execute(gone if part is None else gone.where(RegistryRow.key.in_(part)))
        session.add_all(stored)


def has_registry(session: Session) -> bool:
    """Whether any rows were loaded yet."""
    return session.scalar(select(RegistryRow.id).limit(1)) is not None


def registry_rows(
    session: Session, *, layer: Layer | None = None, only: str | None = None
) -> dict[str, list[dict[str, str]]]:
    """All registries or ``only`` one, local rows over shipped ones, as they were loaded; or the rows of one layer."""
    merged: dict[str, dict[str, dict[str, str]]] = {kind: {} for kind in REGISTRY_KEYS}
    order = (RegistryRow.layer.desc(), RegistryRow.id)  # "shipped" before "local"
    query = select(RegistryRow).where(RegistryRow.layer.in_([layer] if layer else SHOWN)).order_by(*order)
    for row in session.scalars(query if only is None else query.where(RegistryRow.kind == only)):
        merged[row.kind][row.key] = dict(row.values)
    return {kind: list(rows.values()) for kind, rows in merged.items()}


def registry_names(session: Session, *, kind: str) -> dict[str, str]:
    """Id or code -> name of one registry."""
    wanted = (RegistryRow.kind == kind, RegistryRow.layer.in_(SHOWN))
    query = select(RegistryRow.key, RegistryRow.values["name"].as_string()).where(*wanted)
    return {key: name for key, name in session.execute(query.order_by(RegistryRow.layer.desc())) if name}


def row_key(kind: str, row: Mapping[str, str]) -> str:
    """What names a row in its registry; raises StorageError where it has no id."""
    if kind not in REGISTRY_KEYS:
        raise StorageError(f"{kind!r} is no registry; known are {', '.join(REGISTRY_KEYS)}")
    if not row.get(REGISTRY_KEYS[kind][0]):
        raise StorageError(f"a row of {kind} has no {REGISTRY_KEYS[kind][0]!r}; give it one: {dict(row)!r:.120}")
    return "|".join(row.get(column, "") for column in REGISTRY_KEYS[kind])
