"""One page of a list read: the articles that it names, where it goes on, and the lists below it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass

from scrapy.http import HtmlResponse, Response

from spiders.lists.feeds import Entry, read_feed_page
from spiders.lists.listings import last_page, links, next_page
from spiders.lists.posts import next_posts, read_posts
from spiders.lists.sitemaps import read_sitemap
from spiders.walk.lists import Walk

SNIFFED = 4096
_HTML = re.compile(
    rb"^\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class ListPage:
    """What one page says."""

    entries: tuple[Entry, ...] = ()
    following: str | None = None
    children: tuple[Entry, ...] = ()
    """Of an index of sitemaps."""
    far: str | None = None
    """The list's last page, as far as links tell."""
    links: tuple[str, ...] = ()
    """All that it links to."""


class NoList(Exception):
    """An answer that is no page of a list."""


async def read_page(walk: Walk, response: Response, *, is_article: Callable[[str], bool]) -> ListPage:
    """Read an answer by the kind of its list; raises NoList for what cannot be one."""
    if walk.kind == "feed":
        feed = await asyncio.to_thread(read_feed_page, response.body, url=response.url)
        return ListPage(feed.entries, feed.following)
    if walk.kind == "sitemap":
        sitemap = await asyncio.to_thread(read_sitemap, response.body, url=response.url)
        return ListPage(sitemap.articles, None, sitemap.children)
    if walk.kind == "posts":
        entries = tuple(read_posts(response.body, url=response.url))
        pages = response.headers.get("X-WP-TotalPages")
        following = next_posts(response.url, found=len(entries), pages=pages.decode("latin-1") if pages else None)
        return ListPage(entries, following)
    page = as_page(response)
    if page is None:
        raise NoList(response.url)
    return _listing(page, is_article)


def as_page(response: Response) -> HtmlResponse | None:
    """An answer as a page, also where its type is called another or none; None for what is no HTML."""
    if isinstance(response, HtmlResponse):
        return response
    return response.replace(cls=HtmlResponse) if _HTML.search(response.body[:SNIFFED]) else None


def _listing(response: HtmlResponse, is_article: Callable[[str], bool]) -> ListPage:
    page = response.selector
    linked = tuple(links(page, response.url))
    entries = tuple(Entry(url) for url in linked if is_article(url))
    following = next_page(page, response.url, linked, is_article=is_article)
    return ListPage(entries, following, far=last_page(response.url, linked), links=linked)
