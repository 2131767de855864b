"""Indonesian text to words: one way for index and query, each word with its place in the raw text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(
    r"rp(?=\d)"  # the currency glued to its number
    r"|\d+(?:[.,]\d+){1,12}(?![^\W_])"
    r"|[^\W_][^\W_\u0300-\u036f]*[\u0300-\u036f]*(?:['’ʼ]?[^\W_][\u0300-\u036f]*)*",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_MAX_WORD = 80


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and where it stands in the raw text."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text: accents, case and apostrophes folded, ``90.128`` kept as one number."""
    return [Word(folded, m.start(), m.end()) for m in _WORD.finditer(text) if (folded := _fold(m.group()))]


def plain(text: str) -> list[str]:
    """The folded words only."""
    return [folded for word in _WORD.findall(text) if (folded := _fold(word))]


@cache
def stopwords() -> frozenset[str]:
    """Function words, folded."""
    return frozenset(word for line in lexicon_lines("stopwords.txt") for word in line.split())


def lexicon_lines(name: str) -> list[str]:
    """The lines of a word list without comments."""
    text = files("storage.search.lexicons").joinpath(name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=100_000)
def _fold(word: str) -> str:
    if _THOUSANDS.fullmatch(word):
        return word.replace(".", "")
    if word[0].isdigit() and not word[-1].isalpha():
        return word.replace(".", ",")
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    return "".join(c for c in decomposed if c.isalnum())[:_MAX_WORD]
