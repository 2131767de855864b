"""Light tokens of the figure grammar: numbers, currency marks, words and marks with their offsets."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["number", "word", "currency", "mark"]

TOKEN = re.compile(
    r"""
    (?P<currency>(?<![A-Za-z])(?:[Rr][Pp]\.?|IDR|USD|US[ ]?\$|S\$|A\$|SGD|MYR|RM|EUR|JPY|GBP|SAR|AUD|CNY|RMB|[$€¥£])
        (?=[ \u00a0]?\.?[ \u00a0]?[-–]?\d|[ \u00a0]?(?:se)?(?:ratus|ribu|juta|satu|dua|tiga|lima|enam|tujuh)))
  | (?P<number>\d+(?:[.,]\d+)*)
  | (?P<word>[^\W\d_][\w²³]*(?:['’`-][^\W\d_][\w]*|-\d+)*|°C)
  | (?P<mark>\.{2,}|\+-|\+/-|[^\s\w]|_)
    """,
    re.VERBOSE,
)
PREFIXED = re.compile(r"(?:per|se|ke)-(?=[a-z])", re.IGNORECASE)


class Token(NamedTuple):
    """A stretch of the text: ``text == source[start:end]``."""

    text: str
    low: str
    start: int
    end: int
    kind: Kind


def read_tokens(text: str, *, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of ``text[start:end]`` with offsets into ``text``; white space lies between them."""
    tokens: list[Token] = []
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        kind: Kind = match.lastgroup  # type: ignore[assignment]  # the four groups are the four kinds
        word = match.group()
        if kind == "word" and (head := PREFIXED.match(word)) and head.group()[:-1].lower() == "per":
            tokens.extend(_split(word, match.start(), at=len(head.group()) - 1))
            continue
        tokens.append(Token(word, word.lower(), match.start(), match.end(), kind))
    return tokens


def glued(left: Token, right: Token) -> bool:
    """Is there nothing between the two?"""
    return left.end == right.start


def _split(word: str, start: int, *, at: int) -> list[Token]:
    """``per-kg`` as ``per``, ``-``, ``kg``."""
    parts: tuple[tuple[int, int, Kind], ...] = ((0, at, "word"), (at, at + 1, "mark"), (at + 1, len(word), "word"))
    return [Token(word[a:b], word[a:b].lower(), start + a, start + b, kind) for a, b, kind in parts]
