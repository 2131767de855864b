"""Lines of a page that belong to no story (links, credits, initials): they carry no tags."""

from __future__ import annotations

import re
from functools import lru_cache

LINKS = r"(?i:baca|simak|lihat|tonton)(?i: juga\b| video\b|:)[^\n]*|(?i:pilihan redaksi)[^\n]*"
CREDITS = r"\(?(?i:penulis|editor|reporter|pewarta|fotografer|rep|red)\b\s*[:|/][^\n]*|(?i:copyright)\b[^\n]*|©[^\n]*"
LINES = re.compile(rf"^[ \t*>(]*(?:{LINKS}|{CREDITS})$", re.MULTILINE)
INSETS = re.compile(
    r"\[(?:Gambas|[Bb]aca [Jj]uga)[^\]\n]*\]|https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,63}"
)


def find_boilerplate(text: str) -> list[tuple[int, int]]:
    """The (start, end) offsets of lines and insets that carry no tags."""
    return list(_spans(text))


@lru_cache(maxsize=8)
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    """Kept for the next component: each reads the same text."""
    return tuple(match.span() for pattern in (LINES, INSETS) for match in pattern.finditer(text))


def overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Does the stretch from ``start`` to ``end`` touch one of ``spans``?"""
    return any(start < last and first < end for first, last in spans)
