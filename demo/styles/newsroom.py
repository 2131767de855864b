"""The style newsroom: sites of many styles on loopback, what a crawl of them should find, and how they change."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from demo.faults import Faults
from demo.server import Desk, SiteServer, Visit, listen
from demo.sites.pieces import EPOCH, NUMBERS_PER_DAY, Piece, slug_of
from demo.styles import STYLE_CLASSES, STYLES
from demo.styles.composer import Composer, Draft, story_drafts
from demo.styles.site import StyleSite
from demo.styles.slots import REPORTERS
from demo.styles.strangers import Strangers
from scraper.clock import WIB

NETWORK = "127.0.11.{}"
ARTICLES = 600
"""Of all styles together."""
NEWEST = timedelta(hours=6)
"""Age of the newest article at the start; what grows later fits in between."""
ORPHANS = 40
"""Every so many articles one is there that nothing leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An article of a style site as a perfect crawl would store it."""

    style: str
    number: int
    """The site's own id, which identifies it here too."""
    url: str
    """Canonical."""
    urls: tuple[str, ...]
    """All addresses that show it or a part of it, the canonical one first."""
    title: str
    text: str
    """Whole, paragraphs separated by a blank line."""
    published: datetime
    """Aware, Asia/Jakarta, to the second."""
    modified: datetime | None
    author: str
    section: str
    tags: tuple[str, ...]
    pages: int
    """More than 1 for a multi-page article."""
    reachable: bool
    """False where no list, feed, sitemap or article leads there, or where it is gone."""


