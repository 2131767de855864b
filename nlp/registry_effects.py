"""What an edit of the registries may change about articles that are tagged already; never less than it does change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from nlp.people.identity import canonical_office, name_key, read_office
from nlp.people.lexicon import office_forms
from nlp.places.gazetteer import CLASS_WORDS
from nlp.registry_data import Agency, Occupancy, Person, Registry, Row, is_name_of

MANY = 100
"""Of so many names edited at once any person may be one: comparing them takes longer than tagging again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Whom, which offices and which words the differences between two registries are about."""

    names: frozenset[str] = frozenset()
    """Names of the persons who were edited, or whose terms or agencies were."""
    persons: frozenset[str] = frozenset()
    """Their ids, and those of others who held the same offices."""
    offices: frozenset[tuple[str, str]] = frozenset()
    """The offices of edited terms: in one spelling, with the area's code, which is empty for the whole country."""
    words: frozenset[str] = frozenset()
    """What only the text shows: names of places and programmes, new whole names, offices over the whole country."""

    def __bool__(self) -> bool:
        return bool(self.names or self.persons or self.offices or self.words)

    def may_mean(self, name: str, person_id: str | None) -> bool:
        """Could a person whom an article calls ``name``, resolved to ``person_id`` so far, be resolved otherwise?"""
        if person_id in self.persons or len(self.names) > MANY:
            return True
        return any(name_key(name) == name_key(known) or is_name_of(name, known) for known in self.names)

    def may_be_of(self, office: str) -> bool:
        """Could an office without a name, as an article words it, have another holder?"""
        read = read_office(office)
        return any((read.office, code) in self.offices for code in read.area_codes or {""})


def registry_effects(before: Registry, after: Registry) -> Effects:
    """What the differences between two registries may change."""
    terms = set(_edited_terms(before, after))
    persons = {term.person_id for term in terms}
    for one in {*before.persons, *after.persons}:
        if _called(before.persons.get(one)) != _called(after.persons.get(one)):
            persons.add(one)
    offices = {_office(term) for term in terms}
    held = (*before.occupancies, *after.occupancies) if offices else ()
    names = (_called(registry.persons.get(one)) for registry in (before, after) for one in persons)
    return Effects(
        names=frozenset(name for called in names for name in called),
        persons=frozenset(persons | {term.person_id for term in held if _office(term) in offices}),
        offices=frozenset(offices),
        words=frozenset({*_names(before, after), *_titles(terms), *_whole_names(before, after)}),
    )


def _whole_names(before: Registry, after: Registry) -> Iterator[str]:
    """Names of two words or more that only one of the two knows: by them a text shows persons without any tag."""
    for one in {*before.persons, *after.persons}:
        different = {*_called(before.persons.get(one))} ^ {*_called(after.persons.get(one))}
        yield from (name for name in different if " " in name)


def _edited_terms(before: Registry, after: Registry) -> Iterator[Occupancy]:
    """Terms that stand in one of the two only, and those whose agency was edited."""
    old, new = ({_plain(term) for term in registry.occupancies} for registry in (before, after))
    yield from old ^ new
    agencies = {*before.agencies, *after.agencies}
    edited = {one for one in agencies if _named(before.agencies.get(one)) != _named(after.agencies.get(one))}
    yield from (term for term in old | new if term.agency_id in edited)


def _plain(term: Occupancy) -> Occupancy:
    """A term without what says only how sure it is."""
    return replace(term, source="", confidence="")


def _office(term: Occupancy) -> tuple[str, str]:
    return _canonical(term.office), term.area_code


@lru_cache(maxsize=4096)
def _canonical(office: str) -> str:
    return canonical_office(office)


def _called(person: Person | None) -> tuple[str, ...]:
    return (person.name, *person.aliases) if person else ()


def _named(agency: Agency | None) -> tuple[str, ...]:
    return (agency.name, *agency.aliases) if agency else ()


def _titles(terms: Iterable[Occupancy]) -> set[str]:
    """The spellings of edited offices over the whole country: without a known holder nothing of them is kept."""
    titles = {term.office for term in terms if not term.area_code}
    offices = {_canonical(title) for title in titles}
    return titles | offices | {form for form, office in office_forms().items() if office in offices}


def _names(before: Registry, after: Registry) -> Iterator[str]:
    """Names of the places and programmes that differ, old ones and new ones, with and without their class word."""
    for old, new in ((before.places, after.places), (before.programmes, after.programmes)):
        for row in _different(old, new):
            for name in (row["name"], *(row.get("aliases") or "").split("|")):
                yield from {name, *(_without(name, word) for word in CLASS_WORDS)} - {""}


def _without(name: str, word: str) -> str:
    return name[len(word) :] if name.lower().startswith(word) else name


def _different(old: Iterable[Row], new: Iterable[Row]) -> list[Row]:
    ours, theirs = ({tuple(sorted(row.items())): row for row in rows} for rows in (old, new))
    return [row for key, row in (ours | theirs).items() if (key in ours) != (key in theirs)]
