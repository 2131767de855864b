"""The part of a text that shows why it was found, cut from the raw text, matches also by stem and synonym."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storage.search.concepts import Concept
from storage.search.words import Word, stem, words

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
    starts = {form[0] for concept in concepts for form in concept.forms}.union(*(c.scattered for c in concepts))
    stems = {concept.stem for concept in concepts}
    found: list[Match] = []
    at = 0
    while at < len(row):
        if row[at].text not in starts and stem(row[at].text) not in stems:
            at += 1
            continue
        length, number = max((_length(row, at, concept), -number) for number, concept in enumerate(concepts))
        if length:
            found.append(Match(row[at].start, row[at + length - 1].end, -number))
        at += length or 1
    return found


def _length(row: list[Word], at: int, concept: Concept) -> int:
    """How many words from ``at`` say the concept."""
    if concept.optional:
        return 0
    length = max((len(form) for form in concept.forms if _stands(row, at, form)), default=0)
    if length:
        return length
    word = row[at].text
    return int(word in concept.scattered or (concept.stem is not None and stem(word) == concept.stem))


def _stands(row: list[Word], at: int, form: tuple[str, ...]) -> bool:
    return at + len(form) <= len(row) and all(row[at + i].text == word for i, word in enumerate(form))


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
