"""The part of a text that shows why it was found, cut from the raw text, matches also by stem and synonym."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storage.search.concepts import Concept
from storage.search.stems import standard, stem
from storage.search.words import words

LENGTH = 240
"""Characters that a snippet aims at."""
BEFORE = 60
"""How much is shown before the first match, at most."""
READ = 20_000
"""Characters of a text that are looked through."""
Pieces = tuple[tuple[str, bool], ...]
"""(text, does it match); to be escaped by whoever shows it."""
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Match:
    """Where a concept is said."""

    start: int
    end: int
    concept: int


def snippet(text: str, concepts: Sequence[Concept]) -> Pieces:
    """About LENGTH characters around the best matches; the start of the text where nothing matches."""
    found = matches(text[:READ], concepts)
    start, end = _window(text, found)
    inside = [match for match in found if match.start >= start and match.end <= end]
    head = (("… ", False),) if start > 0 else ()
    tail = ((" …", False),) if end < len(text.rstrip()) else ()
    return _tidy((*head, *_pieces(text, inside, start, end), *tail))


def highlight(text: str, concepts: Sequence[Concept]) -> Pieces:
    """The whole text, cut at its matches."""
    return _tidy(_pieces(text, matches(text[:READ], concepts), 0, len(text)))


def matches(text: str, concepts: Sequence[Concept]) -> list[Match]:
    """All matches in order, none overlapping another; the longest form at a place wins."""
    if not concepts:
        return []
    row = words(text)
    spelled = [standard(word.text) for word in row]
    known = [_Known.of(concept) for concept in concepts]
    starts = {form[0] for concept in known for form in concept.forms}
    stems = {concept.stem for concept in known}
    found: list[Match] = []
    at = 0
    while at < len(row):
        if spelled[at] not in starts and stem(spelled[at]) not in stems:
            at += 1
            continue
        length, number = max((concept.length(spelled, at), -number) for number, concept in enumerate(known))
        if length:
            found.append(Match(row[at].start, row[at + length - 1].end, -number))
        at += length or 1
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What is looked for, in standard spelling."""

    forms: frozenset[tuple[str, ...]]
    stem: str | None

    @classmethod
    def of(cls, concept: Concept) -> _Known:
        if concept.optional:
            return cls(frozenset(), None)
        return cls(frozenset(tuple(map(standard, form)) for form in concept.forms), concept.stem)

    def length(self, row: list[str], at: int) -> int:
        """How many words from ``at`` say the concept."""
        length = max((len(form) for form in self.forms if tuple(row[at : at + len(form)]) == form), default=0)
        return length or int(self.stem is not None and stem(row[at]) == self.stem)


def _window(text: str, found: list[Match]) -> tuple[int, int]:
    """The stretch with the most different concepts, the earliest of equals, cut at spaces."""
    best, covered = 0, 0
    for number, match in enumerate(found):
        near = found[number : number + 40]
        concepts = {m.concept for m in near if m.end <= match.start + LENGTH - BEFORE}
        if len(concepts) > covered:
            best, covered = match.start, len(concepts)
    start = _after_space(text, max(0, best - BEFORE), best)
    if len(text) - start <= LENGTH:
        return start, len(text)
    last = max((m.end for m in found if start <= m.start and m.end <= start + LENGTH), default=start)
    space = max(text.rfind(sign, max(last, start + 1), start + LENGTH) for sign in " \n")
    return start, space if space != -1 else start + LENGTH


def _after_space(text: str, start: int, limit: int) -> int:
    if start == 0:
        return 0
    space = _SPACE.search(text, start, limit)
    return space.end() if space else limit


def _pieces(text: str, found: list[Match], start: int, end: int) -> Pieces:
    pieces: list[tuple[str, bool]] = []
    at = start
    for match in found:
        pieces += [(text[at : match.start], False), (text[match.start : match.end], True)]
        at = match.end
    return (*pieces, (text[at:end], False))


def _tidy(pieces: Pieces) -> Pieces:
    return tuple((_SPACE.sub(" ", text), match) for text, match in pieces if text)
