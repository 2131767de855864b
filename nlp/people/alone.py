"""Offices that stand without a name ("Wali Kota Tangerang hadir") and who held them on the article's day."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from nlp.people.finder import OfficeSpan
from nlp.people.identity import read_office
from nlp.people.lexicon import cue_words
from scraper.items import OfficeTag

if TYPE_CHECKING:
    from nlp.registry_data import Registry

OF_THINGS, NOT_HELD = cue_words("office_of_things"), cue_words("office_not_held")
ACTING = re.compile(r"^(?:Pj|PJ|Plt|PLT|Plh|PLH|Pjs|Penjabat|Pelaksana|Pejabat)\b")
NEXT = re.compile(r",?[ ]+(?P<word>[A-Z][\w.]*)")
LEVELS = frozenset({"province", "regency", "district", "village"})
RESOLVED, OPEN = 0.9, 0.6


def office_tags(
    text: str, offices: Sequence[OfficeSpan], registry: Registry, day: date | None, *, named: Collection[str] = ()
) -> list[OfficeTag]:
    """Heads of an area whose phrase names it and no person; None as ``person_id`` where the registry is not sure.

    ``named`` holds the ids of the persons whom the text names; their offices are no mentions of their own.
    """
    tags = []
    starts = {office.start for office in offices}
    for office in offices:
        if (
            office.bound
            or office.kind not in LEVELS
            or not office.codes
            or not office.held
            or _is_of_a_thing(text, office)
        ):
            continue
        person = None if _meets_name(text, office.end, starts) else _holder(office, registry, day)
        if person in named:
            continue
        tags.append(
            OfficeTag(
                start=office.start,
                end=office.end,
                surface=text[office.start : office.end],
                source="registry" if person else "rule",
                score=RESOLVED if person else OPEN,
                person_id=person,
            )
        )
    return tags


def _meets_name(text: str, end: int, starts: Collection[int]) -> bool:
    """Does a capital follow that opens no other office, so that a name may have been overlooked?"""
    following = NEXT.match(text, end)
    return following is not None and following.start("word") not in starts


def _is_of_a_thing(text: str, office: OfficeSpan) -> bool:
    """``Keputusan Gubernur Banten``, ``Piala Wali Kota Serang``, ``Bupati Lebak terpilih``: no holder is spoken of."""
    before = re.findall(r"[\w’'-]+", text[max(0, office.start - 40) : office.start].rsplit("\n", 1)[-1])
    after = re.match(r"\s+([\w-]+)", text[office.end : office.end + 30])
    said = {before[-1].lower()} if before else set()
    return bool(said & OF_THINGS) or (after is not None and after[1].lower() in NOT_HELD)


def _holder(office: OfficeSpan, registry: Registry, day: date | None) -> str | None:
    """The one holder; an acting one where the phrase says so or where there is no other."""
    if day is None:
        return None
    named = read_office(office.surface)
    terms = [registry.holder(named.office, code, day) for code in named.area_codes]
    found = [term for term in terms if term is not None]
    if len({term.person_id for term in found}) != 1 or len(named.area_codes) != 1:
        return None
    return found[0].person_id if found[0].acting or not ACTING.match(office.surface) else None
