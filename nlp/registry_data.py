"""Who held which office when, which agencies and programmes there are: plain rows, shipped ones under local ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from nlp.lexicons import read_rows
from nlp.people.identity import NamedOffice, canonical_office, name_key, names_match
from nlp.people.known_names import index_names
from nlp.registry_match import read_offices, same_office
from scraper.errors import LexiconError
from scraper.registry import REGISTRY_KEYS

FOLDER = Path(__file__).parent / "registry"
Row = Mapping[str, str]
Rows = tuple[Row, ...]
UNMISTAKABLE = 3
"""Words that a name needs to be taken for the registered person without an office beside it."""
CLOSE, PART, YEAR = 3650, 4, 366
ELECT = re.compile(r"\bterpilih\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom the registry knows."""

    person_id: str
    name: str
    aliases: tuple[str, ...] = ()
    public_figure: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Occupancy:
    """One term of one person in one office; ``end`` is the first day after it, None means unknown or still."""

    person_id: str
    office: str
    area_code: str
    agency_id: str
    start: date | None
    end: date | None
    acting: str
    source: str
    confidence: str

    @property
    def undated(self) -> bool:
        """Is only known that the person held the office, not when?"""
        return self.start is None and self.end is None

    def covers(self, day: date) -> bool:
        """Is ``day`` inside the half-open term? An unknown start is not."""
        return self.start is not None and self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency with the days between which it had this name."""

    agency_id: str
    name: str
    aliases: tuple[str, ...]
    area_code: str
    start: date | None
    end: date | None


class Registry:
    """Persons, terms and agencies to look up by name, office and day; make it with ``shipped`` or ``from_rows``."""

    def __init__(self, rows: Mapping[str, Rows]) -> None:
        self.persons = {row["person_id"]: _person(row) for row in rows.get("persons", ())}
        self.occupancies = tuple(_occupancy(row) for row in rows.get("occupancies", ()))
        self.agencies = {row["agency_id"]: _agency(row) for row in rows.get("agencies", ())}
        self.programmes: Rows = rows.get("programmes", ())
        self.places: Rows = rows.get("places", ())
        self._named: dict[str, set[str]] = {}
        for person in self.persons.values():
            for name in (person.name, *person.aliases):
                self._named.setdefault(name_key(name), set()).add(person.person_id)
        self.name_index = index_names(name for key in self.persons for name in self._names(key))
        """Whole names as :func:`nlp.people.known_names.find_known` reads them."""
        self._national = {canonical_office(term.office) for term in self.occupancies if not term.area_code}
        self._terms: dict[str, list[Occupancy]] = {}
        for term in self.occupancies:
            self._terms.setdefault(term.person_id, []).append(term)

    @classmethod
    def shipped(cls) -> Registry:
        """The registry that comes with Pantau; raises LexiconError where a file is broken."""
        return _shipped()

    @classmethod
    def from_rows(
        cls,
        *,
        persons: Iterable[Row] = (),
        occupancies: Iterable[Row] = (),
        agencies: Iterable[Row] = (),
        programmes: Iterable[Row] = (),
        places: Iterable[Row] = (),
    ) -> Registry:
        """The shipped rows with local ones over them; a local row replaces the shipped one of the same key."""
        local = {
            "persons": persons,
            "occupancies": occupancies,
            "agencies": agencies,
            "programmes": programmes,
            "places": places,
        }
        base = shipped_rows()
        return cls(
            {table: _layer(base.get(table, ()), tuple(rows), REGISTRY_KEYS[table]) for table, rows in local.items()}
        )

    def terms(self, person_id: str) -> list[Occupancy]:
        """All terms of one person."""
        return list(self._terms.get(person_id, ()))

    def holder(self, office: str, area_code: str, day: date, *, without: Collection[str] = ()) -> Occupancy | None:
        """Who held ``office`` (any spelling) over the area with ``area_code`` on ``day``; an acting holder first.

        ``area_code`` is empty for an office over the whole country; acting holders in ``without`` (ids) are left out
        where another one held the office too. None where nobody is known, or where two terms of the same rank claim
        the day.
        """
        wanted = canonical_office(office)
        terms = [term for term in self.occupancies if term.covers(day) and canonical_office(term.office) == wanted]
        terms = [term for term in terms if term.area_code == area_code]
        acting = [term for term in terms if term.acting and term.person_id not in without]
        terms = [term for term in terms if not term.acting] or terms
        best = acting or terms
        return best[0] if len({term.person_id for term in best}) == 1 else None

    def is_national(self, office: str) -> bool:
        """Is ``office`` (any spelling) one over the whole country, of which the registry knows holders?"""
        return canonical_office(office) in self._national

    def pair(self, head: str, deputy: str, day: date) -> tuple[Occupancy, Occupancy] | None:
        """The terms of a head and a deputy of one area, by parts of their names; None where more than one pair fits.

        They served together, serve on ``day`` or begin within a year of it; of several terms the last one counts.
        """
        first = [term for term in self.occupancies if self._may_mean(term, head, day)]
        second = [term for term in self.occupancies if self._may_mean(term, deputy, day)]
        pairs = [
            (one, other)
            for one in first
            for other in second
            if canonical_office(other.office) == f"wakil {canonical_office(one.office)}" and _together(one, other)
        ]
        if len({(one.person_id, other.person_id) for one, other in pairs}) != 1:
            return None
        return max(pairs, key=lambda terms: (terms[0].covers(day), terms[0].start))

    def _may_mean(self, term: Occupancy, name: str, day: date) -> bool:
        begun = term.start is not None and (term.start - day).days < YEAR
        return bool(term.area_code) and begun and any(is_name_of(name, known) for known in self._names(term.person_id))

    def held(self, person_id: str, day: date, offices: Iterable[str] = ()) -> list[Occupancy]:
        """The terms of a person on ``day``; one without any dates only where ``offices`` of a text give it."""
        said = read_offices(offices)
        return [
            term
            for term in self._terms.get(person_id, ())
            if term.covers(day) or (term.undated and self._answers(term, said, strict=False))
        ]

    def resolve(
        self, name: str, offices: Iterable[str], day: date | None, *, near: frozenset[str] = frozenset()
    ) -> str | None:
        """The id of the person called ``name`` who held one of ``offices`` (as worded in a text) on ``day``.

        Exact names and aliases first; other spellings and parts of a name only where office, place and day agree.
        ``near`` holds the codes of the areas that other offices of the text name. None when in doubt.
        """
        held = read_offices(offices)
        exact = self._named.get(name_key(name), set())
        fitting = {person for person in exact if self._fits(person, held, day, near)}
        if len(fitting) == 1:
            return fitting.pop()
        if len(exact) == 1 and not fitting and not held:
            return self._without_office(next(iter(exact)), name, day, near)
        if len(exact) == 1 and not fitting and self._served_there(next(iter(exact)), name, held, day):
            return next(iter(exact))
        if exact or day is None or not held:
            return None
        similar = {
            term.person_id
            for term in self.occupancies
            if any(
                self._answers(term, [office], strict=True, near=near) for office in held if _timely(term, office, day)
            )
            if any(is_name_of(name, known) for known in self._names(term.person_id))
        }
        return similar.pop() if len(similar) == 1 else None

    def _held_near(self, person_id: str, day: date | None, areas: frozenset[str]) -> bool:
        """Did the person hold an office in one of ``areas`` within some years of ``day``?"""
        return day is not None and any(
            term.area_code in areas and term.start is not None and abs((term.start - day).days) < CLOSE
            for term in self._terms.get(person_id, ())
        )

    def _served_there(self, person_id: str, name: str, held: list[tuple[NamedOffice, str]], day: date | None) -> bool:
        """Is an office that the registry lacks one over an area where the person served at other times only?"""
        codes = frozenset(code for office, _ in held for code in office.area_codes)
        long = sum(len(word) > 1 for word in name_key(name).split()) > 1
        terms = self._terms.get(person_id, ())
        told = any(self._answers(term, held, strict=False) for term in terms)
        busy = day is None or any(term.covers(day) for term in terms)
        return long and not (told or busy) and self._held_near(person_id, day, codes)

    def _without_office(self, person_id: str, name: str, day: date | None, near: frozenset[str]) -> str | None:
        """A registered name that stands alone: taken where it is long, or near an area of the person's offices."""
        words = len(name_key(name).split())
        if words >= UNMISTAKABLE:
            return person_id
        return person_id if words > 1 and self._held_near(person_id, day, near) else None

    def _answers(
        self,
        term: Occupancy,
        held: list[tuple[NamedOffice, str]],
        *,
        strict: bool,
        near: frozenset[str] = frozenset(),
    ) -> bool:
        agency = self.agencies.get(term.agency_id)
        return any(same_office(term, office, phrase, agency, strict=strict, near=near) for office, phrase in held)

    def _names(self, person_id: str) -> tuple[str, ...]:
        person = self.persons.get(person_id)
        return (person.name, *person.aliases) if person else ()

    def _fits(
        self, person_id: str, held: list[tuple[NamedOffice, str]], day: date | None, near: frozenset[str]
    ) -> bool:
        """Did the person hold one of the offices on the day, or before it where the text says ``mantan``?"""
        for office in held:
            for term in self._terms.get(person_id, ()):
                if (day is None or _timely(term, office, day)) and self._answers(
                    term, [office], strict=term.undated, near=near
                ):
                    return True
        return False


