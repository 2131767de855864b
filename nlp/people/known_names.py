"""Whole names of persons whom the registry knows, wherever a text writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from nlp.people.model_spans import is_of_a_thing
from nlp.people.name_runs import NameReader
from nlp.people.words import split_words

Index = Mapping[str, Sequence[tuple[str, ...]]]
"""The further words of names, lower case, by the first one; longest first."""


def index_names(names: Iterable[str]) -> Index:
    """An index of ``names`` of two words or more; shorter ones say nothing by themselves."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(set(names)):
        words = [word.lower for word in split_words(name) if word.is_word]
        if len(words) > 1:
            index.setdefault(words[0], []).append(tuple(words[1:]))
    return {first: sorted(rests, key=len, reverse=True) for first, rests in index.items()}


def find_known(reader: NameReader, index: Index) -> list[tuple[int, int]]:
    """(first word, end word) of each whole known name that is no part of a longer one."""
    found = []
    for at, word in enumerate(reader.words):
        rests = index.get(word.lower, ()) if word.is_capital else ()
        end = next((at + 1 + len(rest) for rest in rests if _goes_on(reader, at + 1, rest)), 0)
        if end and not _is_inside_longer(reader, at, end) and not is_of_a_thing(reader, at, end):
            found.append((at, end))
    return found


def _goes_on(reader: NameReader, at: int, rest: Sequence[str]) -> bool:
    run = reader.words[at : at + len(rest)]
    return tuple(word.lower for word in run) == tuple(rest) and all(word.is_capital and not word.broken for word in run)


def _is_inside_longer(reader: NameReader, first: int, end: int) -> bool:
    """Does a further name word stand right before or behind?"""
    words, names = reader.words, reader.lexicon.names
    before = first > 0 and not words[first].broken and words[first - 1].is_capital and words[first - 1].lower in names
    after = end < len(words) and not words[end].broken and words[end].is_capital and words[end].lower in names
    return before or after
