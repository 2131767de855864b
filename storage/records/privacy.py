"""Who may be shown by name without being asked for: people with a public office, and those whom a registry lists."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_

from storage.records.tables_tags import PersonRow


def is_public() -> ColumnElement[bool]:
    """The condition that a row of people may be shown: an office in its article, or an entry in the registry."""
    return or_(PersonRow.official, PersonRow.person_id.is_not(None))


def may_be_named(person: Any) -> bool:
    """The same of a person that was read."""
    return bool(person.official or person.person_id)