def _together(one: Occupancy, other: Occupancy) -> bool:
    """Do the terms overlap, over one area?"""
    if one.area_code != other.area_code or one.start is None or other.start is None:
        return False
    return (other.end is None or one.start < other.end) and (one.end is None or other.start < one.end)


def _timely(term: Occupancy, office: tuple[NamedOffice, str], day: date) -> bool:
    """Was the term running on ``day``; over or running for ``mantan``, soon to begin for ``terpilih``?"""
    named, phrase = office
    if named.former:
        return term.start is None or term.start <= day
    if ELECT.search(phrase):
        return term.start is not None and 0 <= (term.start - day).days < YEAR
    return term.covers(day) or term.undated


def is_name_of(name: str, known: str) -> bool:
    """Another spelling of the name, one long word of it (``Dimyati``), or its initials (``WH``)."""
    words, others = name_key(name).split(), name_key(known).split()
    if name.isupper() and len(name) == len(others) > 1:
        return name.lower() == "".join(word[0] for word in others)
    if len(words) == 1 and len(words[0]) >= PART:
        return words[0] in others
    return names_match(name, known)


def _layer(base: Rows, local: Rows, keys: tuple[str, ...]) -> Rows:
    replaced = {tuple(row.get(key, "") for key in keys) for row in local}
    return (*(row for row in base if tuple(row.get(key, "") for key in keys) not in replaced), *local)


