"""Two texts side by side, paragraph by paragraph, with the words that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.4
"""From here on two paragraphs are versions of each other."""
MOST_COMPARED = 400
"""Paragraphs of a text that are compared; no piece of news has more."""
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
Pieces = tuple[tuple[str, bool], ...]
"""(text, does only this side have it)."""


@dataclass(frozen=True, slots=True)
class Row:
    """Two paragraphs that belong together; one side is empty where the other has nothing like it."""

    left: Pieces
    right: Pieces

    @property
    def same(self) -> bool:
        """Whether both sides say the same."""
        return self.left == self.right


def compare_texts(left: str, right: str) -> list[Row]:
    """The paragraphs of both texts, in order, those that say the same or nearly so beside each other."""
    ours, theirs = (text.split("\n\n")[:MOST_COMPARED] if text else [] for text in (left, right))
    matcher = SequenceMatcher(a=ours, b=theirs, autojunk=False)
    rows: list[Row] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            rows += [Row(((text, False),), ((text, False),)) for text in ours[a:b]]
        else:
            rows += _paired(ours[a:b], theirs[c:d])
    return rows


def likeness(rows: Sequence[Row]) -> float:
    """The share of the words on both sides that both have, 0 to 1."""
    sizes = [(len(text.split()), only) for row in rows for side in (row.left, row.right) for text, only in side]
    total = sum(size for size, _only in sizes)
    return sum(size for size, only in sizes if not only) / total if total else 1.0


def compare_words(one: str, other: str) -> Row:
    """Two paragraphs word by word."""
    ours, theirs = _WORD.findall(one), _WORD.findall(other)
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for kind, a, b, c, d in SequenceMatcher(a=ours, b=theirs, autojunk=False).get_opcodes():
        left += [("".join(ours[a:b]), kind != "equal")] if b > a else []
        right += [("".join(theirs[c:d]), kind != "equal")] if d > c else []
    return Row(tuple(left), tuple(right))


def _paired(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Row]:
    """Each paragraph of ours with the first one like it that follows those of theirs already taken."""
    taken = 0
    for text in ours:
        at = next((at for at in range(taken, len(theirs)) if _is_like(text, theirs[at])), None)
        if at is None:
            yield Row(((text, True),), ())
            continue
        yield from (Row((), ((other, True),)) for other in theirs[taken:at])
        yield compare_words(text, theirs[at])
        taken = at + 1
    yield from (Row((), ((other, True),)) for other in theirs[taken:])


def _is_like(one: str, other: str) -> bool:
    matcher = SequenceMatcher(a=one.split(), b=other.split(), autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
