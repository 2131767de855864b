"""A stretch of the raw text that shows why an article was found."""

from __future__ import annotations

from collections.abc import Sequence

from storage.search.words import Word, stem, words

LENGTH = 240
"""Characters that a snippet aims at."""
READ = 20_000
"""Characters of a text that are looked through."""
Pieces = tuple[tuple[str, bool], ...]


def snippet(text: str, matches: frozenset[str]) -> Pieces:
    """Pieces of the text around its best matches, each with whether it matches; line breaks become spaces."""
    flat = text[:READ].replace("\n", " ")
    hits = [word for word in words(flat) if matches and (word.text in matches or stem(word.text) in matches)]
    start, end = _window(flat, hits)
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for word in hits:
        if start <= word.start and word.end <= end:
            pieces += [(flat[at : word.start], False), (flat[word.start : word.end], True)]
            at = word.end
    pieces.append((flat[at:end] + (" …" if end < len(text) else ""), False))
    return tuple((piece, match) for piece, match in pieces if piece)


def _window(text: str, hits: Sequence[Word]) -> tuple[int, int]:
    """Where to cut: the window of LENGTH with the most different matches, moved to word bounds."""
    best, best_count = 0, 0
    for number, first in enumerate(hits[:200]):
        inside = {word.text for word in hits[number : number + 40] if word.end <= first.start + LENGTH}
        if len(inside) > best_count:
            best, best_count = first.start, len(inside)
    start = max(best - LENGTH // 5, 0)
    if start:
        start = text.find(" ", start) + 1
    end = min(start + LENGTH, len(text))
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + LENGTH // 2)
    return start, end
