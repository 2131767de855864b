"""What a weekly digest says, before anything decides how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item: what is said, where it leads, and a remark."""

    text: str
    link: str = ""
    """To our page."""
    remark: str = ""
    source: str = ""
    """To the article at its outlet; empty where there is none that can be followed."""
    count: int | None = None
    """The number of articles that ``link`` shows, where it is about one."""
    quote: tuple[str, str, str] | None = None
    """The text of an article before, at and after what the line is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its items; a section without items is left out."""

    title: str
    lines: tuple[Line, ...]
    more: str = ""
    """What stands below the items: how many were left out."""
    style: Literal["stories", "counts", "alarm"] = "stories"
    """Counts stand beside their names; an alarm is marked at its side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the chart and its table."""

    day: date
    now: int
    before: int
    """A week earlier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One week in at most 600 words."""

    heading: str
    """The region, or the query of the reader."""
    query: str
    start: date
    end: date
    """Last day, included."""
    count: int
    before: int
    """Articles of the week before."""
    attention: int
    """Things that need attention, also those that are not shown."""
    summary: tuple[str, ...]
    """What changed, in three sentences; an empty or failed week says so."""
    sections: tuple[Section, ...]
    days: tuple[Day, ...]
    notes: tuple[str, ...]
    """What the reader must know about the data: silent and blocked sources, undated articles."""
    search_link: str
    before_link: str
    """The search of the week before."""
    csv_link: str
    base_url: str
