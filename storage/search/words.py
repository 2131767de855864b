"""Indonesian text to words: one way for index and query, each word with its place in the raw text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TypeVar

_WORD = re.compile(
    r"rp(?=\d)"  # the currency glued to its number
    r"|\d+(?:[.,]\d+){1,12}(?![^\W_])"
    r"|[^\W_][^\W_\u0300-\u036f]*[\u0300-\u036f]*(?:['’ʼ]?[^\W_][\u0300-\u036f]*)*",
    re.IGNORECASE,
)
_ASCII_WORD = re.compile(
    r"[Rr][Pp](?=\d)|[A-Za-z][A-Za-z0-9]*(?:'[A-Za-z0-9]+)*|\d+(?:[.,]\d+){1,12}(?![A-Za-z0-9])"
    r"|\d[A-Za-z0-9]*(?:'[A-Za-z0-9]+)*",
    re.ASCII,
)
"""The same, faster, for a text without other letters."""
_PLAIN_SIGNS = {ord(sign): plain for signs, plain in (("’ʼ", "'"), ("“”„«»‘–—…\u00a0", " ")) for sign in signs}
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_MAX_WORD = 80
_KEPT, _LONGEST_KEPT = 500_000, 100

Made = TypeVar("Made")


class Memo(dict[str, Made]):
    """What a function makes of a word, kept for the next time; begins anew when it has grown too large.

    What is longer than any word comes once, and is not kept.
    """

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> Made:
        value = self._make(word)
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _KEPT:
                self.clear()
            self[word] = value
        return value


def plain(text: str) -> list[str]:
    """The words of a text: accents, case and apostrophes folded, ``90.128`` kept as one number."""
    return list(filter(None, map(_folded.__getitem__, written(text))))


def written(text: str) -> list[str]:
    """The words of a text as it writes them."""
    text, pattern = prepared(text)
    return pattern.findall(text)


def prepared(text: str) -> tuple[str, re.Pattern[str]]:
    """The text, each letter in its place but all signs plain, and the pattern that cuts it into words."""
    if not text.isascii():
        text = text.translate(_PLAIN_SIGNS)
    return text, _ASCII_WORD if text.isascii() else _WORD


def fold(word: str) -> str:
    """One word as ``plain`` gives it."""
    return _folded[word]


@cache
def stopwords() -> frozenset[str]:
    """Function words, folded."""
    return frozenset(word for line in lexicon_lines("stopwords.txt") for word in line.split())


def lexicon_lines(name: str) -> list[str]:
    """The lines of a word list without comments."""
    text = files("storage.search.lexicons").joinpath(name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _fold(word: str) -> str:
    if _THOUSANDS.fullmatch(word):
        return word.replace(".", "")
    if word[0].isdigit() and not word[-1].isalpha():
        return word.replace(".", ",")
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    return "".join(c for c in decomposed if c.isalnum())[:_MAX_WORD]


_folded = Memo(_fold)
