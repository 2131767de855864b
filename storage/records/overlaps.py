"""Which tags stand where another one stands, or is to stand. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from scraper.items import Span

Tag = TypeVar("Tag", bound=Span)
SAME = 0.5
"""Share of the shorter of two stretches that both must have in common to mean the same thing."""


def best(tags: Iterable[Tag], span: Span) -> Tag | None:
    """The tag that stands at a place, or covers most of it; ``None`` where there is none."""
    near = [tag for tag in tags if _shared(tag, span) >= SAME * min(_length(tag), _length(span))]
    return max(near, key=lambda tag: _likeness(tag, span), default=None)


def touching(tags: Iterable[Tag], span: Span, *, nested: bool) -> list[Tag]:
    """The tags that cannot stand beside a new one; where tags may be ``nested``, only those that mean the same."""
    return [tag for tag in tags if (_likeness(tag, span) >= SAME if nested else _shared(tag, span) > 0)]


def place(tags: Sequence[Tag], tag: Tag) -> tuple[Tag, ...]:
    """The tags with another one among them, by their place in the text."""
    return tuple(sorted((*tags, tag), key=lambda one: (one.start, one.end)))


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _length(span: Span) -> int:
    return max(span.end - span.start, 1)


def _likeness(one: Span, other: Span) -> float:
    """1 for the same stretch, 0 for two that do not meet."""
    return _shared(one, other) / (_length(one) + _length(other) - _shared(one, other))
