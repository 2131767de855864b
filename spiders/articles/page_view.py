"""What one page of an article shows of itself, its other pages and other articles; read where the page is parsed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from parsel import Selector

from scraper.crawl.archive import RawPage
from scraper.crawl.extraction import PageJob, article_from
from scraper.errors import ExtractionError, ProfileError
from scraper.items import Article
from scraper.page.parsed import parse_page
from spiders.articles.article_pages import Parts, find_parts, headline_words, is_whole, own_addresses, shown_lines
from spiders.lists.listings import links

NOTHING_MORE = Parts()


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of an article, as the plan for its other pages needs it."""

    url: str
    own: frozenset[str]
    """The article's addresses without variants, as far as the page tells."""
    parts: Parts
    """What it says of the others."""
    words: frozenset[str]
    """Of its headline."""
    lines: frozenset[str]
    """The pieces of text that it shows; none on a first page that says nothing of others."""
    links: tuple[str, ...] = ()
    """All that it links to; of a first page."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The first page of an article, read at once; ``view`` is None for what is no page."""

    article: Article | ExtractionError | ProfileError
    view: PageView | None = None


def view_first(page: Selector, url: str, found: Iterable[str] = ()) -> PageView:
    """The first page at ``url``; ``found`` are other addresses that led to it."""
    own = own_addresses(page, url, *found)
    parts = NOTHING_MORE if is_whole(url) else find_parts(page, url, own)
    lines = shown_lines(page) if parts != NOTHING_MORE else frozenset[str]()
    return PageView(url, frozenset(own), parts, headline_words(page), lines, tuple(links(page, url)))


def view_later(page: Selector, url: str, own: frozenset[str], *, number: int) -> PageView:
    """Another page of the article with the addresses ``own``, asked for as its page ``number``."""
    return PageView(url, own, find_parts(page, url, own, number=number), headline_words(page), shown_lines(page))


def read_first(job: PageJob, *, address: str, found: Iterable[str]) -> Reading:
    """Article and view of a first page, parsed once; runs beside the reactor. ``address`` is the one that answered."""
    try:
        page = parse_page(job.body, url=job.url, content_type=job.content_type)
    except ExtractionError as error:
        return Reading(error)
    view = view_first(Selector(root=page.root, type="html"), address, found)
    try:
        return Reading(article_from(page, job), view)
    except (ExtractionError, ProfileError) as error:
        return Reading(error, view)


def read_later(page: RawPage, *, own: frozenset[str], number: int) -> PageView | None:
    """View of another page; None for what is none; runs beside the reactor."""
    try:
        parsed = parse_page(page.body, url=page.url, content_type=page.content_type)
    except ExtractionError:
        return None
    return view_later(Selector(root=parsed.root, type="html"), page.url, own, number=number)
