"""Rilis: a pasted release, and the proof of who ran it, over a real database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from office import Browser, article

from storage.records.articles import save_article

TEXT = "\n\n".join(
    (
        "Pemerintah kota membagikan 1.200 gerobak kepada pedagang kecil di alun-alun pada Senin pagi.",
        "Pembagian itu didahului pelatihan selama dua pekan tentang kebersihan dan pembukuan sederhana.",
        "Setiap gerobak dilengkapi lampu hemat daya serta tempat cuci tangan yang mudah dipindahkan.",
    )
)


def run_by(client: Browser, outlet: str, text: str) -> None:
    """An article of an outlet."""
    with client.db.write() as session:
        save_article(
            session,
            replace(article(), canonical_url=f"https://{outlet}.test/1", title="Gerobak", text=text, site=outlet),
        )


def test_pasted_release_shows_who_ran_it_and_what_was_changed(client: Browser) -> None:
    assert "Belum ada rilis" in client.get("/rilis").text
    run_by(client, "warta", TEXT)
    run_by(client, "kabar", TEXT.replace("1.200", "1.500") + "\n\nPedagang menyambut baik kabar itu.")
    answer = client.submit("/rilis", teks=TEXT, judul="Gerobak <b>murah</b>", tanggal="2026-03-02")
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert "Dimuat 2 berita" in page
    assert "1500 gerobak" in page
    assert "&lt;b&gt;murah" in page
    assert 'class="num">2<' in client.get("/rilis").text
    assert client.submit(f"{answer.headers['location']}/hapus").status_code == 303
    assert client.get(answer.headers["location"]).status_code == 404


@pytest.mark.parametrize("fields", [{"teks": " "}, {"teks": TEXT, "tanggal": "kemarin"}])
def test_what_is_no_release_is_refused_with_a_reason(client: Browser, fields: dict[str, str]) -> None:
    answer = client.submit("/rilis", **fields)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_viewer_sees_reports_and_no_form(client: Browser) -> None:
    client.enter("viewer")
    assert "<textarea" not in client.get("/rilis").text
    assert client.submit("/rilis", teks=TEXT).status_code == 403
