"""What a search box offers while somebody types: names that articles have, by the beginnings of their words."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from storage.search.words import plain

LAST = "\U0010ffff"
"""Sorts behind every letter."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One name with its articles."""

    facet: str
    value: str
    count: int
    alias: str = ""
    """The other name by which it was found; empty where the value itself begins so."""


@dataclass(frozen=True, slots=True)
class Known:
    """A name that can be suggested, with other forms of it."""

    facet: str
    value: str
    count: int
    aliases: tuple[str, ...] = ()


Form = tuple[Known, str, tuple[str, ...]]
"""A name, the alias that is meant or nothing, and the words of that form."""


class Suggestions:
    """Names, found by the beginnings of their words in any order."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known: list[Form] = [
            (item, alias, tuple(plain(alias or item.value))) for item in known for alias in ("", *item.aliases)
        ]
        places = {(word, at) for at, (_, _, words) in enumerate(self._known) for word in words}
        self._places = sorted(places)

    def find(self, text: str, *, limit: int = 8) -> list[Suggestion]:
        """Names of which each typed word begins a word: those that begin with the text first, then by articles."""
        typed = plain(text)
        if not typed:
            return []
        found = (self._known[at] for at in self._having(max(typed, key=len)))
        fitting = (form for form in found if _fits(form[2], typed))
        best: dict[tuple[str, str], Suggestion] = {}
        # of one name two forms may fit, so that more are ranked than are wanted
        for known, alias, _ in nsmallest(3 * limit, fitting, key=lambda form: _rank(form, typed)):
            suggestion = Suggestion(known.facet, known.value, known.count, alias)
            best.setdefault((known.facet, known.value), suggestion)
        return list(best.values())[:limit]

    def _having(self, prefix: str) -> set[int]:
        """Which forms have a word that begins so."""
        first = bisect_left(self._places, (prefix, 0))
        end = bisect_left(self._places, (prefix + LAST, 0))
        return {at for _, at in self._places[first:end]}


def aliases_of(rows: Mapping[str, Sequence[Mapping[str, str]]], kind: str) -> dict[str, tuple[str, ...]]:
    """Name -> its other names, from the rows of a registry."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in rows.get(kind, ()):
        found[row.get("name", "")] += tuple(filter(None, row.get("aliases", "").split("|")))
    return found


def _fits(words: Sequence[str], typed: Sequence[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in typed)


def _rank(form: Form, typed: Sequence[str]) -> tuple[bool, bool, int, str]:
    known, alias, words = form
    begins = len(words) >= len(typed) and all(word.startswith(part) for word, part in zip(words, typed, strict=False))
    return not begins, bool(alias), -known.count, known.value
