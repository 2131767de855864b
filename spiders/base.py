"""The base of every site: a profile in class attributes, and the walk from its lists to its articles."""

from __future__ import annotations

from typing import ClassVar

import scrapy

from scraper.page.rules import GENERIC, SiteRules
from spiders.profile import Expect


class SiteSpider(scrapy.Spider):
    """A news site. A profile sets the attributes below and nothing else; a base class without ``name`` is a family."""

    name: str
    """The source's name, the same as its file's."""
    title: ClassVar[str]
    """The outlet as readers know it."""
    region: ClassVar[str] = ""
    """Kemendagri code of the area it writes about (``36.74``)."""
    start: ClassVar[str]  # type: ignore[assignment]  # the instance has Scrapy's method of this name
    """The site's front page; its host and port are the source's."""
    hosts: ClassVar[tuple[str, ...]] = ()
    """Other hosts of the same outlet, with the port where it is not the usual one."""
    feeds: ClassVar[tuple[str, ...]] = ()
    """RSS or Atom addresses; relative ones are seen from ``start``, here and in the next two."""
    sitemaps: ClassVar[tuple[str, ...]] = ()
    """Sitemaps or indexes of sitemaps, plain or gzip."""
    listings: ClassVar[tuple[str, ...]] = ()
    """Pages that list articles, the newest first; their following pages are found."""
    article_url: ClassVar[str] = ""
    """Regular expression found in every article's address; ``(?P<id>...)``, else its first number, is the id."""
    canonical: ClassVar[str] = ""
    """The key of an article, with ``{id}``: many addresses, one article."""
    rules: ClassVar[SiteRules] = GENERIC
    """Selectors, where the generic extraction does not do."""
    whole_article: ClassVar[str] = ""
    """Query that shows a long article on one page, such as ``page=all``."""
    expect: ClassVar[Expect] = Expect()
    delay: ClassVar[float | None] = None
    """Seconds between two requests; by default 3, and 0 on loopback."""
