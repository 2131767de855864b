"""One page looked at: whether it is an article, a list or something else, and the article as it would be stored."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.http import TextResponse

from scraper.clock import now
from scraper.crawl.extraction import POOL, PageJob
from scraper.errors import ExtractionError
from scraper.items import Article
from scraper.page.pagekind import Kind, Read, page_kind
from scraper.page.rules import GENERIC
from scraper.page.structured import read_structured
from spiders.discovery.anchors import tree_of
from spiders.discovery.visitor import Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One page that was looked at."""

    url: str
    """As asked."""
    response: TextResponse
    kind: Kind | None
    """None where it could not be read: it may be an article at another time."""
    article: Article | None = None
    """Set where it is one."""


async def look(visitor: Visitor, url: str, *, site: str) -> Sample | None:
    """Fetch and read one page; None where it does not answer with one."""
    response = await visitor.html(url)
    root = tree_of(response) if response is not None else None
    if response is None or root is None:
        return None
    job = PageJob(body=response.body, url=response.url, rules=GENERIC, site=site, fetched_at=now())
    try:
        article = await POOL.extract(job)
    except ExtractionError as error:
        return Sample(url=url, response=response, kind="list" if error.reason == "not-article" else None)
    read = Read(title=article.title, lines=article.text.split("\n\n"), dated=article.published is not None)
    found = page_kind(root, url=response.url, data=read_structured(root), read=read)
    is_story = found.kind == "article"
    return Sample(url=url, response=response, kind=found.kind, article=article if is_story else None)
