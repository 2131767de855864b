"""Long articles of the demo newsroom, in each of the ways that sites cut them: whole to the word, with few requests."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from datetime import datetime

import pytest
from parsel import Selector

from demo.styles import STYLE_CLASSES
from demo.styles.newsroom import Expected, StyleNewsroom
from scraper.clock import WIB
from scraper.page.extract import extract_article
from spiders.articles.page_plan import PagePlan
from spiders.articles.page_view import view_first, view_later

WAYS = {style.way: style.key for style in STYLE_CLASSES if style.way}
"""Way of cutting -> a style that cuts so."""
AT_ONCE = ("page-all", "single")
"""Ways with a view of all pages: one request more than an article of one page costs."""


@pytest.fixture(scope="module")
def room() -> Iterator[StyleNewsroom]:
    now = datetime(2026, 3, 9, 9, 0, tzinfo=WIB)
    with StyleNewsroom.start(now=now, styles=list(WAYS.values()), articles=250) as newsroom:
        yield newsroom


def fetched(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return bytes(answer.read())


def gathered(article: Expected) -> list[bytes]:
    """The pages that a crawl would read the article from."""
    pages = [fetched(article.url)]
    plan = PagePlan(view_first(Selector(pages[0].decode()), article.url))
    while (url := plan.following) is not None:
        page = fetched(url)
        verdict = plan.take(view_later(Selector(page.decode()), url, plan.own, number=plan.number))
        pages = [*(pages if verdict != "replace" else []), *([page] if verdict != "drop" else [])]
    assert not plan.incomplete, article.url
    return pages


def test_there_are_five_ways() -> None:
    assert len(WAYS) == 5


@pytest.mark.parametrize("way", WAYS)
def test_long_articles_come_whole(room: StyleNewsroom, way: str) -> None:
    style = WAYS[way]  # type: ignore[index]
    long = [article for article in room.expected[style] if article.pages > 1]
    assert len(long) >= 5
    for article in long:
        room.forget_visits()
        first, *more = gathered(article)
        read = extract_article(first, url=article.url, more_pages=more)
        text = read.text.removeprefix(read.dateline or "").lstrip(" -–—")
        assert text == article.text, article.url
        assert len(room.log[style]) == (2 if way in AT_ONCE else article.pages), article.url


@pytest.mark.parametrize("way", WAYS)
def test_short_articles_cost_one_request(room: StyleNewsroom, way: str) -> None:
    style = WAYS[way]  # type: ignore[index]
    for article in [found for found in room.expected[style] if found.pages == 1][:12]:
        room.forget_visits()
        gathered(article)
        assert len(room.log[style]) == 1, article.url
