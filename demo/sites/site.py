"""What every site of the demo shares: routes to answers, lists cut into pages, pictures, static pages, robots.txt."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Any, ClassVar, Literal

from demo.sites.pieces import Piece
from demo.sites.static_pages import STATIC_PAGES
from demo.sites.templating import render
from scraper.clock import WIB

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
SVG = "image/svg+xml"
TEXT = "text/plain; charset=utf-8"


Delivery = Literal["whole", "half", "drip", "reset", "never"]
"""How the body is sent: whole, its first half, in drops, not at all, or nothing is ever sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a site sends back."""

    body: bytes = b""
    status: int = 200
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    piece: Piece | None = None
    """The article that it shows."""
    validates: bool = True
    """False where it has no ETag and answers no condition."""
    delivery: Delivery = "whole"
    seconds: float = 0.0
    """How long a drip takes."""
    repeat: int = 1
    """How often the body is sent; 0 without end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a visitor asked for, taken apart."""

    path: str
    parts: dict[str, str]
    """Named groups of the route."""
    query: dict[str, str] = field(default_factory=dict)
    """First value of each parameter."""

    @property
    def page(self) -> int:
        """``?page=N``, 1 where it is missing, 0 where it is no number."""
        raw = self.parts.get("page") or self.query.get("page", "1")
        return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 6 else 0


Handler = Callable[[Request], Answer | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of a list."""

    pieces: tuple[Piece, ...]
    number: int
    last: int