class StyleNewsroom:
    """Style sites on the air. Made by :meth:`start`; a context manager that stops them."""

    def __init__(self, servers: dict[str, SiteServer], *, now: datetime, articles: int, seed: int) -> None:
        self.now = now.astimezone(WIB)
        self._servers = servers
        self._classes = {style.key: style for style in STYLE_CLASSES if style.key in servers}
        self._drafts = _supply(self.now, seed, stories=articles >= ARTICLES // 2)
        self.origins = {key: server.origin for key, server in servers.items()}
        """Style -> ``http://host:port``."""
        self._pieces = {
            key: self._first_pieces(key, count, Random(f"{seed}-{key}"))
            for key, count in _shares(list(self._classes.values()), articles).items()
        }
        self._removed: dict[str, set[str]] = {key: set() for key in servers}
        self.outside = Strangers()
        """Where faults lead a crawler astray."""
        self._desks: dict[str, Desk] = {}
        for key, server in servers.items():
            faults = Faults(seed=seed, outside=self.outside.origin, changed=partial(self._refresh, key))
            self._desks[key] = Desk(site=self._look(key, faults), faults=faults)
            server.serve(self._desks[key])

    @classmethod
    def start(
        cls,
        *,
        now: datetime,
        styles: Sequence[str] = STYLES,
        port: int = 0,
        articles: int = ARTICLES,
        seed: int = 1,
    ) -> StyleNewsroom:
        """Put sites of these styles on the air as they look at ``now`` (aware); ``port`` 0 takes any free one.

        ``articles`` is the number of all sites together. Equal arguments give equal sites. Raises ConfigError where a
        port is taken and KeyError for an unknown style.
        """
        unknown = sorted(set(styles) - set(STYLES))
        if unknown:
            raise KeyError(f"no style {', '.join(unknown)}; there are {', '.join(STYLES)}")
        return cls(listen(NETWORK, styles, port), now=now, articles=articles, seed=seed)

    @property
    def expected(self) -> dict[str, list[Expected]]:
        """Style -> its articles as they are now, the newest first; removed ones are left out."""
        return {key: [self._expected(key, piece) for piece in reversed(self._pieces[key])] for key in self._servers}

    @property
    def log(self) -> dict[str, list[Visit]]:
        """Style -> everything that was answered."""
        return {key: desk.log for key, desk in self._desks.items()}

    @property
    def faults(self) -> dict[str, Faults]:
        """Style -> what goes wrong there; set the fields while it runs."""
        return {key: desk.faults for key, desk in self._desks.items()}

    def site(self, style: str) -> StyleSite:
        """The site as it looks now."""
        site = self._desks[style].site
        if not isinstance(site, StyleSite):
            raise TypeError(f"{style} is no style site")
        return site

    def warm(self) -> None:
        """Render every article page once, before a crawl that is clocked."""
        for key, articles in self.expected.items():
            site = self.site(key)
            for url in (url for article in articles for url in article.urls):
                address = urlsplit(url)
                site.answer(address.path, dict(parse_qsl(address.query, keep_blank_values=True)))

    def forget_visits(self) -> None:
        """Empty the logs, before a crawl that is measured."""
        for desk in self._desks.values():
            desk.log.clear()
            desk.requests.clear()

    def grow(self, percent: float) -> dict[str, list[Expected]]:
        """Publish so many percent more on every site, at least one each; returns what is new."""
        grown = {}
        for key, pieces in self._pieces.items():
            count = max(1, round(len(pieces) * percent / 100))
            newest = pieces[-1].version.published
            step = (self.now - newest) / 2 / count
            times = [(newest + step * place).replace(second=0, microsecond=0) for place in range(1, count + 1)]
            added = self._publish(key, times, start=pieces[-1].number)
            self._pieces[key] = [*pieces, *added]
            self._refresh(key)
            grown[key] = [self._expected(key, piece) for piece in added]
        return grown

    def edit(self, article: Expected) -> Expected:
        """Correct an article: its second paragraph is another, and its time of change is now."""
        pieces = self._pieces[article.style]
        place = next(place for place, piece in enumerate(pieces) if piece.number == article.number)
        version = pieces[place].version
        paragraphs = list(version.paragraphs)
        paragraphs[1] = f"Ralat: angka pada berita ini diperbaiki redaksi. {paragraphs[1]}"
        changed = replace(version, text="\n\n".join(paragraphs))
        pieces[place] = replace(pieces[place], version=changed, modified=self.now.replace(microsecond=0))
        self._refresh(article.style)
        return self._expected(article.style, pieces[place])

    def remove(self, article: Expected) -> None:
        """Take an article down: no list shows it, and its addresses answer 404 or 410."""
        site = self.site(article.style)
        self._removed[article.style] |= {url.removeprefix(site.origin).partition("?")[0] for url in article.urls}
        self._pieces[article.style] = [piece for piece in self._pieces[article.style] if piece.number != article.number]
        self._refresh(article.style)

    def stop(self) -> None:
        """Take the sites off the air; harmless when done twice."""
        while self._servers:
            self._servers.popitem()[1].stop()
        self.outside.stop()

    def __enter__(self) -> Self:
        """The running newsroom."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        self.stop()

    def _look(self, key: str, faults: Faults) -> StyleSite:
        # a query-string site has one path for everything: there the id that is gone answers for itself
        removed = frozenset(path for path in self._removed[key] if any(char.isdigit() for char in path) or "-" in path)
        pieces = [faults.rewritten(piece) for piece in self._pieces[key]]
        site = self._classes[key](pieces, now=self.now, origin=self.origins[key], removed=removed)
        site.endless_lists = "endless-lists" in faults.on
        return site

    def _refresh(self, key: str) -> None:
        self._desks[key].site = self._look(key, self.faults[key])

    def _first_pieces(self, key: str, count: int, random: Random) -> list[Piece]:
        span = timedelta(days=self._classes[key].days)
        newest = self.now - NEWEST
        ages = sorted((random.random() ** 1.2 for _ in range(count - 1)), reverse=True)
        times = [_in_daytime(newest - span * age, latest=newest) for age in [*ages, 0.0]]
        pieces = self._publish(key, sorted(times), start=0)
        orphan = ORPHANS // 2
        return [replace(piece, listed=place % ORPHANS != orphan) for place, piece in enumerate(pieces)]

    def _publish(self, key: str, times: Sequence[datetime], *, start: int) -> list[Piece]:
        """New articles for a site, one a time, numbered on from ``start``."""
        pieces: list[Piece] = []
        for published in times:
            version = next(self._drafts).version(key, published)
            least = (published.date() - EPOCH).days * NUMBERS_PER_DAY + 1
            number = max(least, (pieces[-1].number if pieces else start) + 2)
            pieces.append(Piece(number=number, slug=slug_of(version.title), version=version, story=f"{key}-{number}"))
        return pieces

    def _expected(self, key: str, piece: Piece) -> Expected:
        site, faults = self.site(key), self.faults[key]
        piece = faults.rewritten(piece)
        version = piece.version
        return Expected(
            style=key,
            number=piece.number,
            url=site.url_of(piece),
            urls=site.urls_of(piece),
            title=version.title,
            text=version.text,
            published=piece.stamp,
            modified=piece.modified,
            author=version.author,
            section=version.section,
            tags=version.tags,
            pages=len(site.cut_text(piece)),
            reachable=piece.listed and not faults.takes_away(piece),
        )


def _shares(classes: Sequence[type[StyleSite]], articles: int) -> dict[str, int]:
    """How many articles each style gets: by its weight, together ``articles``, at least one each."""
    whole = sum(style.weight for style in classes)
    shares = {style.key: max(1, math.floor(articles * style.weight / whole)) for style in classes}
    for style in classes[: max(0, articles - sum(shares.values()))]:
        shares[style.key] += 1
    return shares


def _supply(now: datetime, seed: int, *, stories: bool) -> Iterator[Draft]:
    """Drafts for ever; every third one is a demo story as long as there are any."""
    told = story_drafts(now) if stories else []
    Random(seed).shuffle(told)
    titles: set[str] = set()
    for place, draft in enumerate(Composer(seed).drafts()):
        if place % 3 == 2 and told:
            story = told.pop()
            story = story if story.author else replace(story, author=REPORTERS[place % len(REPORTERS)])
            if slug_of(story.title) not in titles:
                titles.add(slug_of(story.title))
                yield story
        if slug_of(draft.title) not in titles:
            titles.add(slug_of(draft.title))
            yield draft


def _in_daytime(moment: datetime, *, latest: datetime) -> datetime:
    """The moment at an hour at which newsrooms work, never later than ``latest``."""
    shifted = moment.replace(hour=6 + moment.hour * 16 // 24, second=0, microsecond=0)
    return min(shifted, latest.replace(second=0, microsecond=0))
