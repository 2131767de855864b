"""Beranda: today against the usual, what moved with its articles, new figures, saved searches."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from newsdesk import FIRST, PAID
from office import Browser
from small_archive import tagged

from pantau.web.overview import usual_of
from scraper.items import DatedBy
from storage.records.articles import save_article
from storage.records.tags import save_tags


def test_the_front_page_tells_of_today_of_movers_and_figures(reader: Browser) -> None:
    page = reader.get("/").text
    assert "Jumat, 6 Maret 2026" in page
    assert "1 berita tayang hari ini" in page
    assert f'href="/artikel/{PAID.article.id}"' in page
    assert '<a href="/cari?pejabat=Ratna%20Dewi&amp;dari=7hari">Ratna Dewi</a> <small>2 berita, sebelumnya 0' in page
    assert "<b>Rp14.500 per kg</b> Harga beras" in page
    spec = json.loads(re.search(r'id="harian">(.*?)</script>', page)[1])  # type: ignore[index]
    assert len(spec["data"]["values"]) == 28


def test_what_was_counted_is_counted_anew_when_news_comes_and_a_day_passes(
    reader: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "1 berita tayang hari ini" in reader.get("/").text
    with reader.db.write() as session:
        late = tagged(6, published=DatedBy(value=date(2026, 3, 6), evidence="url", raw="x"))
        save_article(session, late.article)
        save_tags(session, late)
    assert "2 berita tayang hari ini" in reader.get("/").text
    monkeypatch.setenv("PANTAU_NOW", "2026-03-07T07:00:00+07:00")
    assert "Belum ada berita tayang hari ini" in reader.get("/").text


def test_searches_are_kept_and_forgotten(reader: Browser) -> None:
    assert 'name="kueri" value="beras media:&#34;lain&#34;"' in reader.get("/cari?q=beras&media=lain").text
    reader.submit("/pencarian", nama="Beras di lain", kueri='beras media:"lain"')
    page = reader.get("/").text
    assert "Beras di lain</a> <small>2 berita dalam 7 hari" in page
    assert reader.submit("/pencarian", nama="Beras di lain", kueri="x").status_code == 400
    assert reader.submit("/pencarian", nama="Rusak", kueri='"').status_code == 400
    reader.submit(re.search(r'action="(/pencarian/\d+/hapus)"', page)[1])  # type: ignore[index]
    assert "Beras di lain" not in reader.get("/").text
    assert FIRST.article.title in reader.get("/cari?q=beras").text.replace("<mark>", "").replace("</mark>", "")


def test_the_usual_is_the_mean_of_the_same_weekdays() -> None:
    day = date(2026, 3, 6)
    counts = {day - timedelta(days=7): 4, day - timedelta(days=14): 2, day - timedelta(days=15): 99}
    assert usual_of(counts, day) == 3
    assert usual_of({day: 1}, day) is None
    assert usual_of({}, day) is None
