"""The registries of persons, terms, agencies, programmes and places: which columns name a row of each."""

from __future__ import annotations

REGISTRY_KEYS: dict[str, tuple[str, ...]] = {
    "persons": ("person_id",),
    "occupancies": ("person_id", "office", "area_code", "agency_id", "from"),
    "agencies": ("agency_id",),
    "programmes": ("programme_id",),
    "places": ("code",),
}
"""A local row with the same values in these columns replaces the shipped row."""
