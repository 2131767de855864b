"""``pantau trends`` as a user meets it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pantau.cli.main import app
from scraper.config import load_config
from scraper.items import Article, DatedBy, PersonTag, QuoteTag, TaggedArticle, Tags
from storage.database import Database
from storage.records.bulk import save_all_tags, save_articles

FIRST = date(2026, 2, 2)


@pytest.fixture(autouse=True)
def _archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three weeks of two articles a day; in the third Ani speaks of a flood each day."""
    monkeypatch.setenv("PANTAU_DATA", str(tmp_path))
    monkeypatch.setenv("PANTAU_NOW", "2026-02-23T08:00:00+07:00")
    articles, tagged = [], []
    for day in range(21):
        for text in ("Pasar ramai.", "Banjir lagi." if day >= 14 else "Jalan baru."):
            made = Article(
                canonical_url=f"https://warta.test/{day}/{text[:5]}",
                title=text,
                text=text,
                site="warta",
                published=DatedBy(value=FIRST + timedelta(days=day), evidence="meta", raw=""),
            )
            ani = PersonTag(key="ani", name="Ani", mentions=(), official=True)
            flood = Tags(people=(ani,), quotes=(QuoteTag(start=0, end=6, surface="Banjir", speaker="ani"),))
            tags = flood if text.startswith("Banjir") else Tags(topics=("ekonomi",))
            articles.append(made)
            tagged.append(TaggedArticle(article=made, tags=tags, tag_version="1", text_version=made.content_hash))
    db = Database.open(load_config())
    with db.write() as session:
        save_articles(session, articles)
        save_all_tags(session, tagged)
    yield
    db.close()


def rows(*arguments: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(app, ["trends", *arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_volume_by_week() -> None:
    assert rows("banjir", "--by", "week") == [{"start": "2026-02-16", "count": 7, "crawled": 14, "share": 0.5}]


def test_queries_beside_each_other() -> None:
    found = rows("pasar", "--with", "banjir", "--by", "week")
    assert [(row["query"], row["count"], row["share_of_voice"]) for row in found] == [
        *[("pasar", 7, 0.75)] * 3,
        ("banjir", 0, 0.25),
        ("banjir", 0, 0.25),
        ("banjir", 7, 0.25),
    ]


def test_facets_and_what_moved() -> None:
    assert rows("", "--facet", "topik") == [{"topik": "ekonomi", "articles": 35, "share": 0.8333}]
    (moved,) = rows("--movers", "pejabat")
    assert (moved["pejabat"], moved["now"], moved["before"], moved["significant"]) == ("Ani", 7, 0, True)
    assert rows("--movers", "pejabat", "--until", "2026-02-15") == []


def test_who_speaks_and_what_goes_together() -> None:
    assert rows("--voices") == [{"name": "Ani", "mentioned": 7, "speaking": 7, "share_of_voice": 1.0}]
    (together,) = rows("banjir", "--together", "pejabat")
    assert (together["pejabat"], together["together"], together["alone"]) == ("Ani", 7, 7)


def test_bursts_and_the_first_article() -> None:
    (burst,) = rows("banjir", "--bursts", "--by", "week")
    assert (burst["query"], burst["start"], burst["count"]) == ("banjir", "2026-02-16", 7)
    assert [row["published"] for row in rows("banjir", "--first")] == ["2026-02-16"]
    assert rows("takada", "--first") == []


@pytest.mark.parametrize(
    "arguments", [["--by", "year"], ["--facet", "warna"], ["--voices", "--bursts"], ["--movers", ""], ["--days", "0"]]
)
def test_wrong_usage_ends_with_two(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, ["trends", *arguments]).exit_code == 2


def test_more_than_five_queries_are_refused() -> None:
    arguments = [part for number in range(5) for part in ("--with", str(number))]
    assert CliRunner().invoke(app, ["trends", "x", *arguments]).exit_code == 1
