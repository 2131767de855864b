"""Checks a source against its live site in one go: robots.txt, lists, the pattern, and a few articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from scrapy.http import Response

from scraper.clock import now, today
from scraper.config import Config
from scraper.crawl.extraction import POOL, PageJob
from scraper.errors import ExtractionError
from scraper.items import Article
from scraper.page.rules import GENERIC
from scraper.page.text import overlap
from scraper.urls import without_variants
from spiders.base import SiteSpider
from spiders.discovery.reasons import why_unreadable
from spiders.discovery.visit import visit
from spiders.discovery.visitor import Told, Visitor
from spiders.lists.candidates import Keys
from spiders.lists.dated import on_day
from spiders.walk.children import wanted_children
from spiders.walk.lists import Walk
from spiders.walk.pages import ListPage, NoList, read_page
from spiders.walk.plan import Kind, Plan

BUDGET = 25
MAX_LISTINGS = 6
ARTICLES = 5
MATCHED = 0.5
"""Share of what a list for articles names that the pattern must fit."""
AGREES = 0.5
"""Share of its words that an article has in common with what is read without rules."""
State = Literal["ok", "wrong"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    what: str
    """``robots.txt``, an address, or a field of the profile."""
    state: State
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check of a source found."""

    findings: tuple[Finding, ...]
    pages: tuple[Response, ...]
    """All answers, in their order."""
    robots: str
    requests: int

    @property
    def right(self) -> bool:
        """Whether nothing was wrong."""
        return all(finding.state == "ok" for finding in self.findings)


def check(source: type[SiteSpider], *, config: Config, tell: Told | None = None) -> Checked:
    """Visit a source's site as its profile says. Once a process. Raises VisitFailed."""

    async def work(visitor: Visitor) -> Checked:
        findings = await Check(source, visitor).run()
        return Checked(
            findings=tuple(findings), pages=tuple(visitor.pages), robots=visitor.robots, requests=visitor.requests
        )

    return visit(source.start, work, config=config, budget=BUDGET, hosts=source.hosts, delay=source.delay, tell=tell)


class Check:
    """One check under way."""

    def __init__(self, source: type[SiteSpider], visitor: Visitor) -> None:
        self._source = source
        self._visitor = visitor
        self._keys = Keys(re.compile(source.article_url), source.canonical)
        self._found: dict[str, None] = {}

    async def run(self) -> list[Finding]:
        """All findings, in the order of the visit."""
        findings = []
        for url, kind in self._lists():
            findings.append(await self._list(url, kind))
            if self._visitor.ended:
                break
        findings.insert(0, self._robots())
        if self._found and not self._visitor.ended:
            findings += [await self._article(url) for url in list(self._found)[:ARTICLES]]
        elif not self._visitor.ended:
            findings.append(Finding(what="articles", state="wrong", detail="no list names an article"))
        return findings

    def _lists(self) -> Iterator[tuple[str, Kind]]:
        listings = 0
        for url, kind in self._source.lists().items():
            listings += kind == "listing"
            if kind != "listing" or listings <= MAX_LISTINGS:
                yield url, kind

    def _robots(self) -> Finding:
        if self._visitor.ended:
            return Finding(what="robots.txt", state="wrong", detail=f"the visit ended early: {self._visitor.ended}")
        detail = "is there and obeyed" if self._visitor.robots else "there is none"
        return Finding(what="robots.txt", state="ok", detail=detail)

    async def _list(self, url: str, kind: Kind) -> Finding:
        response = await self._visitor.get(on_day(url, today().date()) if kind == "dated" else url)
        if response is None:
            return Finding(what=url, state="wrong", detail=await why_unreadable(self._visitor, url))
        try:
            page = await self._read(url, kind, response)
        except NoList:
            return Finding(what=url, state="wrong", detail=f"is no {kind}; remove it or mend its address")
        own = [entry.url for entry in page.entries if not self._visitor.guard.refusal(entry.url)]
        fitting = [entry for entry in own if self._keys.is_article(entry)]
        self._found |= dict.fromkeys(map(without_variants, fitting))
        detail = f"names {len(own)} addresses, {len(fitting)} of them articles"
        enough = len(fitting) >= MATCHED * len(own) if kind in ("feed", "posts") else True
        empty = not fitting and kind not in ("dated", "sitemap")
        return Finding(what=url, state="ok" if enough and not empty else "wrong", detail=detail)

    async def _read(self, url: str, kind: Kind, response: Response) -> ListPage:
        """The list; of an index of sitemaps its first child."""
        page = await read_page(Walk(url=url, kind=kind), response, is_article=self._keys.is_article)
        for child in wanted_children(page.children, plan=Plan(mode="first"), state=None)[:1]:
            below = await self._visitor.get(child)
            if below is not None:
                return await read_page(Walk(url=child, kind=kind), below, is_article=self._keys.is_article)
        return page

    async def _article(self, url: str) -> Finding:
        response = await self._visitor.get(url)
        if response is None:
            return Finding(what=url, state="wrong", detail=await why_unreadable(self._visitor, url))
        job = PageJob(body=response.body, url=url, rules=self._source.rules, site=self._source.name, fetched_at=now())
        try:
            article = await POOL.extract(job)
        except ExtractionError as error:
            return Finding(what=url, state="wrong", detail=f"holds no article ({error.reason}); is the pattern right?")
        wrong = [flag for flag in article.flags if flag in ("rules-disagree", "rules-empty")]
        if self._source.rules.text and not wrong and not await self._agrees(job, article):
            wrong.append("rules-disagree")
        if article.published is None:
            wrong.append("no date")
        said = f"{article.title!r}, {len(article.text)} characters"
        dated = f", {article.published.value.isoformat()}" if article.published else ""
        return Finding(what=url, state="wrong" if wrong else "ok", detail=", ".join([said + dated, *wrong]))

    async def _agrees(self, job: PageJob, article: Article) -> bool:
        """Whether extraction without the source's rules reads much the same."""
        try:
            generic = await POOL.extract(replace(job, rules=GENERIC))
        except ExtractionError:
            return True  # the rules read what the generic path cannot
        return overlap(article.text.split("\n\n"), generic.text.split("\n\n")) >= AGREES
