"""The part of a text that shows why it was found, cut from the raw text, matches also by stem and synonym."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import compress, islice

from storage.search.concepts import Concept
from storage.search.stems import irregular, reading, standards, stem
from storage.search.words import prepared

LENGTH = 240
"""Characters that a snippet aims at."""
BEFORE = 60
"""How much is shown before the first match, at most."""
READ = 20_000
"""Characters of a text that are looked through."""
Pieces = tuple[tuple[str, bool], ...]
"""(text, does it match); to be escaped by whoever shows it."""
_KEPT_WHOLE = 3
_INSIDE = re.compile(r"[A-Za-z0-9]'[A-Za-z0-9]")
_SPACE = re.compile(r"\s+")
_UNTIDY = re.compile(r"[^\S ]\s*| \s+")
"""What is not yet one plain space."""


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
        self._parts = _parts({*self._starts, *filter(None, self._stems)})
        self._said: dict[str, int | None] = {}

    def snippet(self, text: str) -> Pieces:
        """About LENGTH characters around the best matches; the start of the text where nothing matches."""
        found = _telling(self.matches(text[:READ]), concepts=len(self._forms))
        start, end = _window(text, found)
        inside = [match for match in found if match.start >= start and match.end <= end]
        head = (("… ", False),) if start > 0 else ()
        tail = ((" …", False),) if end < len(text.rstrip()) else ()
        return _tidy((*head, *_pieces(text, inside, start, end), *tail))

    def highlight(self, text: str) -> Pieces:
        """The whole text, cut at its matches."""
        return _tidy(_pieces(text, list(self.matches(text[:READ])), 0, len(text)))

    def matches(self, text: str) -> Iterator[Match]:
        """All matches in order, none overlapping another; the longest form at a place wins."""
        if not self._forms:
            return
        text, pattern = prepared(text)
        passed = 0
        for word in self._likely(text, pattern):
            start, end = word.span()
            number = None if start < passed else self._begun(word.group())
            if number is not None and self._length > 1:
                ahead = list(islice(pattern.finditer(text, start), self._length))
                length, number = self._longest([reading(other.group())[0] for other in ahead])
                end = ahead[length - 1].end()
            if number is not None:
                passed = end
                yield Match(start, end, number)

    def _likely(self, text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The words with which a match can begin, found by their parts; all words where a word may hide those."""
        if not text.isascii() or not self._parts or ("'" in text and _INSIDE.search(text)):
            yield from pattern.finditer(text)
            return
        low, last = text.lower(), -1
        places = [_places(low, part) for part in self._parts if part in low]
        for at in places[0] if len(places) == 1 else merge(*places):
            start = _start(low, at)
            if start > last and (word := pattern.match(text, start)):
                yield word
            last = start

    def _begun(self, written: str) -> int | None:
        """The concept that a word says alone, or that a row of words says which begins with it."""
        if written not in self._said:
            numbers = range(len(self._forms))
            spelled, stemmed = reading(written)
            begins = (
                any(form[0] == spelled for form in self._forms[at]) or stemmed == self._stems[at] for at in numbers
            )
            self._said[written] = next(compress(numbers, begins), None)
        return self._said[written]

    def _longest(self, ahead: list[str]) -> tuple[int, int | None]:
        """How many of the words say a concept, and which; ``None`` where the row that they begin does not follow."""
        lengths = [
            max((len(form) for form in forms if tuple(ahead[: len(form)]) == form), default=0)
            or int(stemmed is not None and stem(ahead[0]) == stemmed)
            for forms, stemmed in zip(self._forms, self._stems, strict=True)
        ]
        best = max(lengths)
        return best, lengths.index(best) if best else None


def _telling(matches: Iterable[Match], *, concepts: int) -> list[Match]:
    """The matches as far as a snippet is chosen from them: to the end of the first stretch that says everything."""
    found: list[Match] = []
    latest: dict[int, int] = {}
    end = READ
    for match in matches:
        if match.end > end:
            break
        found.append(match)
        latest[match.concept] = match.start
        if end == READ and len(latest) == concepts and match.end <= min(latest.values()) + LENGTH - BEFORE:
            end = min(latest.values()) + LENGTH
    return found


def _parts(words: set[str]) -> tuple[str, ...]:
    """What each written form of the words has within: the word without its first letter, which prefixes change.

    Nothing where numbers or other letters are among them, whose written forms differ more.
    """
    if not all(word.isascii() and word.isalpha() for word in words):
        return ()
    written = words.union(*(irregular().get(word, ()) for word in words))
    parts = {word[1:] if len(word) > _KEPT_WHOLE else word for word in written}
    return tuple(part for part in parts if not any(other != part and other in part for other in parts))


def _places(low: str, part: str) -> Iterator[int]:
    at = low.find(part)
    while at != -1:
        yield at
        at = low.find(part, at + 1)


def _start(low: str, at: int) -> int:
    """Where the word at a place begins."""
    while at and low[at - 1].isalnum():
        at -= 1
    return at


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
    return tuple((_UNTIDY.sub(" ", text), match) for text, match in pieces if text)
