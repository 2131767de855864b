"""``pantau reextract``: archived pages read anew, nothing fetched, what is replaced kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pantau.cli.main import app
from scraper.config import load_config
from scraper.crawl.archive import PageArchive, RawPage
from scraper.errors import InputError
from scraper.items import DatedBy, PagePointer
from scraper.page.extract import extract_article
from scraper.page.rules import SiteRules
from scraper.page.version import extraction_version
from spiders.sources import add
from storage.crawl_store import CrawlStore
from storage.database import Database
from storage.records.articles import get_article, withdraw_article
from storage.records.stored import StoredArticle

URL = "https://warta.test/baca/{n}"
PAGE = """<html lang="id"><head><title>Pasar {n} dibuka</title>
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2026-03-02T09:00:00+07:00"}}</script>
</head><body><h1>Pasar {n} dibuka</h1><article>
<p>Pemerintah kota membuka pasar murah nomor {n} di lapangan kecamatan sejak Senin pagi untuk menekan harga beras.</p>
<p>Warga membeli beras lima kilogram dengan harga yang lebih rendah daripada harga di pasar tradisional setempat.</p>
<p class="catatan">Kegiatan itu berlangsung sampai akhir pekan dan diikuti puluhan pedagang dari seluruh kecamatan.</p>
</article></body></html>"""
SEEN = datetime(2026, 3, 2, 3, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PANTAU_DATA", str(tmp_path))
    monkeypatch.setenv("PANTAU_NOW", "2026-03-09T08:00:00+07:00")
    return tmp_path


def crawled(data: Path, n: int, *, site: str = "warta", **stale: Any) -> str:
    """An article as an older extraction had read it from an archived page."""
    url, body = URL.format(n=n), PAGE.format(n=n).encode()
    archive = PageArchive(data, site)
    page = archive.append([RawPage(url=url, status=200, headers=(("Content-Type", "text/html"),), body=body)])
    archive.close()
    article = extract_article(body, url=url, site=site, fetched_at=SEEN)
    store = CrawlStore.open(load_config())
    store.save(replace(article, **({"extraction": "older"} | stale)), page, [])
    store.close()
    return article.id


def stored(article_id: str) -> StoredArticle:
    db = Database.open(load_config())
    with db.read() as session:
        found = get_article(session, article_id)
    db.close()
    assert found is not None
    return found


def run(*options: str) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["reextract", "--json", *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def test_better_reading_replaces_the_old_one_and_keeps_it(data: Path) -> None:
    wrong = crawled(data, 1, text="Menu. Beranda.", published=DatedBy(value=date(2026, 3, 1), evidence="body", raw=""))
    right = crawled(data, 2)
    report = run()
    assert (report["changed"], report["same"], report["failed"]) == (1, 1, 0)
    assert report["facts"] == {"text": 1, "published": 1}
    found = stored(wrong)
    page = PAGE.format(n=1).encode()
    assert found.article == extract_article(page, url=URL.format(n=1), site="warta", fetched_at=SEEN)
    (version,) = found.versions
    assert (version.text, version.published, version.cause) == ("Menu. Beranda.", date(2026, 3, 1), "reading")
    assert found.correction is None
    assert stored(right).versions == ()


def test_what_has_the_current_version_is_left_alone(data: Path) -> None:
    crawled(data, 1)
    assert run()["same"] == 1
    assert (run()["same"], run()["changed"]) == (0, 0)
    assert stored(crawled(data, 2, extraction=extraction_version())).article.extraction == extraction_version()
    assert run()["same"] == 0


def test_new_rules_of_a_site_are_a_reason_to_read_its_pages_again(data: Path) -> None:
    name = crawled(data, 1, extraction=extraction_version())
    crawled(data, 2, site="tirta", extraction=extraction_version())
    rules = {"text": "article", "drop": [".catatan"]}
    add(data, "warta", {"title": "Warta", "start": "https://warta.test/", "feeds": ["/feed"], "rules": rules})
    assert run()["changed"] == 1
    assert "Kegiatan" not in stored(name).article.text
    assert stored(name).article.extraction == extraction_version(SiteRules(text="article", drop=(".catatan",)))


def test_a_dry_run_counts_and_writes_nothing(data: Path) -> None:
    name = crawled(data, 1, text="Menu. Beranda.")
    before = stored(name)
    assert run("--dry-run")["facts"] == {"text": 1}
    assert stored(name) == before


def test_source_and_day_narrow_it(data: Path) -> None:
    crawled(data, 1, text="Menu.")
    crawled(data, 2, site="tirta", text="Menu.")
    assert run("--source", "tirta", "--dry-run")["changed"] == 1
    assert run("--since", "2026-03-03", "--dry-run")["changed"] == 0
    assert run("--since", "2026-03-02", "--dry-run")["changed"] == 2
    with pytest.raises(InputError, match="those that have: tirta, warta"):
        run("--source", "lain")


def test_a_date_that_a_feed_told_stays(data: Path) -> None:
    told = DatedBy(value=datetime(2026, 3, 1, 5, tzinfo=UTC), evidence="feed", raw="Sun, 01 Mar 2026 05:00:00 GMT")
    url, body = URL.format(n=1), PAGE.format(n=1).replace("datePublished", "x").encode()
    archive = PageArchive(data, "warta")
    page = archive.append([RawPage(url=url, status=200, headers=(), body=body)])
    archive.close()
    article = extract_article(body, url=url, site="warta", fetched_at=SEEN)
    assert article.published is None
    store = CrawlStore.open(load_config())
    store.save(replace(article, published=told, flags=(), extraction="older", editor="Salah"), page, [])
    store.close()
    assert run()["changed"] == 1
    found = stored(article.id).article
    assert found.published is not None
    assert (found.published.evidence, found.flags, found.editor) == ("feed", (), None)


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_missing_and_hopeless_pages_are_counted_and_keep_their_text(data: Path, jobs: str) -> None:
    lost = crawled(data, 1, text="Naskah lama.")
    next((data / "pages").glob("*.warc.gz")).unlink()
    empty = crawled(data, 2, text="Naskah lain.")
    blank = PageArchive(data, "warta")
    pointer = blank.append([RawPage(url=URL.format(n=2), status=200, headers=(), body=b"<p>Foto</p>")])
    blank.close()
    point(data, empty, pointer)
    crawled(data, 3, text="Menu.")
    report = run("--jobs", jobs)
    assert (report["changed"], report["failed"]) == (1, 2)
    assert report["reasons"] == {"page-missing": 1, "no-text": 1}
    assert [stored(name).article.text for name in (lost, empty)] == ["Naskah lama.", "Naskah lain."]


def point(data: Path, article_id: str, page: PagePointer) -> None:
    db = Database.open(load_config())
    with db.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE articles SET page_file = ?, page_offset = ?, page_length = ? WHERE id = ?",
            (page.file, page.offset, page.length, article_id),
        )
    db.close()


def test_withdrawn_and_pageless_articles_are_not_read(data: Path) -> None:
    name = crawled(data, 1, text="Menu.")
    db = Database.open(load_config())
    with db.write() as session:
        withdraw_article(session, name)
    db.close()
    imported = data / "masuk.jsonl"
    imported.write_text('{"text": "Beras murah di Ciruas."}\n', encoding="utf-8")
    CliRunner().invoke(app, ["import", str(imported)], catch_exceptions=False)
    report = run()
    assert (report["changed"], report["same"], report["no_page"]) == (0, 0, 1)
    assert stored(name).article.text == ""
