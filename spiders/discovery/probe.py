"""Probes a site that nobody described: its lists, its article addresses, samples, and the source file that follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy.http import TextResponse

from scraper.clock import today
from scraper.config import Config
from scraper.crawl.host_guard import origin_of
from scraper.errors import PantauError
from spiders.discovery.anchors import tree_of
from spiders.discovery.choose import choose_lists, per_week
from spiders.discovery.learn import Learner
from spiders.discovery.names import free_name, site_title
from spiders.discovery.proof import canonical_of, whole_query
from spiders.discovery.reasons import no_articles, why_unreadable
from spiders.discovery.survey import Survey
from spiders.discovery.visit import visit
from spiders.discovery.visitor import Told, Visitor
from spiders.lists.candidates import Keys

BUDGET = 25
SHOWN = 10
FURTHER = 3


class ProbeFailed(PantauError):
    """No source can be made of the site; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A sample article."""

    url: str
    title: str
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a probe found: the fields of a source, and what a person wants to see before following it."""

    name: str
    fields: dict[str, Any]
    samples: tuple[Shown, ...]
    articles_per_week: float | None
    delay: float
    """Seconds between two requests."""
    requests: int
    robots: bool
    """Whether the site has a robots.txt."""
    warnings: tuple[str, ...] = field(default=())


def whole_address(url: str) -> str:
    """What a person typed as an address: ``https://`` before a bare host. Raises ProbeFailed for what is none."""
    address = url.strip()
    if "://" not in address:
        address = f"https://{address}"
    host = (urlsplit(address).hostname or "") if origin_of(address) else ""
    if not ("." in host or ":" in host or host == "localhost"):
        raise ProbeFailed(f"{url!r} is no web address; write e.g. https://www.kabar.example/")
    return address if urlsplit(address).path else f"{address}/"


def probe(url: str, *, config: Config, name: str | None = None, tell: Told | None = None) -> Probe:
    """Visit the site of ``url`` and make a source of it, called ``name`` or after its host.

    Once a process. Raises ProbeFailed where no source can be made, ProfileError for a wrong name, VisitFailed.
    """
    parts = urlsplit(url)
    start = f"{parts.scheme}://{parts.netloc}/"
    called = free_name(config.data, start, wanted=name)

    async def work(visitor: Visitor) -> Probe:
        return await _probe(visitor, start, url, called)

    return visit(start, work, config=config, budget=BUDGET, tell=tell)


async def _probe(visitor: Visitor, start: str, given: str, name: str) -> Probe:
    response = await visitor.html(start) or await visitor.html(given)
    if response is None:
        raise ProbeFailed(await why_unreadable(visitor, start))
    start = urljoin(response.url, "/")  # where a redirect led: https, or with www.
    survey = Survey(visitor, start)
    await survey.front(response)
    if given.rstrip("/") != start.rstrip("/"):
        await survey.given(given)
    learned = Learner(visitor, survey.clues, site=name, note=survey.note)
    await learned.run()
    survey.menus()
    if not learned.makes:
        await _look_further(survey, learned)
    if not learned.makes:
        scripted = survey.finds.scripted and not survey.finds.sitemaps
        raise ProbeFailed(no_articles(visitor, start, scripted=scripted, elsewhere=survey.elsewhere))
    canonical = await canonical_of(visitor, learned, site=name)
    how: dict[str, Any] = {"canonical": canonical, "whole_article": await whole_query(visitor, learned, site=name)}
    how |= await choose_lists(survey, Keys(re.compile(learned.pattern), canonical))
    return _described(visitor, survey, learned, how, name)


async def _look_further(survey: Survey, learned: Learner) -> None:
    """A front page that shows no headlines: the pages that its menu names may, or those at the usual places."""
    for url in (survey.finds.indexes + survey.finds.sections)[:FURTHER]:
        await survey.list_page(url)
    await learned.run()
    if not learned.makes:
        await survey.guess_indexes()
        await learned.run()


def _described(visitor: Visitor, survey: Survey, learned: Learner, how: dict[str, Any], name: str) -> Probe:
    start = survey.finds.start
    seen = [*visitor.pages[:1], *(sample.response for sample in learned.samples)]
    trees = [root for page in seen if isinstance(page, TextResponse) and (root := tree_of(page)) is not None]
    feed = next((page.body for page in visitor.pages if page.url in {found.url for found in survey.finds.feeds}), None)
    fields: dict[str, Any] = {"title": site_title(trees, feed) or name, "start": start}
    fields |= {
        key: _relative(start, value) if isinstance(value, list) else value for key, value in how.items() if value
    }
    fields |= {"article_url": learned.pattern, "evidence": "seen", "verified": today().date().isoformat()}
    return Probe(
        name=name,
        fields=fields,
        samples=tuple(_shown(survey, learned))[:SHOWN],
        articles_per_week=per_week(survey),
        delay=visitor.delay,
        requests=visitor.requests,
        robots=bool(visitor.robots),
        warnings=tuple(_warnings(survey, learned)),
    )


def _shown(survey: Survey, learned: Learner) -> Iterator[Shown]:
    """The articles that were read, then those that lists and links name, the newest first."""
    for sample in learned.articles:
        if sample.article is not None:
            dated = sample.article.published
            yield Shown(
                url=sample.url,
                title=sample.article.title,
                published=dated.value.isoformat() if dated else None,
            )
    article = re.compile(learned.pattern)
    others = [clue for clue in survey.clues if clue.verdict is None and clue.good and article.search(clue.url)]
    others.sort(key=lambda clue: clue.when.timestamp() if clue.when else 0.0, reverse=True)
    for clue in others:
        yield Shown(url=clue.url, title=clue.words or clue.url, published=clue.when.isoformat() if clue.when else None)


def _warnings(survey: Survey, learned: Learner) -> Iterator[str]:
    if survey.finds.scripted:
        yield "the front page is drawn by scripts: only sitemap and feed show what is new"
    undated = [sample for sample in learned.articles if sample.article and sample.article.published is None]
    if undated:
        yield f"no date was found on {len(undated)} of {len(learned.articles)} sample pages"
    refused = [url for url, slug in survey.visitor.troubles.items() if slug in ("http-401", "http-403", "http-429")]
    if refused:
        yield f"the site refused {len(refused)} requests, {refused[0]} for one; a crawl may be blocked"
    if survey.elsewhere:
        yield f"many articles are on another host ({survey.elsewhere}); add it too, or put it into 'hosts'"
    if survey.visitor.ended:
        yield f"the site ended the visit early ({survey.visitor.ended}); what was found may not be all"


def _relative(start: str, urls: list[str]) -> list[str]:
    """Addresses as the source file has them: without the host where it is the site's own."""
    return ["/" + url.removeprefix(start) if url.startswith(start) else url for url in urls]
