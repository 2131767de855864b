"""The part of a text that shows why it was found, cut from the raw text, matches also by stem and synonym."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from storage.search.concepts import Concept
from storage.search.stems import reading, standards, stem
from storage.search.words import words, written

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


class Marker:
    """Finds what a query's concepts say in texts; one for all hits, since it remembers words."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        known = [concept for concept in concepts if not concept.optional]
        self._forms = [[tuple(standards(form)) for form in concept.forms] for concept in known]
        self._stems = [concept.stem or None for concept in known]
        self._starts = {form[0] for forms in self._forms for form in forms}
        self._length = max((len(form) for forms in self._forms for form in forms), default=0)
        self._looked_at: set[str] = set()
        self._telling: set[str] = set()
        """Words, as texts have them, with which a match can begin."""

    def snippet(self, text: str) -> Pieces:
        """About LENGTH characters around the best matches; the start of the text where nothing matches."""
        found = self.matches(text[:READ])
        start, end = _window(text, found)
        inside = [match for match in found if match.start >= start and match.end <= end]
        head = (("… ", False),) if start > 0 else ()
        tail = ((" …", False),) if end < len(text.rstrip()) else ()
        return _tidy((*head, *_pieces(text, inside, start, end), *tail))

    def highlight(self, text: str) -> Pieces:
        """The whole text, cut at its matches."""
        return _tidy(_pieces(text, self.matches(text[:READ]), 0, len(text)))

    def matches(self, text: str) -> list[Match]:
        """All matches in order, none overlapping another; the longest form at a place wins."""
        if not self._forms:
            return []
        said = written(text)
        self._look_at(set(said) - self._looked_at)
        places = list(compress(range(len(said)), map(self._telling.__contains__, said)))
        row = words(text) if places else []
        found: list[Match] = []
        passed = 0
        for at in places:
            length, number = self._longest(said, at) if at >= passed else (0, 0)
            if length:
                found.append(Match(row[at].start(), row[at + length - 1].end(), number))
                passed = at + length
        return found

    def _look_at(self, fresh: set[str]) -> None:
        self._looked_at |= fresh
        for word in fresh:
            spelled, stemmed = reading(word)
            if spelled in self._starts or stemmed in self._stems:
                self._telling.add(word)

    def _longest(self, said: list[str], at: int) -> tuple[int, int]:
        """How many words from ``at`` say a concept, and which."""
        ahead = [reading(word)[0] for word in said[at : at + self._length]]
        lengths = [
            max((len(form) for form in forms if tuple(ahead[: len(form)]) == form), default=0)
            or int(stemmed is not None and stem(ahead[0]) == stemmed)
            for forms, stemmed in zip(self._forms, self._stems, strict=True)
        ]
        best = max(lengths)
        return best, lengths.index(best)


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
