"""``pantau health`` as an office reads it, and the tables of denominators as an analyst gets them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pantau.cli.main import app
from pantau.digests.build import build_digest
from scraper.clock import WIB
from scraper.config import load_config
from scraper.items import Article, DatedBy
from spiders.sources import add, pause
from storage.crawl_store import CrawlStore
from storage.database import Database
from storage.search.engine import SearchIndex

START = datetime(2026, 3, 2, 8, tzinfo=WIB)
HOUR = timedelta(hours=1)
Crawl = Callable[..., None]


@pytest.fixture
def crawl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Crawl:
    monkeypatch.setenv("PANTAU_DATA", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")

    def run(source: str, outcome: str, *, day: int = 0, articles: int = 0) -> None:
        monkeypatch.setenv("PANTAU_NOW", (START + day * 24 * HOUR).isoformat())
        store = CrawlStore.open(load_config())
        number = store.start_run(source)
        for at in range(articles):
            url = f"https://{source}.test/{day}/{at}"
            published = DatedBy(value=START + day * 24 * HOUR - HOUR, evidence="meta", raw="")
            text = f"Pasar {source} nomor {at} dibuka pada hari ke-{day}."
            article = Article(canonical_url=url, url=url, title=text, text=text, site=source, published=published)
            store.save(article, None, [])
        store.finish_run(number, {"fetched": articles, "new": articles}, outcome)
        store.close()

    return run


def follow(data: Path, name: str, **expect: Any) -> None:
    add(data, name, {"title": name, "start": f"https://{name}.test/", "feeds": ["/feed"], "expect": expect})


def health(*options: str) -> str:
    result = CliRunner().invoke(app, ["health", *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_trouble_comes_first_in_the_offices_words(crawl: Crawl, tmp_path: Path) -> None:
    for name, expect in (("baik", 0), ("sunyi", 140), ("tutup", 0), ("jeda", 0)):
        follow(tmp_path, name, articles_per_week=expect)
    pause(tmp_path, "jeda")
    crawl("sunyi", "finished", articles=3)
    crawl("sunyi", "finished", day=3)
    crawl("baik", "finished", day=3, articles=2)
    crawl("tutup", "blocked", day=3)
    lines = [line.split() for line in health().splitlines() if line.split()[:1] != ["sumber"]]
    table = [(line[0], line[1]) for line in lines[:4]]
    assert table == [("sunyi", "sunyi"), ("tutup", "diblokir"), ("jeda", "dijeda"), ("baik", "baik")]
    assert "tidak ada berita sejak 2 Mar 07.00" in health()
    assert "5 berita belum ditandai" in health()


def test_json_has_every_figure_and_the_system_last(crawl: Crawl, tmp_path: Path) -> None:
    follow(tmp_path, "warta")
    crawl("warta", "finished", articles=3)
    crawl("warta", "robots-unreachable", day=1)
    *rows, system = [json.loads(line) for line in health("--json").splitlines()]
    assert rows == [
        {
            "source": "warta", "state": "unreachable", "reason": "robots-unreachable",
            "since": "2026-03-02T08:00:00+07:00", "expected": 0.0, "least": 0, "got": 0,
            "expected_by_weekday": [0.0] * 7, "checked_at": "2026-03-03T08:00:00+07:00",
            "last_success": "2026-03-02T08:00:00+07:00", "last_outcome": "robots-unreachable", "articles": 3,
            "undated": 0.0, "due": 3,
        }
    ]  # fmt: skip
    assert system["source"] is None
    assert (system["untagged"], system["index_behind"]) == (3, 3)
    assert system["disk_free"] > 0


def test_an_empty_installation_and_a_broken_profile_are_told(crawl: Crawl, tmp_path: Path) -> None:
    assert "Belum ada sumber" in health()
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "rusak.toml").write_text("title = 3\n", encoding="utf-8")
    assert "rusak.toml" in health()


def test_denominators_are_exported(crawl: Crawl, tmp_path: Path) -> None:
    crawl("warta", "finished", articles=2)
    crawl("warta", "blocked", day=1)
    tables = {}
    for table in ("coverage", "outages"):
        path = tmp_path / f"{table}.csv"
        result = CliRunner().invoke(app, ["export", "--table", table, "-o", str(path)], catch_exceptions=False)
        assert result.exit_code == 0
        with path.open(encoding="utf-8-sig", newline="") as file:
            tables[table] = list(csv.DictReader(file))
    first, second = tables["coverage"]
    assert [first[name] for name in ("day", "published", "crawled", "outage_hours")] == ["2026-03-02", "2", "2", "16"]
    assert (second["published"], second["outage_hours"]) == ("0", "8")
    assert tables["outages"] == [
        {"source": "warta", "start": "2026-03-02T08:00:00+07:00", "end": "", "reason": "blocked"}
    ]
    wrong = CliRunner().invoke(app, ["export", "--table", "coverage", "--query", "x", "-o", str(tmp_path / "x")])
    assert wrong.exit_code == 2


def test_the_digest_names_sources_in_trouble(crawl: Crawl) -> None:
    crawl("warta", "finished", articles=1)
    crawl("tirta", "blocked")
    config = load_config()
    db = Database.open(config)
    index = SearchIndex.open(db, config.data)
    index.catch_up()
    with db.read() as session:
        found = build_digest(session, index, region="Banten", until=START.date(), base_url="http://127.0.0.1:8000")
    db.close()
    assert "Sumber bermasalah: tirta (diblokir sejak 2 Mar 08.00)." in found.notes
