"""Where a crawl ends before a site does: limits of the caller, a day to walk back to, a kill."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest
from crawl_sites import LISTING, Site, crawl, html, listing, on_air, rows, start_crawl

from scraper.crawl.archive import read_pages
from scraper.items import PagePointer


@pytest.mark.slow
def test_limits_of_the_caller(tmp_path: Path) -> None:
    dated = {
        f"/baca/{n}/judul": html(
            f"Berita {n}", head=f'<meta property="article:published_time" content="2026-03-{n:02}">'
        )
        for n in range(1, 31)
    }
    pages = {
        f"/indeks?page={n}": listing(*range(31 - 3 * n, 28 - 3 * n, -1), more=(f"/indeks?page={n + 1}",))
        for n in range(1, 10)
    }
    site = Site({**LISTING, "listings": ["/indeks?page=1"]}, {**dated, **pages})
    count = "select count(*), min(published_day) from articles"
    with on_air(tmp_path, arsip=site):
        few = crawl(tmp_path, max_articles=4)["arsip"]
        assert (few["new"], few["outcome"], rows(tmp_path, count)[0][0]) == (4, "finished", 4)
        back = crawl(tmp_path, since="2026-03-20")["arsip"]
    assert (back["new"], rows(tmp_path, count)[0][0]) == (5, 9)
    assert "/indeks?page=6" not in site.asked
    assert (few["imbalance"], back["imbalance"]) == (0, 0)


@pytest.mark.slow
def test_killed_crawl_loses_and_doubles_nothing(tmp_path: Path) -> None:
    slow = {f"/baca/{n}/judul": lambda site, path: time.sleep(0.05) or html(f"Berita {path}") for n in range(1, 61)}
    pages = {
        f"/indeks?page={n}": listing(*range(15 * n - 14, 15 * n + 1), more=(f"/indeks?page={n + 1}",))
        for n in range(1, 5)
    }
    site = Site({**LISTING, "listings": ["/indeks?page=1"]}, {**slow, **pages})  # type: ignore[arg-type]
    with on_air(tmp_path, mati=site):
        child = start_crawl(tmp_path)
        while len(list((tmp_path / "pages").glob("*.warc.gz"))) == 0 or site.count("/baca/") < 20:
            assert child.poll() is None
            time.sleep(0.01)
        child.kill()
        child.communicate()
        before = {key for (key,) in rows(tmp_path, "select canonical_url from articles")}
        [torn] = (tmp_path / "pages").glob("*.warc.gz")
        with torn.open("ab") as file:
            file.write(gzip.compress(b"half a record")[:20])
        site.asked.clear()
        report = crawl(tmp_path)["mati"]
    assert (report["outcome"], report["new"]) == ("finished", 60 - len(before))
    pointers = rows(tmp_path, "select canonical_url, page_file, page_offset, page_length from articles")
    assert len(pointers) == 60
    assert not [path for path in site.asked if site.origin + path in before]
    for key, name, offset, length in pointers:
        [page] = read_pages(tmp_path, PagePointer(file=name, offset=offset, length=length))
        assert page.url == key
