"""Looking at a page writes nothing into the database, whatever waits to be done there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from office import Browser, article

from pantau.web.routes import releases
from storage.records.articles import save_article
from storage.records.job_history import list_jobs

PAGES = (
    "/", "/cari?q=beras", "/cari/kliping", "/cari/unduh/csv", "/cari/tone", "/cari/usul?q=ra",
    f"/artikel/{article().id}",
    "/pejabat", "/pejabat/rahma-sentosa", "/program", "/angka", "/media", "/media/contoh", "/rilis", "/rilis/1",
    "/antrean", "/pengaturan", "/tambah", "/healthz", "/api/v1/search?q=beras",
)  # fmt: skip
RELEASE = "Pemerintah kota membagikan gerobak kepada pedagang kecil di alun-alun pada Senin pagi, lengkap dengan lampu."


def test_no_page_writes_also_where_a_release_waits(client: Browser) -> None:
    client.submit("/rilis", teks=RELEASE, tanggal="2026-03-02")
    with client.db.write() as session:
        save_article(session, replace(article(), canonical_url="https://warta.test/1", title="Gerobak", text=RELEASE))
    client.get("/")
    with closing(sqlite3.connect(str(client.db.engine.url.database))) as witness:
        before = witness.execute("PRAGMA data_version").fetchone()
        answers = {page: client.get(page).status_code for page in PAGES}
        after = witness.execute("PRAGMA data_version").fetchone()
    assert set(answers.values()) == {200}, answers
    assert after == before
    assert "1 berita baru atau berubah belum dibandingkan" in client.get("/rilis").text


def test_a_release_that_takes_long_to_compare_is_left_to_a_job(
    client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases, "AT_ONCE", 0)
    page = client.get(client.submit("/rilis", teks=RELEASE, tanggal="2026-03-02").headers["location"]).text
    assert "Pemuatan rilis ini belum dihitung." in page
    assert "belum dihitung</td>" in client.get("/rilis").text
    with client.db.read() as session:
        assert [job.name for job in list_jobs(session, limit=5)] == ["tag"]
