"""Does the registry contradict itself? Overlapping terms, gaps, terms of unknown persons."""

from __future__ import annotations

from datetime import date, timedelta

from nlp.people.identity import canonical_office
from nlp.registry_data import Occupancy, Registry

MANY_HOLDERS = frozenset({"anggota", "sekretaris", "deputi"})


def check(registry: Registry) -> list[str]:
    """One line for each overlap, gap, reversed term or missing person; none means that all is well."""
    lines = [
        f"{term.person_id} is not among the persons"
        for term in registry.occupancies
        if term.person_id not in registry.persons
    ]
    for term in registry.occupancies:
        if term.start and term.end and term.end <= term.start:
            lines.append(f"{_label(term)}: {term.person_id} ends on {term.end}, not after its start {term.start}")
    for terms in _by_office(registry).values():
        lines.extend(_lines(terms))
    return sorted(set(lines))


def _by_office(registry: Registry) -> dict[tuple[str, str, str], list[Occupancy]]:
    groups: dict[tuple[str, str, str], list[Occupancy]] = {}
    for term in registry.occupancies:
        key = canonical_office(term.office), term.area_code, term.agency_id
        if key[0] not in MANY_HOLDERS:
            groups.setdefault(key, []).append(term)
    return groups


def _lines(terms: list[Occupancy]) -> list[str]:
    """Overlaps and gaps among the terms of one office; an acting term may lie over a regular one."""
    lines = []
    dated = sorted((term for term in terms if term.start), key=lambda term: (term.start or date.min, bool(term.acting)))
    covered: date | None = None
    for place, term in enumerate(dated):
        for other in dated[place + 1 :]:
            if _overlap(term, other) and bool(term.acting) == bool(other.acting) and term.person_id != other.person_id:
                lines.append(f"{_label(term)}: {term.person_id} and {other.person_id} overlap from {other.start}")
        if covered and term.start and term.start > covered + timedelta(days=0):
            lines.append(f"{_label(term)}: nobody from {covered} to {term.start}")
        covered = max(covered or date.min, term.end or date.max)
    return lines


def _overlap(one: Occupancy, other: Occupancy) -> bool:
    return (other.start or date.min) < (one.end or date.max) and (one.start or date.min) < (other.end or date.max)


def _label(term: Occupancy) -> str:
    return " ".join(part for part in (term.office, term.area_code or term.agency_id) if part)
