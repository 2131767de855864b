"""Persons told of by their relation to an office that stands elsewhere: deputies, predecessors, halves of a pair."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from nlp.people.finder import FoundPerson, OfficeSpan, PeopleFound

if TYPE_CHECKING:
    from nlp.registry_data import Registry

TITLES = r"(?:(?:H|Hj|Drs?|Ir|Prof|Pak|Bu|Bapak|Ibu)\.?\s+)*$"
DEPUTY = re.compile(rf"\b(?:wakilnya|sang wakil)\b,?\s+{TITLES}", re.IGNORECASE)
PREDECESSOR = re.compile(
    r"\b(?:pendahulu(?:nya)?|menggantikan|pengganti|(?:di(?:jabat|duduki|pegang|emban|pimpin)(?:\s+oleh)?))"
    rf"(?:\s+posisi|\s+jabatan)?,?\s+{TITLES}",
    re.IGNORECASE,
)
SUCCESSOR = re.compile(rf"\b(?:penggantinya|penerusnya|digantikan(?:\s+oleh)?),?\s+{TITLES}", re.IGNORECASE)
JOINT = r"(?:\s?[-–]\s?|\s+dan\s+)"
JOINED_BEFORE, JOINED_BEHIND = re.compile(rf"{JOINT}$"), re.compile(JOINT)
REACH, NEAR = 6, 300
HEADS = frozenset({"province", "regency"})
LOOK_BACK = 45


@dataclass(frozen=True, slots=True)
class Related:
    """What a relation tells: an office as a phrase that the registry can answer, and who it is."""

    office: str = ""
    person_id: str | None = None
    official: bool = True


def find_related(
    text: str, person: FoundPerson, found: PeopleFound, registry: Registry, day: date | None
) -> Related | None:
    """The relation by which ``person`` is introduced, None where there is none."""
    pair = _half_of_pair(text, person, found, registry, day)
    if pair is not None:
        return pair
    for start, _ in person.mentions:
        before = text[max(0, start - LOOK_BACK) : start]
        office = _office_of(before, start, found.offices)
        if office:
            return Related(office, registry.resolve(person.name, [office], day, near=found.areas))
    return None


def _office_of(before: str, start: int, offices: Sequence[OfficeSpan]) -> str:
    """``Wakil Bupati Lebak`` of "Bupati Lebak ... wakilnya,", ``mantan Bupati Lebak`` of "pendahulunya,"."""
    if DEPUTY.search(before):
        heads = [office.surface for office in offices if office.end <= start and office.kind in HEADS]
        return f"Wakil {_plain(heads[-1])}" if heads else ""
    if PREDECESSOR.search(before) or SUCCESSOR.search(before):
        near = [office for office in offices if start - NEAR <= office.end <= start]
        held = [office.surface for office in near if office.kind != "post" and office.held]
        former = "mantan " if PREDECESSOR.search(before) else ""
        return f"{former}{_plain(held[-1])}" if held else ""
    return ""


def _plain(office: str) -> str:
    """The office without the words of an acting holder, who follows and precedes one in full rank."""
    return re.sub(
        r"^(?:Penjabat|Pejabat|Pelaksana \w+|Pjs?|Plt|Plh|PJ)\b\.?\s*(?:\([^)]*\)\s*)?(?:Sementara\s+)?", "", office
    )


def _half_of_pair(
    text: str, person: FoundPerson, found: PeopleFound, registry: Registry, day: date | None
) -> Related | None:
    """Head or deputy of one area, where both are joined: ``Benyamin-Pilar``, ``Benyamin dan Pilar``."""
    if day is None:
        return None
    for start, end in person.mentions:
        if joint := JOINED_BEFORE.search(text, max(0, start - REACH), start):
            head = _named_at(found, joint.start(), 1)
            pair = registry.pair(head.name, person.name, day) if head and head is not person else None
            return Related(person_id=pair[1].person_id, official=pair[1].covers(day)) if pair else None
        if joint := JOINED_BEHIND.match(text, end):
            deputy = _named_at(found, joint.end(), 0)
            pair = registry.pair(person.name, deputy.name, day) if deputy and deputy is not person else None
            return Related(person_id=pair[0].person_id, official=pair[0].covers(day)) if pair else None
    return None


def _named_at(found: PeopleFound, at: int, side: int) -> FoundPerson | None:
    """The person of whom a mention begins (``side`` 0) or ends (1) at ``at``."""
    return next((one for one in found.persons if any(mention[side] == at for mention in one.mentions)), None)
