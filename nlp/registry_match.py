"""Does a term of the registry answer to an office as a text words it?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from nlp.people.areas import load_areas
from nlp.people.identity import NamedOffice, canonical_office, read_office

if TYPE_CHECKING:
    from nlp.registry_data import Agency, Occupancy

CLASS = r"(?:Provinsi|Kabupaten|Kota|Kab\.?|Kota Administrasi)"
AREA_TAILS = tuple(re.compile(rf"\s+(?:{CLASS}\s+)?(?P<area>[A-Z]\w+{more})$") for more in (r"\s+[A-Z]\w+", ""))
GENERIC = frozenset({"dinas", "badan", "kantor", "sekretariat daerah"})
HEADS = {"kepala": ("kepala", "kadis", "kaban", "ka"), "sekretaris": ("sekretaris", "sekda")}


def same_office(
    term: Occupancy, office: NamedOffice, phrase: str, agency: Agency | None, *, strict: bool, near: frozenset[str]
) -> bool:
    """Equal offices over the same place.

    ``phrase`` is the office as worded; an office without a place is taken for one of the places ``near``, those that
    other offices of the text name, and where there are none only if ``strict`` does not ask for a place.
    """
    if not _same_place(term, office, strict=strict, near=near):
        return False
    if canonical_office(term.office) == office.office:
        return agency is None or _single(term) or names_agency(phrase, agency)
    return agency is not None and _same_head(term, phrase) and names_agency(phrase, agency)


def _same_place(term: Occupancy, office: NamedOffice, *, strict: bool, near: frozenset[str]) -> bool:
    if not term.area_code or term.area_code in office.area_codes:
        return True
    if office.area_codes:
        return False
    return term.area_code in near if near or strict else True


def _single(term: Occupancy) -> bool:
    """Is the office one of its kind in its area, so that the agency need not be named: ``Sekda``, ``Kepala BPS``?"""
    return canonical_office(term.office) not in {"kepala dinas", "kepala badan", "kepala kantor"}


def _same_head(term: Occupancy, phrase: str) -> bool:
    first = term.office.lower().split()[0]
    said = phrase.lower()
    return any(re.search(rf"\b{form}", said) for form in HEADS.get(first, (first,)))


def names_agency(phrase: str, agency: Agency) -> bool:
    """Does the office phrase name the agency: in full, by an alias, or joined to the head (``Kadisnaker``)?"""
    said = f" {_plain(phrase)} "
    return any(f" {name} " in said or f" ka{name} " in said for name in agency_names((agency.name, *agency.aliases)))


def agency_names(names: Iterable[str]) -> set[str]:
    """The names in lower case, with and without the area that ends them; a bare class word is no name."""
    plain: set[str] = set()
    for name in names:
        plain.add(_plain(name))
        tails = (pattern.search(name) for pattern in AREA_TAILS)
        tail = next((tail for tail in tails if tail and load_areas().find(tail["area"])), None)
        if tail is not None:
            plain.add(_plain(name[: tail.start()]))
    return {name for name in plain if name and name not in GENERIC}


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[(),.]", " ", words.lower()).split())


def read_offices(offices: Iterable[str]) -> list[tuple[NamedOffice, str]]:
    """Office phrases taken apart, each with its wording."""
    return [(read_office(office), office) for office in offices]
