"""Registries in two layers: the shipped rows, and what people added, which win."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scraper.errors import StorageError
from storage.records.tables_runs import RegistryRow

Layer = Literal["shipped", "local"]

KEYS: dict[str, tuple[str, ...]] = {
    "persons": ("person_id",),
    "occupancies": ("person_id", "office", "area_code", "agency_id", "from"),
    "agencies": ("agency_id",),
    "programmes": ("programme_id",),
    "places": ("code",),
}
"""The columns that name a row of each registry: a local row with the same ones replaces the shipped row."""


def load_registry(session: Session, *, layer: Layer, rows: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    """Replace the given registries of one layer by ``rows`` (registry name -> rows with the CSV columns).

    Raises StorageError for a name or a row that is not understood.
    """
    for kind, entries in rows.items():
        stored = [RegistryRow(layer=layer, kind=kind, key=_key(kind, row), values=dict(row)) for row in entries]
        session.execute(delete(RegistryRow).where(RegistryRow.layer == layer, RegistryRow.kind == kind))
        session.add_all(stored)


def registry_rows(session: Session) -> dict[str, list[dict[str, str]]]:
    """All registries, local rows over shipped ones, in the order they were loaded."""
    merged: dict[str, dict[str, dict[str, str]]] = {kind: {} for kind in KEYS}
    order = (RegistryRow.layer.desc(), RegistryRow.id)  # "shipped" before "local"
    for row in session.scalars(select(RegistryRow).order_by(*order)):
        merged[row.kind][row.key] = dict(row.values)
    return {kind: list(rows.values()) for kind, rows in merged.items()}


def registry_names(session: Session, *, kind: str) -> dict[str, str]:
    """Id or code -> name of one registry."""
    rows = session.execute(
        select(RegistryRow.key, RegistryRow.values).where(RegistryRow.kind == kind).order_by(RegistryRow.layer.desc())
    )
    return {key: values["name"] for key, values in rows if values.get("name")}


def _key(kind: str, row: Mapping[str, str]) -> str:
    if kind not in KEYS:
        raise StorageError(f"{kind!r} is no registry; known are {', '.join(KEYS)}")
    if not row.get(KEYS[kind][0]):
        raise StorageError(f"a row of {kind} has no {KEYS[kind][0]!r}; give it one: {dict(row)!r:.120}")
    return "|".join(row.get(column, "") for column in KEYS[kind])
