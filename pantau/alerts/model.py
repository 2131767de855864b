"""What an alert says, before anything decides how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pantau.digests.model import Line
from pantau.digests.phrases import told
from storage.records.alerts import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What one saved search has to tell."""

    watch: Watch
    upto: int | None
    """Change number up to which stories were looked at; ``None`` where they were not due."""
    stories: tuple[str, ...]
    """The stories that are told now, by name; also those that another search of the same reader shows."""
    lines: tuple[Line, ...]
    count: int
    """Stories to show, also those for which the mail has no room."""
    spike: Line | None
    spiked: date | None
    """Last day of the burst that is told of, or that goes on."""
    link: str
    """The search page."""

    @property
    def name(self) -> str:
        """The name of the search, harmless in a mail."""
        return told(self.watch.name, limit=80)

    @property
    def says_something(self) -> bool:
        """Whether there is anything to mail."""
        return self.count > 0 or self.spike is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One mail to one reader, whatever the number of their searches."""

    email: str
    news: tuple[News, ...]
    base_url: str
    region: str

    @property
    def count(self) -> int:
        """New stories."""
        return sum(item.count for item in self.news)

    @property
    def left(self) -> int:
        """Stories that are told as a number only."""
        return self.count - sum(len(item.lines) for item in self.news)
