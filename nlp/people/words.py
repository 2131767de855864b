"""The words of a text with their offsets: what the office and name grammars read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*(?:-(?![A-Z])[^\W_]+)*|[^\w\s]|_")


@dataclass(slots=True)
class Word:
    """A word or one punctuation mark; ``broken`` where a line break stands before it. Shared: nobody changes one."""

    text: str
    start: int
    end: int
    broken: bool = False
    spaced: bool = True
    lower: str = field(init=False)
    """The word in lower case."""
    is_capital: bool = field(init=False)
    """Does it start with a capital letter?"""
    is_word: bool = field(init=False)
    """Letters or digits, no mark?"""

    def __post_init__(self) -> None:
        self.lower = self.text.lower()
        self.is_capital = self.text[0].isupper()
        self.is_word = self.text[0].isalnum()

    @property
    def is_acronym(self) -> bool:
        """All capitals, two letters or more (``DKPP``, ``UMKM``)?"""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def is_initial(self) -> bool:
        """One capital letter?"""
        return len(self.text) == 1 and self.text.isupper()


def split_words(text: str) -> list[Word]:
    """Words and marks of ``text`` in order."""
    return list(_split(text))


@lru_cache(maxsize=32)
def _split(text: str) -> tuple[Word, ...]:
    """Kept for the next component: each reads the same text."""
    words: list[Word] = []
    last = 0
    for match in WORD.finditer(text):
        start, end = match.span()
        words.append(Word(text[start:end], start, end, "\n" in text[last:start], start > last))
        last = end
    return tuple(words)


def starts_sentence(words: list[Word], at: int) -> bool:
    """Does the word at ``at`` begin a line or follow a full stop, colon or opening mark?"""
    if at == 0 or words[at].broken:
        return True
    before = words[at - 1].text
    if before == "." and at > 1 and (words[at - 2].is_initial or len(words[at - 2].text) <= 2):
        return False
    return before in ".?!…:•\"“”‘'"
