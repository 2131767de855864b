"""The lists of a site: what a probe found of feeds, sitemaps, WordPress posts, index and section pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time

from scraper.clock import WIB
from spiders.lists.feeds import Entry

NEVER = datetime.min.replace(tzinfo=WIB)
"""Stands for the time of what has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One list that answered."""

    url: str
    entries: tuple[Entry, ...] = ()
    """What it names, of an index of sitemaps what its newest children name."""
    total: int = 0
    """How many articles it says that there are, where it says so; else how many were seen."""
    news: bool = False
    """Whether it is a news sitemap: the last two days only."""
    story: bool = False
    """Whether it names nothing but articles, by its own word."""

    @property
    def newest(self) -> datetime | None:
        """Date of its newest entry."""
        return max((moment for entry in self.entries if (moment := moment_of(entry))), default=None)


@dataclass(slots=True)
class Finds:
    """All lists of one site."""

    start: str
    title: str = ""
    wordpress: bool = False
    scripted: bool = False
    """Whether the front page is drawn by scripts: next to no links in it."""
    feeds: list[Found] = field(default_factory=list)
    sitemaps: list[Found] = field(default_factory=list)
    posts: Found | None = None
    indexes: list[str] = field(default_factory=list)
    """Pages that list all articles, the newest first."""
    sections: list[str] = field(default_factory=list)
    """Pages that list those of one section, from the menus."""
    day_forms: list[str] = field(default_factory=list)
    """Lists by day that forms lead to, with a place for the day."""


def moment_of(entry: Entry) -> datetime | None:
    """When an entry was published, else changed; a mere day is its midnight."""
    found = entry.published.value if entry.published else entry.changed
    if found is None or isinstance(found, datetime):
        return found
    return datetime.combine(found, time(), WIB)
