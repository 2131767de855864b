"""From a text and a model's person spans to persons with offices: the whole people grammar in one call."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType

from nlp.people.areas import AreaIndex, load_areas
from nlp.people.binding import Binder, Name
from nlp.people.known_names import Index, find_known
from nlp.people.lexicon import HeadKind, cue_words, load_lexicon
from nlp.people.model_spans import clean_spans
from nlp.people.name_runs import NameReader
from nlp.people.office_phrases import OfficeGrammar, OfficePhrase
from nlp.people.public_offices import is_public
from nlp.people.resolution import Person, display, join_names
from nlp.people.short_mentions import find_short_mentions, taken_words
from nlp.people.speech_cues import find_speech_names
from nlp.people.words import Word, split_words, starts_sentence

BALINESE = cue_words("balinese")
BOILERPLATE = re.compile(
    r"^[ \t]*(?:\(?(?:baca|simak|lihat|tonton|saksikan|dengarkan)(?: juga)?\b[^\n]{0,8}[:：]"
    r"|(?:simak|lihat|tonton|saksikan) (?:juga )?(?:video|foto)"
    r"|\(?(?:reporter|editor|penulis|pewarta|uploader|redaktur|rep/red|foto|kontributor)\s*[:/|]"
    r"|\[gambas|copyright)[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person with character offsets: mentions and the office phrases that stand beside them."""

    name: str
    mentions: tuple[tuple[int, int], ...]
    by_model: tuple[bool, ...]
    offices: tuple[str, ...]
    official: bool
    heads: tuple[tuple[str, ...], ...] = ()
    candidacies: tuple[str, ...] = ()
    """Phrases of offices that the person only hopes for, ``calon`` included."""


@dataclass(frozen=True, slots=True)
class OfficeSpan:
    """An office phrase by character offsets, bound to a name or not."""

    start: int
    end: int
    head: tuple[str, ...]
    surface: str
    codes: tuple[str, ...] = ()
    """Codes of the area that it names."""
    kind: HeadKind = "post"
    held: bool = True
    """False for one that somebody held before or hopes for."""
    bound: bool = False
    """Does it stand beside a name?"""


@dataclass(slots=True)
class PeopleFound:
    """Everything the grammar sees in one text."""

    persons: list[FoundPerson] = field(default_factory=list)
    offices: list[OfficeSpan] = field(default_factory=list)
    areas: frozenset[str] = frozenset()
    """Codes of the provinces, regencies and towns that the text names."""


def find_people(
    text: str, model_spans: Iterable[tuple[int, int]] = (), *, known: Index = MappingProxyType({})
) -> PeopleFound:
    """Persons and office phrases of ``text``; ``model_spans`` are character spans that a model took for persons.

    ``known`` holds whole names that are persons wherever they stand.
    """
    lexicon, areas = load_lexicon(), load_areas()
    words = split_words(text)
    if not words:
        return PeopleFound()
    reader = NameReader(words, lexicon, areas)
    hidden = _hidden(text, words)
    names = [name for name in _first_names(reader, model_spans, known) if name.first not in hidden]
    persons, offices = _one_pass(reader, names, hidden)
    if persons:
        names = [Name(name.first, name.end, name.by_model) for person in persons for name in person.names]
        persons, offices = _one_pass(reader, names, hidden)
    bound = {office.first for person in persons for name in person.names for office in name.offices}
    return PeopleFound(
        [_found(text, words, person) for person in persons],
        [_office_span(text, words, office, bound=office.first in bound) for office in offices],
        _areas(words, areas),
    )


def person_starts(text: str, model_spans: Iterable[tuple[int, int]]) -> list[int]:
    """Where the names begin that a model's character spans hold, without titles, areas and the like before them."""
    words = split_words(text)
    reader = NameReader(words, load_lexicon(), load_areas())
    return [words[first].start for first, _ in clean_spans(reader, model_spans)]


def _one_pass(reader: NameReader, names: list[Name], hidden: set[int]) -> tuple[list[Person], list[OfficePhrase]]:
    """Offices bound to ``names`` and all persons; a second pass knows the names that the first one found."""
    grammar = OfficeGrammar(reader.words, reader.lexicon, reader.areas, [name.first for name in names])
    offices = [office for office in grammar.find() if office.first not in hidden]
    inside = taken_words((office.first, office.end) for office in offices)
    names = Binder(reader, [name for name in names if name.first not in inside], offices).bind()
    persons = join_names(reader.words, [name for name in names if not _is_noise(reader, name)])
    taken = inside | hidden | taken_words((name.first, name.end) for person in persons for name in person.names)
    find_short_mentions(reader, persons, taken)
    return persons, offices


