"""The word lists of the figure grammar, read once from ``nlp/lexicons``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from nlp.lexicons import read_toml, read_words

Phrases = dict[tuple[str, ...], str]


def words(*path: str) -> frozenset[str]:
    """A set of single words of ``figure_words.toml``."""
    return frozenset(_entry(path).split())


def phrases(*path: str) -> frozenset[str]:
    """A set of phrases of ``figure_words.toml``, written with ``|`` between them."""
    return frozenset(" ".join(phrase.split()) for phrase in _entry(path).split("|"))


@cache
def units() -> dict[str, Phrases]:
    """Tables of ``units.toml``: spelling as a tuple of words -> name of the unit."""
    return {table: _phrases(rows) for table, rows in read_toml("units.toml").items()}


@cache
def scales() -> dict[str, float]:
    """Spelling of a scale word -> what it multiplies by."""
    return {spelling[0]: float(name) for spelling, name in units()["scales"].items()}


@cache
def counted() -> frozenset[str]:
    """Nouns that news counts."""
    return frozenset(read_words("counted_nouns.txt"))


@cache
def indicators() -> list[dict[str, Any]]:
    """Rows of ``indicators.toml``."""
    return list(read_toml("indicators.toml")["indicator"])


def spelling(text: str) -> tuple[str, ...]:
    """A spelling cut as the tokens are: ``m²`` one word, ``liter/detik`` three."""
    return tuple(re.findall(r"[^\W\d_][\w²³]*\.?|°c|us \$|[^\s\w]|_", text))


def any_of(options: Iterable[str]) -> str:
    """A regular expression for one of ``options``, the longest first."""
    return "|".join(re.escape(option).replace(r"\ ", r"\s+") for option in sorted(options, key=len, reverse=True))


def quick_any_of(options: Iterable[str]) -> str:
    """:func:`any_of` behind a cheap test of the first letter."""
    ordered = sorted(options)
    return f"(?=[{''.join(sorted({option[0] for option in ordered}))}])(?:{any_of(ordered)})"


def _phrases(rows: dict[str, list[str]]) -> Phrases:
    return {spelling(text): name for name, spellings in rows.items() for text in spellings}


@cache
def _entry(path: tuple[str, ...]) -> str:
    entry: Any = read_toml("figure_words.toml")
    for name in path:
        entry = entry[name]
    return str(entry)
