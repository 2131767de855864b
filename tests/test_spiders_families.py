"""Families at work: a source that states no more than its system and front page, crawled over HTTP on loopback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from demo.styles.newsroom import Expected, StyleNewsroom
from scraper.clock import WIB
from spiders.sources import add

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=WIB)
FAMILIES = {"sagarapost": "wordpress", "antarwana": "antara"}
"""Styles whose addresses are those of a family; their markup is another, so that rules find nothing."""


class Crawled:
    """What one crawl of the sites brought."""

    def __init__(self, data: Path, room: StyleNewsroom) -> None:
        self._data = data
        self.expected = {style: [found for found in room.expected[style] if found.reachable] for style in FAMILIES}
        self.requests = {style: len(room.log[style]) for style in FAMILIES}

    def stored(self, style: str) -> dict[str, str]:
        """Address and text of a source's articles."""
        with sqlite3.connect(self._data / "pantau.db") as database:
            return dict(database.execute("SELECT url, text FROM articles WHERE site = ?", (style,)).fetchall())


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    data = tmp_path_factory.mktemp("families")
    with StyleNewsroom.start(now=NOW, styles=list(FAMILIES), articles=80) as room:
        for style, family in FAMILIES.items():
            add(data, style, {"family": family, "title": style, "start": f"{room.origins[style]}/"})
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


def _text(article: Expected, found: dict[str, str]) -> tuple[str, str]:
    return next(text for url, text in found.items() if url in article.urls), article.text
