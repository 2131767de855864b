"""The beginning of an office phrase: former or acting words, then the head ("mantan", "Plt.", "Wakil Wali Kota")."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.people.lexicon import HeadKind, Lexicon
from nlp.people.words import Word


@dataclass(frozen=True, slots=True)
class Head:
    """A head with what stands before it; ``end`` is the word after it."""

    start: int
    end: int
    words: tuple[str, ...]
    kind: HeadKind
    former: bool = False
    candidate: bool = False
    acting: bool = False


def read_head(words: list[Word], at: int, lexicon: Lexicon) -> Head | None:
    """The head of an office that starts at word ``at``, or None."""
    if words[at].lower not in lexicon.openers:
        return None
    start = at
    former = words[at].lower in lexicon.former
    at += former
    length = _form(words, at, lexicon.candidate, 2)
    candidate, at = bool(length), at + length
    length = _form(words, at, lexicon.acting, 3)
    acting, at = bool(length), _skip_acting(words, at, length, lexicon)
    for size in range(min(lexicon.longest_head, len(words) - at), 0, -1):
        run = words[at : at + size]
        form = tuple(word.lower for word in run)
        if form in lexicon.heads and not any(word.broken for word in run[1:]):
            kind = lexicon.heads[form]
            return Head(start, at + size, form, kind, former, candidate, acting)
    return None


def _form(words: list[Word], at: int, forms: frozenset[tuple[str, ...]], longest: int) -> int:
    for size in range(min(longest, len(words) - at), 0, -1):
        if tuple(word.lower for word in words[at : at + size]) in forms:
            return size
    return 0


def _skip_acting(words: list[Word], at: int, length: int, lexicon: Lexicon) -> int:
    """The word after an acting form, its dot and its abbreviation in brackets."""
    if not length:
        return at
    at += length
    if _is(words, at, "."):
        at += 1
    if _is(words, at, "("):
        size = _form(words, at + 1, lexicon.acting, 3)
        close = at + 1 + size + _is(words, at + 1 + size, ".")
        if size and _is(words, close, ")"):
            return close + 1
    return at


def _is(words: list[Word], at: int, text: str) -> bool:
    return at < len(words) and words[at].text == text
