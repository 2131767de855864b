"""What the style sites share: multi-page articles, lists with any kind of paging, feeds, sitemaps, odd pages."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, Literal

from demo.sites.pieces import Piece, slug_of
from demo.sites.site import XML, Answer, ListPage, Request, Site
from demo.styles.odd_pages import ODD_PAGES
from demo.styles.when import When

Way = Literal["page-all", "single", "page-number", "path-number", "next-link"]
"""How a long article is cut: ``?page=all`` beside ``?page=2``, ``?single=1`` beside ``/2``, only ``?page=2``, only
``/2``, or nothing but a link to the next part."""
RSS = "application/rss+xml; charset=UTF-8"
ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/json; charset=UTF-8"
NAME = r"[a-z0-9-]+"
KEPT = 8000
"""Answers of one state of the site that are kept, so that rendering does not slow a crawl that is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page of an article."""

    number: int
    last: int
    paragraphs: tuple[str, ...]
    whole: bool = False
    """True where it shows all parts on one page."""


class StyleSite(Site):
    """A site of one style, which says how it addresses, lists and cuts its articles; its template bears its key."""

    way: ClassVar[Way | None] = None
    gone: ClassVar[int] = 404
    """Status of an article that was removed."""
    days: ClassVar[int] = 35
    """Over how many days its articles are spread."""
    weight: ClassVar[int] = 36
    """Its share of all articles."""
    odd: ClassVar[dict[str, str]] = {"tentang-kami": "/tentang-kami", "kontak": "/kontak"}
    """Pages that are no articles: name in ``ODD_PAGES`` -> path."""
    charset: ClassVar[str] = "utf-8"
    keeps: ClassVar[bool] = True
    """False where a page is another one at each visit."""

    def __init__(self, pieces: Sequence[Piece], *, now: datetime, origin: str, removed: frozenset[str] = frozenset()):
        super().__init__(pieces, now=now, origin=origin)
        self.endless_lists = False
        """True where a list shows its last page again behind the last, and a next one."""
        self.removed = removed
        """Paths of articles that were taken down."""
        self._kept: dict[tuple[str, tuple[tuple[str, str], ...]], Answer] = {}

    def answer(self, path: str, query: dict[str, str]) -> Answer:
        """The answer to a GET, from memory where it was asked before."""
        key = (path, tuple(query.items()))
        found = self._kept.get(key)
        if found is None:
            if path in self.removed:
                return self.page("shared/404.html", status=self.gone)
            found = self._odd(path) if not query else None
            found = found or super().answer(path, query)
            if found.status == 200 and self.keeps and len(self._kept) < KEPT:
                self._kept[key] = found
        return found

    def _odd(self, path: str) -> Answer | None:
        for name, place in self.odd.items():
            if path == place:
                return self.view("odd", odd=ODD_PAGES[name])
        return None

    def view(self, kind: str, **values: Any) -> Answer:
        """The style's template in one of its views: ``article``, ``list``, ``odd`` and what else it has."""
        page = self.page(f"{self.key}.html", view=kind, **values)
        if self.charset == "utf-8":
            return page
        body = page.body.decode("utf-8").encode(self.charset, "xmlcharrefreplace")
        return replace(page, body=body, content_type=f"text/html; charset={self.charset}")

    def urls_of(self, piece: Piece) -> tuple[str, ...]:
        """All addresses under which the site shows an article, the canonical one first; parts of it included."""
        return (self.url_of(piece), *self.part_urls(piece)[1:])

    def part_urls(self, piece: Piece) -> tuple[str, ...]:
        """The addresses of an article's pages, then that of the whole where there is one."""
        last = len(self.cut_text(piece))
        numbered = tuple(self.part_url(piece, number) for number in range(1, last + 1))
        return numbered + ((self.whole_url(piece),) if last > 1 and self.whole_url(piece) else ())

    def part_url(self, piece: Piece, number: int) -> str:
        """The address of one page of an article."""
        url = self.url_of(piece)
        if number == 1:
            return url
        return f"{url.rstrip('/')}/{number}" if self.way in ("path-number", "single") else f"{url}?page={number}"

    def whole_url(self, piece: Piece) -> str:
        """The address that shows all pages as one; empty where the style has none."""
        return {"page-all": f"{self.url_of(piece)}?page=all", "single": f"{self.url_of(piece)}?single=1"}.get(
            self.way or "", ""
        )

    def cut_text(self, piece: Piece) -> tuple[tuple[str, ...], ...]:
        """The paragraphs of each page; one page where the style cuts nothing or the article is short."""
        paragraphs = piece.version.paragraphs
        if self.way is None or len(paragraphs) < 6 or piece.habit(4):
            return (paragraphs,)
        size = math.ceil(len(paragraphs) / (2 if len(paragraphs) < 9 else 3))
        return tuple(paragraphs[start : start + size] for start in range(0, len(paragraphs), size))

    def show(
        self, piece: Piece | None, *, number: int = 1, whole: bool = False, kind: str = "article"
    ) -> Answer | None:
        """An article page: one of its parts or all of it; none where there is no such part."""
        if piece is None:
            return None
        parts = self.cut_text(piece)
        if not 1 <= number <= len(parts):
            return None
        part = Part(number=number, last=len(parts), paragraphs=parts[number - 1])
        if whole:
            part = Part(number=1, last=1, paragraphs=piece.version.paragraphs, whole=len(parts) > 1)
        page = self.view(kind, piece=piece, version=piece.version, when=When(piece), part=part)
        return replace(page, piece=piece, headers=self.modified_header(piece.changed))

    def show_queried(self, piece: Piece | None, request: Request) -> Answer | None:
        """An article page by ``?page=`` or ``?single=1``, as far as the style knows them."""
        if self.way == "page-all" and request.query.get("page") == "all":
            return self.show(piece, whole=True)
        if self.way == "single" and request.query.get("single"):
            return self.show(piece, whole=True)
        number = request.page if self.way in ("page-all", "page-number") else 1
        return self.show(piece, number=number)

    def cut(self, pieces: Sequence[Piece], number: int) -> ListPage | None:
        """One page of a list."""
        listed = super().cut(pieces, number)
        if not self.endless_lists or not pieces or number < 1:
            return listed
        if listed is None:
            listed = super().cut(pieces, -(-len(pieces) // self.per_page))
        return replace(listed, number=number, last=max(listed.last, number) + 1) if listed else None

    def list_view(
        self, pieces: Sequence[Piece], number: int, *, heading: str, link: Callable[[int], str], kind: str = "list"
    ) -> Answer | None:
        """One page of a list; ``link`` gives the address of page N. None where the page does not exist."""
        listed = self.cut(pieces, number)
        if listed is None or not pieces:
            return None
        page = self.view(kind, listed=listed, heading=heading, link=link)
        return replace(page, headers=self.modified_header(self.newest_change(listed.pieces)))

    def newest_change(self, pieces: Sequence[Piece]) -> datetime:
        """The latest change among some articles."""
        return max(piece.changed for piece in pieces)

    def rss(self, pieces: Sequence[Piece], *, campaign: str = "", full: bool = False, path: str = "/feed/") -> Answer:
        """An RSS feed; ``full`` puts the whole text into it, ``campaign`` goes behind its links."""
        page = self.page("rss.xml.jinja", content_type=RSS, pieces=pieces, campaign=campaign, full=full, path=path)
        return replace(page, headers=self.modified_header(self.newest_change(pieces)) if pieces else ())

    def atom(self, pieces: Sequence[Piece], *, path: str) -> Answer:
        """An Atom feed."""
        page = self.page("atom.xml.jinja", content_type=ATOM, pieces=pieces, path=path)
        return replace(page, headers=self.modified_header(self.newest_change(pieces)) if pieces else ())

    def urlset(self, pieces: Sequence[Piece], *, more: Sequence[str] = ()) -> Answer:
        """A sitemap of articles, and of further paths."""
        pages = [(self.url_of(piece), piece.changed.isoformat()) for piece in pieces]
        pages += [(self.origin + path, "") for path in more]
        return self.page("shared/sitemap.xml.jinja", content_type=XML, pages=pages)

    def sitemap_index(self, maps: Sequence[tuple[str, str]]) -> Answer:
        """An index of sitemaps: path and time of the last change, which may be empty."""
        return self.page("sitemap_index.xml.jinja", content_type=XML, maps=maps)

    def schema_of(self, piece: Piece, **more: Any) -> str:
        """The article as JSON-LD, safe inside a script element."""
        fields: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": self.url_of(piece),
            "headline": piece.version.title,
            "author": {"@type": "Person", "name": piece.byline or "Redaksi"},
            "publisher": {"@type": "Organization", "name": self.title},
        }
        if piece.dated:
            fields |= {"datePublished": piece.stamp.isoformat(), "dateModified": piece.changed.isoformat()}
        return json.dumps(fields | more, ensure_ascii=False).replace("<", "\\u003c")

    def of_author(self, slug: str) -> tuple[Piece, ...]:
        """The articles of a reporter, given as a slug."""
        return tuple(piece for piece in self.pieces if slug_of(piece.version.author) == slug)

    def newer(self, piece: Piece) -> Piece | None:
        """The article that came after it."""
        place = self._places.get(piece.number, 0)
        return self.pieces[place - 1] if place else None

    def older(self, piece: Piece) -> Piece | None:
        """The article that came before it."""
        place = self._places.get(piece.number, -1) + 1
        return self.pieces[place] if 0 < place < len(self.pieces) else None

    @cached_property
    def months(self) -> dict[str, tuple[Piece, ...]]:
        """Months (``2024-05``) with their articles, the latest first."""
        grouped: dict[str, list[Piece]] = {}
        for piece in self.pieces:
            grouped.setdefault(f"{piece.stamp:%Y-%m}", []).append(piece)
        return {month: tuple(pieces) for month, pieces in grouped.items()}
