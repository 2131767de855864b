"""One article by its address: fetched with the manners of every crawl, all its pages, and stored nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from scraper.config import Config
from scraper.errors import ExtractionError, InputError, sentence
from scraper.items import Article
from scraper.urls import host_of
from spiders.articles.article_pages import MAX_PAGES
from spiders.articles.collect import ArticleReader, ArticleTask
from spiders.base import SiteSpider
from spiders.discovery.visit import visit
from spiders.discovery.visitor import Visitor
from spiders.lists.candidates import Keys

_WAYS = 3
"""So many addresses of the article are tried: all pages at once, its plain view, and as it was given."""
_WORDINGS = {
    "robots": sentence("robots.txt of the site forbids it; it is not read"),
    "robots-unreachable": sentence("the site does not show its robots.txt, so nothing is asked of it; try again later"),
    "offsite": sentence("it leads to another site; give the address there"),
    "scheme": sentence("it is no web address; write https://..."),
    "private-address": sentence("its name leads to a private address; nothing is asked there"),
    "too-large": sentence("it is larger than any news page; nothing is read"),
    "blocked": sentence("the site refuses us"),
    "http-403": sentence("the site refuses us (403)"),
    "http-404": sentence("there is no such page (404)"),
    "http-410": sentence("the page was removed (410)"),
    "redirected": sentence("it leads to a page that is no article"),
    "not-html": sentence("it is no HTML page"),
}
_TOLD = sentence("%(url)s: %(why)s")


def read_address(url: str, *, config: Config, sources: Iterable[type[SiteSpider]] = ()) -> Article:
    """The article at an address, by the rules of the first of ``sources`` to which it belongs.

    Raises InputError for what is no web address, ExtractionError where robots.txt, the site or the page itself stands
    against it.
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        raise InputError("%(url)r is no web address; write https://...", url=url)
    source = next((one for one in sources if one.host_guard().refusal(url) is None), None)

    async def work(visitor: Visitor) -> Article:
        return await _read(visitor, url, source)

    if source is None:
        return visit(url, work, config=config, budget=MAX_PAGES + _WAYS)
    return visit(source.start, work, config=config, budget=MAX_PAGES + _WAYS, hosts=source.hosts, delay=source.delay)


async def _read(visitor: Visitor, url: str, source: type[SiteSpider] | None) -> Article:
    reader = _reader(url, source)
    task = ArticleTask(reader.keys.candidate(url))
    ways = dict.fromkeys((reader.whole.address(task.candidate.url), task.candidate.url, url))
    first = None
    for way in ways:
        first = first or await visitor.get(way)
    if first is None:
        reason = visitor.ended or visitor.troubles.get(url) or "failed"
        raise ExtractionError(
            reason,
            _TOLD,
            url=url,
            why=_WORDINGS.get(reason) or sentence("it could not be fetched (%(slug)s)", slug=reason),
        )
    following = await reader.take(first, task)
    while following:
        answer = await visitor.get(following)
        following = await reader.take(answer, task) if answer else reader.miss(task)
    item = await reader.read(task)
    if item is None:
        raise ExtractionError(
            task.refused,
            _TOLD,
            url=url,
            why=_WORDINGS.get(task.refused) or sentence("no article (%(slug)s)", slug=task.refused),
        )
    return item.article


def _reader(url: str, source: type[SiteSpider] | None) -> ArticleReader:
    """By the profile's key and pattern where the address has its form: what a person names is read in any case."""
    if source is None:
        return ArticleReader(Keys(re.compile("")), site=host_of(url))
    keys = Keys(re.compile(source.article_url), source.canonical)
    keys = keys if keys.is_article(url) else Keys(re.compile(""))
    return ArticleReader(keys, site=source.name, rules=source.rules, whole=source.whole_article)
