"""An article's text cut into stretches, each under the tags that cover it: what the page and print show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pantau.web.tag_entries import Entry


@dataclass(frozen=True, slots=True)
class Mark:
    """One place of one tag."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text under the same marks."""

    text: str
    kinds: tuple[str, ...]
    note: str
    """What the tags over it say, the innermost first."""
    target: str
    """Anchor of the innermost tag in the list of tags."""


def paragraphs(text: str, entries: Sequence[Entry]) -> list[list[Stretch]]:
    """The paragraphs of ``text``, each as stretches in order; joining them gives the text back."""
    marks = [Mark(span.start, span.end, entry) for entry in entries for span in entry.spans]
    result, start = [], 0
    for part in text.split("\n\n"):
        end = start + len(part)
        inside = [mark for mark in marks if mark.start < end and mark.end > start]
        result.append(_stretches(text, start, end, inside))
        start = end + 2
    return result


def _stretches(text: str, start: int, end: int, marks: list[Mark]) -> list[Stretch]:
    edges = {start, end}
    for mark in marks:
        edges |= {max(mark.start, start), min(mark.end, end)}
    return [_stretch(text[left:right], left, right, marks) for left, right in pairwise(sorted(edges))]


def _stretch(text: str, left: int, right: int, marks: list[Mark]) -> Stretch:
    over = [mark for mark in marks if mark.start <= left and mark.end >= right]
    over.sort(key=lambda mark: mark.end - mark.start)
    kinds = tuple(dict.fromkeys(mark.entry.kind for mark in over))
    notes = dict.fromkeys(mark.entry.note for mark in over)
    return Stretch(text, kinds, " · ".join(notes), over[0].entry.id if over else "")
