"""Sites that nobody described, looked at by ``pantau sources add`` in a process of its own, over real HTTP."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from lxml import html

from demo.styles import STYLES
from demo.styles.newsroom import StyleNewsroom
from demo.styles.site import StyleSite
from scraper.clock import WIB
from scraper.urls import normalise_url
from spiders.sources import load_sources

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
MOST_REQUESTS = 20


def pantau(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PANTAU_DATA": str(data), "PANTAU_NOW": NOW.isoformat()}
    command = [sys.executable, "-m", "pantau", *arguments]
    return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=240, check=False)


@dataclass
class Probed:
    """A style newsroom, and what was found of each site."""

    newsroom: StyleNewsroom
    data: Path
    rows: dict[str, dict[str, Any]]
    requests: dict[str, int]


@pytest.fixture(scope="module")
def probed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Probed]:
    data = tmp_path_factory.mktemp("data")
    with StyleNewsroom.start(now=NOW, styles=STYLES) as newsroom:

        def add(style: str) -> dict[str, Any]:
            done = pantau(data, "sources", "add", newsroom.origins[style], "--yes", "--json", "--name", style)
            assert done.returncode == 0, done.stderr
            row: dict[str, Any] = json.loads(done.stdout)
            return row

        with ThreadPoolExecutor(3) as pool:
            rows = dict(zip(STYLES, pool.map(add, STYLES), strict=True))
        requests = {style: len(newsroom.log[style]) for style in STYLES}
        yield Probed(newsroom, data, rows, requests)


def pages_of(site: StyleSite) -> set[str]:
    """Every address that links lead to from the front page, the answers that are no pages left out."""
    seen = {f"{site.origin}/"}
    open_ones = list(seen)
    while open_ones and len(seen) < 1000:
        url = open_ones.pop()
        parts = urlsplit(url)
        answer = site.answer(parts.path, dict(parse_qsl(parts.query)))
        if answer.status != 200 or "html" not in answer.content_type:
            continue
        for href in html.fromstring(answer.body).xpath("//a/@href"):
            link = urljoin(url, href).partition("#")[0]
            if link.startswith(site.origin) and link not in seen:
                seen.add(link)
                open_ones.append(link)
    return seen


@pytest.mark.parametrize("style", STYLES)
def test_the_pattern_fits_every_article_and_nothing_else(probed: Probed, style: str) -> None:
    pattern = re.compile(probed.rows[style]["article_url"])
    expected = probed.newsroom.expected[style]
    assert [article.url for article in expected if not pattern.search(article.url)] == []
    articles = {normalise_url(url) for article in expected for url in article.urls}
    others = {url for url in pages_of(probed.newsroom.site(style)) if normalise_url(url) not in articles}
    assert others
    assert {url for url in others if pattern.search(url)} == set()


@pytest.mark.parametrize("style", STYLES)
def test_a_probe_is_cheap_and_shows_articles(probed: Probed, style: str) -> None:
    row, site = probed.rows[style], probed.newsroom.site(style)
    assert probed.requests[style] == row["requests"] <= MOST_REQUESTS
    titles = {article.title for article in probed.newsroom.expected[style]}
    shown = [sample for sample in row["samples"] if sample["title"] in titles]
    assert 2 * len(shown) > len(row["samples"]) > 2
    assert any(sample["published"] for sample in row["samples"])
    assert site.title.split()[0].casefold() in row["title"].casefold()


def test_what_was_written_is_a_source(probed: Probed) -> None:
    loaded = {source.name: source for source in load_sources(probed.data)}
    assert set(loaded) == set(STYLES)
    assert {source.evidence for source in loaded.values()} == {"seen"}
    assert {source.verified for source in loaded.values()} == {"2026-11-24"}


@pytest.fixture(scope="module")
def stored(probed: Probed) -> dict[str, list[str]]:
    """Source -> keys of the articles that a first crawl of what was added stored."""
    probed.newsroom.forget_visits()
    done = pantau(probed.data, "crawl", "--json")
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(probed.data / "pantau.db") as db:
        rows = db.execute("SELECT site, canonical_url, url FROM articles").fetchall()
    return {style: [key for site, *keys in rows if site == style for key in keys] for style in STYLES}


@pytest.mark.slow
def test_a_crawl_finds_every_article_that_can_be_found(probed: Probed, stored: dict[str, list[str]]) -> None:
    wanted = [article for style in STYLES for article in probed.newsroom.expected[style] if article.reachable]
    keys = {style: set(map(normalise_url, stored[style])) for style in STYLES}
    missed = [article.url for article in wanted if keys[article.style].isdisjoint(map(normalise_url, article.urls))]
    assert len(wanted) > 400
    assert len(missed) <= 0.01 * len(wanted), missed
    asked = sum(len(visits) for visits in probed.newsroom.log.values())
    assert asked <= 1.5 * len(wanted)


def test_a_site_is_added_once(probed: Probed) -> None:
    done = pantau(probed.data, "sources", "add", f"{probed.newsroom.origins['semarak']}/kategori/bisnis", "--yes")
    assert done.returncode == 1
    assert "is followed already, as 'semarak'" in done.stderr