@lru_cache(maxsize=1)
def _shipped() -> Registry:
    return Registry(shipped_rows())


@lru_cache(maxsize=1)
def shipped_rows() -> dict[str, Rows]:
    """The rows of the CSV files that come with Pantau, by registry; raises LexiconError where one is broken."""
    files = {table: FOLDER / f"{table}.csv" for table in REGISTRY_KEYS}
    return {table: tuple(read_rows(path)) for table, path in files.items() if path.exists()}


def _person(row: Row) -> Person:
    figure = row.get("public_figure", "").strip().lower() in ("1", "true", "ya", "yes")
    return Person(row["person_id"], row["name"], _split(row.get("aliases", "")), figure, row.get("note", ""))


def _occupancy(row: Row) -> Occupancy:
    return Occupancy(
        row["person_id"],
        row["office"],
        row.get("area_code", ""),
        row.get("agency_id", ""),
        _day(row.get("from", "")),
        _day(row.get("to", "")),
        row.get("acting", ""),
        row.get("source", ""),
        row.get("confidence", ""),
    )


def _agency(row: Row) -> Agency:
    days = _day(row.get("from", "")), _day(row.get("to", ""))
    return Agency(row["agency_id"], row["name"], _split(row.get("aliases", "")), row.get("area_code", ""), *days)


def _split(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in (value or "").split("|") if part.strip())


def _day(value: str | date | None) -> date | None:
    """A day in ISO form; a year or a month alone means its first day."""
    if not value or isinstance(value, date):
        return value or None
    try:
        return date.fromisoformat((value + "-01-01")[:10] if len(value) < 10 else value)
    except ValueError as error:
        raise LexiconError(f"{value!r} is no day of a registry row; write YYYY-MM-DD, YYYY-MM or YYYY") from error
