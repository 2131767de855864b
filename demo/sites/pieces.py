"""A story as one site of the demo publishes it: numbered, slugged and cut into paragraphs."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from demo.story import Story, Version

EPOCH = date(2012, 1, 1)
NUMBERS_PER_DAY = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One article of one site."""

    number: int
    """The site's own id; rises with the date, with gaps, and is unique in the site."""
    slug: str
    """Title in lower case with hyphens."""
    version: Version
    story: str
    """Slug of the story; the same on every site."""
    corrects: str = ""
    """Slug of the story that this one corrects."""
    modified: datetime | None = None
    """When it was last changed, aware; none for never."""
    listed: bool = True
    """False where the site still shows it but leads nobody there."""
    dated: bool = True
    """False where its page does not tell its time."""

    @property
    def stamp(self) -> datetime:
        """Publication with seconds, as content systems keep it."""
        return self.version.published + timedelta(seconds=zlib.crc32(self.slug.encode()) % 60)

    @property
    def changed(self) -> datetime:
        """The latest change, at first its publication."""
        return self.modified or self.stamp

    @property
    def views(self) -> int:
        """A believable view counter that never changes."""
        return 120 + zlib.crc32(self.story.encode()) % 7000

    def habit(self, count: int) -> int:
        """0 to ``count - 1``: which of a site's habits of markup this story gets, the same every day."""
        return zlib.crc32(self.story.encode()) % count

    @property
    def byline(self) -> str:
        """The reporter, or ``Advertorial`` where the piece is paid for."""
        return "Advertorial" if self.version.kind == "advertorial" else self.version.author

    @property
    def initials(self) -> str:
        """Sign-off of reporter and editor, ``RAN/DEW``."""
        names = [self.byline.split(",")[0], self.version.editor or "Redaksi"]
        return "/".join(name.strip()[:3].upper() for name in names if name.strip())


def pieces_of(stories: Iterable[Story], *, site: str) -> tuple[Piece, ...]:
    """Everything that ``site`` ever publishes of these stories, the oldest first, also what is still to come."""
    printed = sorted(
        ((version, story) for story in stories for version in story.versions if version.site == site),
        key=lambda pair: (pair[0].published, pair[1].slug),
    )
    pieces: list[Piece] = []
    for version, story in printed:
        number = (version.published.date() - EPOCH).days * NUMBERS_PER_DAY + 1
        pieces.append(
            Piece(
                number=max(number, pieces[-1].number + 2) if pieces else number,
                slug=slug_of(version.title),
                version=version,
                story=story.slug,
                corrects=story.corrects,
            )
        )
    return tuple(pieces)


def slug_of(title: str, *, lower: bool = True) -> str:
    """``Harga Cabai Naik, Ini Sebabnya`` -> ``harga-cabai-naik-ini-sebabnya``; capitals stay without ``lower``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", plain.replace("'", ""))
    slug = "-".join(words)[:110].strip("-") or "berita"
    return slug.lower() if lower else slug
