"""One page, parsed once: what every later pass looks at."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from scraper.page.decode import decode, tidy
from scraper.page.layout import Line, read_lines
from scraper.page.reveal import reveal
from scraper.page.structured import Structured, read_structured
from scraper.page.tree import parse, text_of
from scraper.urls import host_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """A page's source, its tree (never changed: passes that prune work on a copy) and what was read off it."""

    url: str | None
    """The address that was fetched or given."""
    html: str
    root: HtmlElement
    data: Structured
    """What the page states for machines."""
    lines: tuple[Line, ...]
    """What a reader sees, in reading order."""

    @property
    def declared_language(self) -> str:
        """The language that the page states, as it is written there."""
        names = ("og:locale", "language", "content-language", "inlanguage")
        return self.root.get("lang") or self.data.first(*names)

    @property
    def outlets(self) -> tuple[str, ...]:
        """What the site calls itself, and its host."""
        names = ("og:site_name", "application-name", "apple-mobile-web-app-title")
        return (*(self.data.first(name) for name in names), host_of(self.url or self.data.first("og:url")))

    @property
    def captions(self) -> list[str]:
        """The words that stand under its pictures or in their place."""
        under = [text_of(node) for node in self.root.iter("figcaption")]
        return [*under, *(tidy(node.get("alt") or "") for node in self.root.iter("img"))]


def parse_page(body: bytes, *, url: str | None, content_type: str | None = None) -> ParsedPage:
    """A page's bytes, read; raises ExtractionError (``empty``, ``too-large``, ``not-html``)."""
    html = decode(body, content_type=content_type)
    root = parse(html)
    lines = read_lines(root)
    if reveal(root, lines, url=url):
        lines = read_lines(root)
    return ParsedPage(url=url, html=html, root=root, data=read_structured(root), lines=lines)
