"""Families at work: a source that states no more than its system and front page, crawled over HTTP on loopback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from demo.styles.newsroom import Expected, StyleNewsroom
from scraper.clock import WIB
from spiders.sources import add

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=WIB)
FAMILIES = {"sagarapost": "wordpress", "antarwana": "antara"}
"""Styles whose addresses are those of a family; their markup is another, so that rules find nothing."""
DESK, DESK_AT = "meja", "warta_kidul"
"""A source that follows one section of a site and nothing else of it."""
BESIDE = 5
"""Stories of other sections that the section's pages tease."""


class Crawled:
    """What one crawl of the sites brought."""

    def __init__(self, data: Path, room: StyleNewsroom) -> None:
        self._data = data
        self.expected = {
            style: [found for found in room.expected[style] if found.reachable] for style in (*FAMILIES, DESK_AT)
        }
        self.section = _section(room)
        self.requests = {style: len(room.log[style]) for style in FAMILIES}

    def stored(self, style: str) -> dict[str, str]:
        """Address and text of a source's articles."""
        with sqlite3.connect(self._data / "pantau.db") as database:
            return dict(database.execute("SELECT url, text FROM articles WHERE site = ?", (style,)).fetchall())


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    data = tmp_path_factory.mktemp("families")
    with StyleNewsroom.start(now=NOW, styles=[*FAMILIES, DESK_AT], articles=120) as room:
        for style, family in FAMILIES.items():
            add(data, style, {"family": family, "title": style, "start": f"{room.origins[style]}/"})
        add(data, DESK, _desk(room))
        environment = dict(os.environ, PANTAU_DATA=str(data), PANTAU_NOW=NOW.isoformat())
        for verb in (("db", "upgrade"), ("crawl",)):
            subprocess.run([sys.executable, "-m", "pantau", *verb], env=environment, check=True, capture_output=True)
        yield Crawled(data, room)


@pytest.mark.parametrize("style", FAMILIES)
def test_a_family_finds_every_article_once(crawled: Crawled, style: str) -> None:
    found, wanted = crawled.stored(style), crawled.expected[style]
    assert len(found) == len(wanted)
    assert [article.url for article in wanted if not set(article.urls) & found.keys()] == []


@pytest.mark.parametrize("style", FAMILIES)
def test_rules_of_another_markup_spoil_nothing(crawled: Crawled, style: str) -> None:
    found = crawled.stored(style)
    texts = {article.url: _text(article, found) for article in crawled.expected[style]}
    assert [url for url, (text, whole) in texts.items() if whole[:200] not in text] == []


@pytest.mark.parametrize("style", FAMILIES)
def test_few_requests_an_article(crawled: Crawled, style: str) -> None:
    assert crawled.requests[style] <= 1.6 * len(crawled.expected[style])


def test_a_desk_keeps_to_its_lists(crawled: Crawled) -> None:
    found = crawled.stored(DESK).keys()
    own = [article for article in crawled.expected[DESK_AT] if article.section == crawled.section]
    assert [article.url for article in own if not set(article.urls) & found] == []
    assert len(found) <= len(own) + BESIDE


def _desk(room: StyleNewsroom) -> dict[str, Any]:
    lists = {"feeds": [], "posts": [], "listings": [f"/category/{_section(room)}/"], "only_listed": True}
    return {"family": "wordpress", "title": "Meja", "start": f"{room.origins[DESK_AT]}/"} | lists


def _section(room: StyleNewsroom) -> str:
    """The section with most articles: more than one page of them."""
    return Counter(found.section for found in room.expected[DESK_AT]).most_common(1)[0][0]


def _text(article: Expected, found: dict[str, str]) -> tuple[str, str]:
    return next(text for url, text in found.items() if url in article.urls), article.text
