"""What people add to the registries: rows of the local layer, further names, persons and programmes nobody knew.

Search, facets and pages show an edit at once. What tagging reads from the registries (names, terms of office, places,
agencies) the next ``pantau tag`` takes up: it tags the articles again that the edit may concern, and no others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scraper.clock import now
from scraper.errors import ConflictError, InputError
from scraper.registry import REGISTRY_COLUMNS, REGISTRY_KEYS
from storage.records.changes import touch
from storage.records.cleaning import clean_string
from storage.records.decisions import REGISTRIES, Kind, decide, decisions, reopen
from storage.records.keys import name_key
from storage.records.names import display_names
from storage.records.registry import SHOWN, registry_rows, row_key
from storage.records.tables_runs import RegistryRow
from storage.records.tables_tags import OfficeRow, PersonRow, PlaceRow, ProgramRow

BETWEEN = "|"
"""Stands between two aliases."""
NAMED = ("persons", "agencies", "programmes", "places")
"""Registries whose rows have names."""
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def save_registry_row(session: Session, registry: str, values: Mapping[str, str], *, by: str) -> str:
    """Add a row to the local layer, or put it in place of the local or shipped one of its key; gives the key.

    Columns that are not given are empty. Raises InputError for an unknown column, a missing name or a wrong day.
    """
    row = _checked(registry, values)
    key = row_key(registry, row)
    stored = _local(session, registry, key) or RegistryRow(layer="local", kind=registry, key=key)
    stored.values, stored.changed_by, stored.changed_at = row, by, now()
    session.add(stored)
    session.flush()
    touch(session, _showing(session, registry, key))
    return key


def remove_registry_row(session: Session, registry: str, key: str) -> bool:
    """Remove a row of the local layer, so that a shipped one shows again; ``False`` where there is none."""
    stored = _local(session, registry, key)
    if stored is None:
        return False
    session.delete(stored)
    session.flush()
    touch(session, _showing(session, registry, key))
    return True


def registry_row(session: Session, registry: str, key: str) -> dict[str, str] | None:
    """The row of a key, the local one where there is one; ``None`` where nobody registered it."""
    wanted = (RegistryRow.kind == registry, RegistryRow.key == key, RegistryRow.layer.in_(SHOWN))
    rows = select(RegistryRow).where(*wanted)
    found = session.scalars(rows.order_by(RegistryRow.layer)).first()  # "local" before "shipped"
    return dict(found.values) if found else None


def add_alias(session: Session, kind: Kind, registered: str, alias: str, *, by: str) -> int:
    """Give a registered person or programme another name; what was found by that name is it from now on.

    Gives the number of articles that changed. Raises ConflictError where somebody else has the name.
    """
    alias = " ".join(clean_string(alias).replace(BETWEEN, " ").split())
    key = name_key(alias)
    row = _registered(session, kind, registered)
    if not key:
        raise InputError("%(alias)r is no name; write at least one letter", alias=alias)
    owner = _owner(session, kind, key)
    if owner not in (None, registered):
        raise ConflictError(
            "%(alias)r is a name of %(owner)r; merge the two, or take it from there first", alias=alias, owner=owner
        )
    if owner is None:
        row["aliases"] = BETWEEN.join(filter(None, (row.get("aliases", ""), alias)))
        save_registry_row(session, REGISTRIES[kind], row, by=by)
    return decide(session, kind, key, state="merged", into=registered, by=by) if key != registered else 0


def remove_alias(session: Session, kind: Kind, registered: str, alias: str, *, by: str) -> int:
    """Take a name from a registered person or programme; gives the number of articles that changed."""
    row, key = _registered(session, kind, registered), name_key(alias)
    row["aliases"] = BETWEEN.join(part for part in _names(row.get("aliases", "")) if name_key(part) != key)
    save_registry_row(session, REGISTRIES[kind], row, by=by)
    mine = any(made.key == key and made.into == registered for made in decisions(session, kind=kind))
    return reopen(session, kind, key) if mine else 0


def merge(session: Session, kind: Kind, key: str, *, into: str, by: str) -> int:
    """Let two keys be one person or programme: ``key`` is ``into`` from now on; ``decisions.reopen`` takes it back.

    ``into`` is registered first where it is not yet. Gives the number of articles that changed.
    """
    if registry_row(session, REGISTRIES[kind], into) is None:
        if key == into:
            raise InputError("%(key)r cannot be merged with itself; choose another one", key=key)
        register(session, kind, into, by=by)
    return decide(session, kind, key, state="merged", into=into, by=by)


def register(session: Session, kind: Kind, key: str, *, by: str, values: Mapping[str, str] | None = None) -> str:
    """Put a candidate into the registry, by the name that articles use most or the ``values`` given; gives its id."""
    registry = REGISTRIES[kind]
    name = (values or {}).get("name") or _usual_name(session, kind, key)
    if not name:
        raise ConflictError("no article names %(key)r; give it a name", key=key)
    row = {REGISTRY_KEYS[registry][0]: key, "name": name} | dict(values or {})
    if registry_row(session, registry, row[REGISTRY_KEYS[registry][0]]) is not None:
        raise ConflictError("%(key)r is registered already; merge it with that one, or give another id", key=key)
    registered = save_registry_row(session, registry, row, by=by)
    decide(session, kind, key, state="confirmed", into=registered, by=by)
    return registered


def unregister(session: Session, kind: Kind, key: str) -> int:
    """Take ``register`` back: the row goes and the key is a candidate again; gives the number of articles that changed.

    Raises ConflictError while others are merged into it.
    """
    row = next((made for made in decisions(session, kind=kind) if made.key == key), None)
    if row is None or row.into is None:
        return 0
    merged = [made.key for made in decisions(session, kind=kind) if made.into == row.into and made.key != key]
    if merged:
        raise ConflictError(
            "%(known)s stand for %(into)r; take that back first", known=", ".join(merged), into=row.into
        )
    changed = reopen(session, kind, key)
    remove_registry_row(session, REGISTRIES[kind], row.into)
    return changed


def take_back(session: Session, kind: Kind, key: str, *, by: str) -> int:
    """Undo what was decided of a key, be it a registration, an alias or a merge; gives the number of articles changed.

    Raises ConflictError for a registration that others stand for.
    """
    made = next((made for made in decisions(session, kind=kind) if made.key == key), None)
    if made is None or made.into is None:
        return reopen(session, kind, key)
    if made.state == "confirmed":
        return unregister(session, kind, key)
    row = registry_row(session, REGISTRIES[kind], made.into) or {}
    if key in map(name_key, _names(row.get("aliases", ""))):
        return remove_alias(session, kind, made.into, key, by=by)
    return reopen(session, kind, key)


def _checked(registry: str, values: Mapping[str, str]) -> dict[str, str]:
    if registry not in REGISTRY_COLUMNS:
        raise InputError(
            "%(registry)r is no registry; known are %(known)s", registry=registry, known=", ".join(REGISTRY_COLUMNS)
        )
    if unknown := sorted(set(values) - set(REGISTRY_COLUMNS[registry])):
        raise InputError(
            "%(registry)s have no %(unknown)r; columns are %(known)s",
            registry=registry,
            unknown=unknown[0],
            known=", ".join(REGISTRY_COLUMNS[registry]),
        )
    row = {name: clean_string(values.get(name) or "").strip() for name in REGISTRY_COLUMNS[registry]}
    if registry in NAMED and not name_key(row["name"]):
        raise InputError("a row of %(registry)s needs a name, not %(row)r", registry=registry, row=row["name"])
    for name in ("from", "to"):
        if row.get(name) and not _is_day(row[name]):
            raise InputError("%(row)r is no day; write YYYY-MM-DD, YYYY-MM or YYYY", row=row[name])
    if registry == "occupancies" and not row["office"]:
        raise InputError("a term needs an office, for instance Kepala Dinas")
    return row


def _is_day(value: str) -> bool:
    if not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


def _local(session: Session, registry: str, key: str) -> RegistryRow | None:
    wanted = (RegistryRow.layer == "local", RegistryRow.kind == registry, RegistryRow.key == key)
    return session.scalars(select(RegistryRow).where(*wanted)).first()


def _registered(session: Session, kind: Kind, registered: str) -> dict[str, str]:
    row = registry_row(session, REGISTRIES[kind], registered)
    if row is None:
        raise ConflictError(
            "%(registered)r is not in the registry of %(registries)s; register it first",
            registered=registered,
            registries=REGISTRIES[kind],
        )
    return row


def _owner(session: Session, kind: Kind, key: str) -> str | None:
    """Whose name a key is by the registry."""
    registry = REGISTRIES[kind]
    for row in registry_rows(session, only=registry)[registry]:
        if key in map(name_key, (row["name"], *_names(row.get("aliases", "")))):
            return row[REGISTRY_KEYS[registry][0]]
    return None


def _names(aliases: str) -> list[str]:
    return [part.strip() for part in aliases.split(BETWEEN) if part.strip()]


def _usual_name(session: Session, kind: Kind, key: str) -> str | None:
    return display_names(session, "persons" if kind == "person" else "programmes", [key]).get(key)


def _showing(session: Session, registry: str, key: str) -> set[str]:
    """Articles whose page or facets show the name of a registered thing."""
    conditions: dict[str, list[tuple[Any, Any]]] = {
        "persons": [(PersonRow, PersonRow.person_key == key), (OfficeRow, OfficeRow.person_id == key)],
        "programmes": [(ProgramRow, ProgramRow.program_key == key)],
        "places": [
            (PlaceRow, or_(PlaceRow.place_key == key, PlaceRow.place_key.startswith(f"{key}.", autoescape=True)))
        ],
    }
    queries = (select(table.article_id).where(condition) for table, condition in conditions.get(registry, []))
    return {found for query in queries for found in session.scalars(query)}
