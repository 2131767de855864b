"""The story on a later page of an article: what stands there between the same neighbours as on the first page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scraper.page.layout import Layout, Line, fold
from scraper.page.lines import SENTENCE_END, clean_lines

_NEAR = 15
"""So many lines around the first page's story are looked for on the later one."""
_HELD = 0.7
"""An extractor that kept less than this of what stands there took something else."""
_LABEL = 80
_STORY = 40
"""Fewer characters on a page that is built in another way are no part of a story."""
_HEADING = frozenset(("h2", "h3", "h4"))


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the story on the first page; all pages of a site's article show it."""

    above: tuple[str, ...]
    """Folded lines before the story, the nearest first."""
    below: tuple[str, ...]
    """Those after it, the nearest first."""
    furniture: frozenset[str]
    """All folded lines outside the story."""


def frame_of(layout: Layout) -> Frame:
    """The frame of a first page."""
    folded = [line.folded for line in layout.lines]
    above, below = folded[: layout.start], folded[layout.end :]
    return Frame(tuple(above[: -_NEAR - 1 : -1]), tuple(below[:_NEAR]), frozenset((*above, *below)))


def story_on(lines: Sequence[Line], found: Sequence[str], frame: Frame, *, known: Sequence[str]) -> list[str]:
    """The story's lines on a later page, of its visible ``lines``; ``found`` is what an extractor took for them.

    The extractor is believed where it kept most of what stands in the frame. Captions and headline are ``known``.
    """
    inside = _inside(lines, frame)
    if inside is None:
        fresh = [line for line in found if fold(line) not in frame.furniture]
        return fresh if sum(map(len, fresh)) >= _STORY else []
    kept = [line for line in found if _stands_in(fold(line), inside)]
    shown = clean_lines([line.text for line in inside if not line.linked], known=known)
    if sum(map(len, kept)) >= _HELD * sum(map(len, shown)):
        return kept
    return shown


def without_labels(body: Sequence[str], later: Iterable[Sequence[Line]]) -> tuple[str, ...]:
    """A first page's story without the labels at its ends (section, byline, share) that a later page shows too.

    ``later`` are the visible lines of later pages. Sentences stay: a lead may be repeated.
    """
    shown = {line.folded for lines in later for line in lines}

    def is_label(line: str) -> bool:
        return len(line) < _LABEL and not SENTENCE_END.search(line) and fold(line) in shown

    first = next((place for place, line in enumerate(body) if not is_label(line)), len(body))
    last = next((place for place, line in enumerate(reversed(body)) if not is_label(line)), 0)
    return tuple(body[first : len(body) - last])


def _stands_in(folded: str, lines: Sequence[Line]) -> bool:
    """Whether a line is one of them; a long one may be part of one, or several."""
    if any(line.folded == folded for line in lines):
        return True
    return len(folded) >= _STORY and f" {folded} " in f" {' '.join(line.folded for line in lines)} "


def _inside(lines: Sequence[Line], frame: Frame) -> list[Line] | None:
    """The lines between the frame's neighbours, without furniture; None where the page is built in another way."""
    folded = [line.folded for line in lines]
    start = _place(folded, frame.above, 0, len(folded))
    end = None if start is None else _place(folded, frame.below, start + 1, len(folded))
    if start is None or end is None:
        return None
    return [
        line
        for line in lines[start + 1 : end]
        if line.folded and (line.folded not in frame.furniture or line.block.tag in _HEADING)
    ]


def _place(folded: Sequence[str], neighbours: Sequence[str], start: int, stop: int) -> int | None:
    """Where the nearest neighbour stands that both pages have once."""
    for neighbour in neighbours:
        if neighbour and folded.count(neighbour) == 1 and start <= (place := folded.index(neighbour)) < stop:
            return place
    return None
