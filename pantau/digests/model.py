"""What a weekly digest says, before anything decides how it looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item: what is said, where it links, and a short remark."""

    text: str
    link: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its items; a section without items is left out."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One week in at most 600 words."""

    region: str
    start: date
    end: date
    """Last day, included."""
    count: int
    previous: int
    """Articles of the week before."""
    summary: str
    """What changed, in two or three sentences; an empty or failed week says so."""
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """What the reader must know about the data: silent and blocked sources, undated articles."""
    search_link: str = ""
