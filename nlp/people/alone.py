"""Offices that stand without a name ("Wali Kota Tangerang hadir") and who held them on the article's day."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
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
    text: str,
    offices: Sequence[OfficeSpan],
    registry: Registry,
    day: date | None,
    *,
    named: Mapping[str, int] | None = None,
    strangers: Collection[str] = (),
) -> list[OfficeTag]:
    """Heads of an area whose phrase names it, and offices over the whole country, without a person beside them.

    ``person_id`` is None where the registry is not sure. ``named``: ids of the persons whom the text names, with the
    place from where on their offices are no mentions of their own. ``strangers``: heads of the offices that others
    hold in the text ("presiden" of another country).
    """
    tags, named = [], named or {}
    starts = {office.start for office in offices}
    for office in offices:
        area = office.kind in LEVELS and bool(office.codes)
        whole = not area and _is_national(office, registry, strangers)
        if office.bound or not office.held or not (area or whole) or _is_of_a_thing(text, office):
            continue
        unsure = _meets_name(text, office.end, starts)
        person = None if unsure else _holder(office, registry, day, named=named)
        if whole and unsure:
            continue
        if person and office.start >= named.get(person, len(text)):
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


def _is_national(office: OfficeSpan, registry: Registry, strangers: Collection[str]) -> bool:
    """Is it one office of the country, written as a title, and not also somebody else's in this text?"""
    return (
        office.surface[0].isupper()
        and " ".join(office.head) not in strangers
        and registry.is_national(read_office(office.surface).office)
    )


def _holder(office: OfficeSpan, registry: Registry, day: date | None, *, named: Collection[str]) -> str | None:
    """The one holder; an acting one where the phrase says so or where there is no other.

    Somebody acting whom the text names stands beside the holder that a phrase without ``Plt`` means.
    """
    if day is None:
        return None
    read = read_office(office.surface)
    codes = read.area_codes or {""}
    acting = ACTING.match(office.surface) is not None
    terms = [registry.holder(read.office, code, day, without=() if acting else named) for code in codes]
    found = [term for term in terms if term is not None]
    if len({term.person_id for term in found}) != 1 or len(codes) != 1:
        return None
    return found[0].person_id if found[0].acting or not acting else None
