"""The registries of persons, terms, agencies, programmes and places: their columns, and which of them name a row."""

from __future__ import annotations

REGISTRY_KEYS: dict[str, tuple[str, ...]] = {
    "persons": ("person_id",),
    "occupancies": ("person_id", "office", "area_code", "agency_id", "from"),
    "agencies": ("agency_id",),
    "programmes": ("programme_id",),
    "places": ("code",),
}
"""A local row with the same values in these columns replaces the shipped row."""
REGISTRY_COLUMNS: dict[str, tuple[str, ...]] = {
    "persons": ("person_id", "name", "aliases", "public_figure", "note"),
    "occupancies": (
        "person_id", "office", "area_code", "agency_id", "from", "to", "acting", "source", "confidence",
    ),
    "agencies": ("agency_id", "name", "aliases", "area_code", "from", "to"),
    "programmes": ("programme_id", "name", "aliases", "owner", "from", "to"),
    "places": ("code", "name", "kind", "parent_code", "aliases"),
}  # fmt: skip
"""Columns of each registry, in the shipped files and in what people add; several aliases stand with ``|`` between."""