class Site(ABC):
    """Base of all sites: holds what is published at ``now`` and answers requests for it."""

    key: ClassVar[str]
    title: ClassVar[str]
    robots: ClassVar[str]
    """Text of robots.txt; ``{origin}`` stands for the site's address."""
    per_page: ClassVar[int] = 6
    sends_etag: ClassVar[bool] = True
    sends_modified: ClassVar[bool] = True

    def __init__(self, pieces: Sequence[Piece], *, now: datetime, origin: str) -> None:
        self.origin = origin
        self.now = now.astimezone(WIB)
        published = [piece for piece in reversed(pieces) if piece.version.published <= now]
        self.pieces = tuple(piece for piece in published if piece.listed)
        """Published ones, the newest first."""
        self._numbers = {str(piece.number): piece for piece in published}
        self._slugs = {piece.slug: piece for piece in published}
        self._places = {piece.number: place for place, piece in enumerate(self.pieces)}
        routes = {r"/robots\.txt": self.answer_robots} | self.routes()
        self._routes = [(re.compile(pattern), handler) for pattern, handler in routes.items()]

    @property
    def today(self) -> date:
        """The day of the visit, as page headers show it."""
        return self.now.date()

    @property
    def sections(self) -> tuple[str, ...]:
        """Slugs of the sections that hold something, in alphabetical order."""
        return tuple(sorted({piece.version.section for piece in self.pieces if piece.version.section}))

    @abstractmethod
    def routes(self) -> dict[str, Handler]:
        """Regular expressions of whole paths, each with its handler."""

    @abstractmethod
    def path_of(self, piece: Piece) -> str:
        """The canonical path of an article."""

    def misspelt_path(self, piece: Piece, turn: int) -> str:
        """Another path that shows an article, where the site looks at the id only; ``turn`` chooses one."""
        return self.path_of(piece)

    def url_of(self, piece: Piece) -> str:
        """The canonical address of an article."""
        return self.origin + self.path_of(piece)

    def answer(self, path: str, query: dict[str, str]) -> Answer:
        """The answer to a GET; 404 for whatever is not there."""
        for pattern, handler in self._routes:
            if match := pattern.fullmatch(path):
                parts = {name: value for name, value in match.groupdict().items() if value is not None}
                if answer := handler(Request(path=path, parts=parts, query=query)):
                    return answer
        return self.page("shared/404.html", status=404)

    def page(self, template: str, *, status: int = 200, content_type: str = HTML, **values: Any) -> Answer:
        """A rendered template of this site."""
        return Answer(
            body=render(template, site=self, **values).encode("utf-8"), status=status, content_type=content_type
        )

    def article(self, template: str, piece: Piece, **values: Any) -> Answer:
        """A rendered article page, which carries its time of publication as ``Last-Modified``."""
        page = self.page(f"{self.key}/{template}", piece=piece, version=piece.version, **values)
        return replace(page, piece=piece, headers=self.modified_header(piece.changed))

    def modified_header(self, moment: datetime) -> tuple[tuple[str, str], ...]:
        """``Last-Modified``, on sites that send it."""
        value = format_datetime(moment.astimezone(UTC), usegmt=True)
        return (("Last-Modified", value),) if self.sends_modified else ()

    def answer_robots(self, request: Request) -> Answer:
        """robots.txt."""
        return Answer(body=self.robots.format(origin=self.origin).encode(), content_type=TEXT)

    def answer_picture(self, request: Request) -> Answer | None:
        """The lead picture of an article: a drawn stand-in."""
        piece = self.by_number(request.parts["number"])
        if piece is None:
            return None
        return self.page("shared/picture.svg.jinja", piece=piece, content_type=SVG)

    def answer_static(self, request: Request) -> Answer | None:
        """About, editorial code and the like: pages that are no articles."""
        static = STATIC_PAGES.get(request.parts["static"])
        return self.page(f"{self.key}/static.html", static=static) if static else None

    def answer_search(self, request: Request) -> Answer:
        """Search results, forbidden to robots."""
        words = request.query.get("q", "").lower()
        found = tuple(piece for piece in self.pieces if words in piece.version.title.lower())
        listed = ListPage(pieces=found[: self.per_page], number=1, last=1)
        return self.page(f"{self.key}/list.html", listed=listed, heading=f"Hasil pencarian: {words}", base="/search")

    def by_number(self, raw: str) -> Piece | None:
        """The published article with this id."""
        return self._numbers.get(raw)

    def by_slug(self, slug: str) -> Piece | None:
        """The published article with this slug."""
        return self._slugs.get(slug)

    def of_story(self, slug: str) -> Piece | None:
        """This site's own article on a story."""
        return next((piece for piece in self.pieces if slug and piece.story == slug), None)

    def in_section(self, section: str) -> tuple[Piece, ...]:
        """The articles of a section, the newest first."""
        return tuple(piece for piece in self.pieces if piece.version.section == section)

    def with_tag(self, slug: str, slug_of: Callable[[str], str]) -> tuple[Piece, ...]:
        """The articles with a tag, given as its slug."""
        return tuple(piece for piece in self.pieces if slug in map(slug_of, piece.version.tags))

    def others(self, piece: Piece, count: int, *, skip: int = 0) -> tuple[Piece, ...]:
        """Neighbours for teasers: the older ones first, around the end of the list to the newest."""
        place = self._places.get(piece.number, -1)
        ring = self.pieces[place + 1 :] + self.pieces[:place]
        return ring[skip : skip + count]

    def trending(self, count: int = 8) -> tuple[str, ...]:
        """The tags that most articles carry: the same box on every page."""
        counts: dict[str, int] = {}
        for piece in self.pieces:
            for tag in piece.version.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag))[:count])

    def cut(self, pieces: Sequence[Piece], number: int) -> ListPage | None:
        """One page of a list; none where it does not exist (an empty list has an empty first page)."""
        last = max(1, -(-len(pieces) // self.per_page))
        if not 1 <= number <= last:
            return None
        start = (number - 1) * self.per_page
        return ListPage(pieces=tuple(pieces[start : start + self.per_page]), number=number, last=last)

    def listing(self, pieces: Sequence[Piece], request: Request, *, heading: str, base: str) -> Answer | None:
        """A list page; ``base`` is the path that the page number is put behind."""
        listed = self.cut(pieces, request.page)
        return self.page(f"{self.key}/list.html", listed=listed, heading=heading, base=base) if listed else None


def moved(location: str) -> Answer:
    """A permanent redirect."""
    return Answer(status=301, headers=(("Location", location),))