def _first_names(reader: NameReader, model_spans: Iterable[tuple[int, int]], known: Index) -> list[Name]:
    """The model's spans, cleaned, and the names that speech shows; where they overlap the longer one."""
    spans = dict.fromkeys(clean_spans(reader, model_spans), True)
    for span in (*find_speech_names(reader), *find_known(reader, known)):
        spans.setdefault(span, False)
    names: list[Name] = []
    for first, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= name.first or first >= name.end for name in names):
            names.append(Name(_balinese(reader, first), end, by_model=spans[first, end]))
    return sorted([*names, *_joined(reader, names)], key=lambda name: name.first)


def _joined(reader: NameReader, names: list[Name]) -> list[Name]:
    """The second name of ``Andra Soni-Dimyati``, where the model saw only the first."""
    taken = {index for name in names for index in range(name.first, name.end)}
    found = []
    for name in names:
        at = name.end + 1
        hyphen = reader.words[name.end] if at < len(reader.words) else None
        if hyphen is None or hyphen.text not in "-–" or hyphen.spaced or reader.words[at].spaced:
            continue
        span = reader.read(at)
        if span and span[0] == at and reader.is_known(*span) and taken.isdisjoint(range(*span)):
            found.append(Name(*span))
    return found


def _balinese(reader: NameReader, first: int) -> int:
    """The word of ``I`` or ``Ni`` before ``Made``, ``Wayan`` and the like."""
    before = reader.words[first - 1].text if first else ""
    joined = reader.words[first].lower in BALINESE and not reader.words[first].broken
    return first - 1 if joined and before in ("I", "Ni") else first


def _is_noise(reader: NameReader, name: Name) -> bool:
    """A degree (``M.Ars``), or a single word that only the model took for a name and that looks like none."""
    run = reader.words[name.first : name.end]
    dotted = len(run) > 1 and run[1].text == "." and len(run[0].text) == 1
    if dotted and "".join(word.lower for word in run if word.is_word) in reader.lexicon.degrees:
        return True
    if name.offices or not name.by_model or reader.is_known(name.first, name.end):
        return False
    word = reader.words[name.first]
    lone = name.end - name.first == 1
    return lone and (
        word.is_acronym
        or _is_common(reader, name.first)
        or reader.is_area(name.first, name.end)
        or word.lower in reader.lexicon.office_words
    )


def _is_common(reader: NameReader, at: int) -> bool:
    """Does a sentence begin with the word that the text also writes in lower case ("Rezeki ... rezeki")?"""
    return starts_sentence(reader.words, at) and reader.words[at].lower in reader.lower


def _hidden(text: str, words: list[Word]) -> set[int]:
    lines = [match.span() for match in BOILERPLATE.finditer(text)]
    if not lines:
        return set()
    return {index for index, word in enumerate(words) if any(start <= word.start < end for start, end in lines)}


def _found(text: str, words: list[Word], person: Person) -> FoundPerson:
    fullest = max(person.names, key=lambda name: (name.end - name.first, -name.first))
    phrases = [(office, _surface(text, words, office)) for name in person.names for office in name.offices]
    hoped = [surface for office, surface in phrases if office.head.candidate]
    return FoundPerson(
        name=display(words, fullest, text),
        mentions=tuple((words[name.first].start, words[name.end - 1].end) for name in person.names),
        by_model=tuple(name.by_model for name in person.names),
        offices=tuple(dict.fromkeys(surface for _, surface in phrases if surface not in hoped)),
        official=any(is_public(office.head, surface) for office, surface in phrases),
        heads=tuple(dict.fromkeys(office.head.words for office, _ in phrases)),
        candidacies=tuple(dict.fromkeys(hoped)),
    )


def _surface(text: str, words: list[Word], office: OfficePhrase) -> str:
    return " ".join(text[words[office.first].start : words[office.end - 1].end].split())


def _areas(words: list[Word], areas: AreaIndex) -> frozenset[str]:
    levels = frozenset({"province", "regency"})
    matches = (areas.match(words, at, levels) for at in range(len(words)) if words[at].is_capital)
    return frozenset(code for match in matches if match for code in match.codes)


def _office_span(text: str, words: list[Word], office: OfficePhrase, *, bound: bool) -> OfficeSpan:
    start, end = words[office.first].start, words[office.end - 1].end
    held = not (office.head.former or office.head.candidate or words[office.end - 1].lower == "terpilih")
    surface = _surface(text, words, office)
    return OfficeSpan(start, end, office.head.words, surface, office.codes, office.head.kind, held, bound)
