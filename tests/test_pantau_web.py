"""The page over a real database and index: answers, states, and hostile text that stays text."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from office import Browser, article, office_config

from pantau.web.app import create_app
from scraper.clock import WIB
from storage.crawl_store import CrawlStore
from storage.records.processes import SCHEDULER, enter


def test_search_finds_marks_and_counts(client: Browser) -> None:
    page = client.get("/cari", params={"q": "beras"}).text
    assert "1 berita untuk" in page
    assert "<mark>beras</mark>" in page
    assert "Rahma Sentosa" in page
    assert "Senin, 2 Maret 2026 08.30 WIB" in page


def test_hostile_title_is_text_everywhere(client: Browser) -> None:
    for address in ("/", "/cari?q=beras", f"/artikel/{article().id}"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
        assert 'href="javascript:' not in page


def test_article_page_marks_the_official(client: Browser) -> None:
    page = client.get(f"/artikel/{article().id}").text
    assert 'class="m k-person"' in page
    assert "Rahma Sentosa: Wali Kota" in page


def test_states(client: Browser) -> None:
    assert client.get("/artikel/0000000000000000").status_code == 404
    lone = client.get("/cari", params={"q": '"beras'})
    assert lone.status_code == 400
    assert "tanda kutip tidak ditutup" in lone.text
    assert "Tidak ada hasil" in client.get("/cari", params={"q": "zebra"}).text
    assert client.get("/healthz").json()["status"] == "ok"


def test_every_answer_carries_a_policy_and_strangers_are_refused(client: Browser) -> None:
    answer = client.get("/")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert client.get("/", headers={"Host": "jahat.test"}).status_code == 421


def test_api_gives_rows_and_reasons(client: Browser) -> None:
    found = client.get("/api/v1/search", params={"q": "pejabat:Rahma"}).json()
    assert [hit["id"] for hit in found["hits"]] == [article().id]
    assert client.get("/api/v1/search", params={"q": "("}).json()["error"]


def test_corrected_and_removed_articles_say_so(client: Browser) -> None:
    corrected = replace(article(), title="Pasar ditutup", fetched_at=datetime(2026, 3, 4, 9, tzinfo=WIB))
    assert "Telah diralat" not in client.get(f"/artikel/{corrected.id}").text
    store = CrawlStore.open(client.app.state.context.config)
    store.save(corrected, None, [])
    for _ in range(2):
        store.looked(corrected.canonical_url, "gone")
    store.close()
    page = client.get(f"/artikel/{corrected.id}").text
    assert "media mengubah judul pada 4 Mar 2026" in page
    assert "Dihapus dari situs asalnya" in page


def test_every_page_says_that_no_scheduler_runs(client: Browser) -> None:
    assert "Penjadwal tidak berjalan" in client.get("/docs").text
    with client.db.write() as session:
        enter(session, "penjadwal", SCHEDULER)
    client.app.state.context.presence._asked_at = float("-inf")  # type: ignore[attr-defined]
    assert "Penjadwal tidak berjalan" not in client.get("/docs").text


def test_an_office_without_news_is_led_to_the_first(tmp_path: Path) -> None:
    with Browser(create_app(office_config(tmp_path / "new"))) as web:
        page = web.get("/").text
        assert 'action="/pengaturan/sumber/baru"' in page
        assert "<code>pantau run</code>" in page
        assert "pantau demo" in page
        for address in ("/cari", "/cari?q=beras", "/pejabat", "/program"):
            assert '<a href="/">' in web.get(address).text.partition("<main")[2], address
        assert "Periksa ejaan" not in web.get("/cari?q=beras").text, "nothing is spelt wrong where there is nothing"
        web.enter("viewer")
        assert "Minta admin menambahkannya di" in web.get("/").text
        (tmp_path / "new" / "sources").mkdir()
        (tmp_path / "new" / "sources" / "warta.toml").write_text('start = "https://warta.test/"', encoding="utf-8")
        page = web.get("/").text
        assert "1 media diikuti, tetapi belum ada berita" in page
        assert "warta: belum dirayapi" in page
