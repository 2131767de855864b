"""The words of a text with their offsets: what the office and name grammars read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*(?:-(?![A-Z])[^\W_]+)*|[^\w\s]|_")


@dataclass(frozen=True)
class Word:
    """A word or one punctuation mark; ``broken`` where a line break stands before it."""

    text: str
    start: int
    end: int
    broken: bool = False
    spaced: bool = True

    @cached_property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @cached_property
    def is_capital(self) -> bool:
        """Does it start with a capital letter?"""
        return self.text[0].isupper()

    @cached_property
    def is_acronym(self) -> bool:
        """All capitals, two letters or more (``DKPP``, ``UMKM``)?"""
        return len(self.text) > 1 and self.text.isupper()

    @cached_property
    def is_initial(self) -> bool:
        """One capital letter?"""
        return len(self.text) == 1 and self.text.isupper()

    @cached_property
    def is_word(self) -> bool:
        """Letters or digits, no mark?"""
        return self.text[0].isalnum()


def split_words(text: str) -> list[Word]:
    """Words and marks of ``text`` in order."""
    words: list[Word] = []
    last = 0
    for match in WORD.finditer(text):
        gap = text[last : match.start()]
        words.append(Word(match.group(), match.start(), match.end(), "\n" in gap, bool(gap)))
        last = match.end()
    return words


def starts_sentence(words: list[Word], at: int) -> bool:
    """Does the word at ``at`` begin a line or follow a full stop, colon or opening mark?"""
    if at == 0 or words[at].broken:
        return True
    before = words[at - 1].text
    if before == "." and at > 1 and (words[at - 2].is_initial or len(words[at - 2].text) <= 2):
        return False
    return before in ".?!…:•\"“”‘'"
