"""Artikel as an editor uses it: evidence beside the text, corrections with history and undo, versions side by side."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from newsdesk import COPY, DAY, FIRST, PAID
from office import Browser
from small_archive import TEXT

from pantau.web.differences import compare_texts, likeness
from scraper.crawl.archive import PageArchive, RawPage
from storage.crawl_store import CrawlStore
from storage.records.articles import get_article, withdraw_article
from storage.records.stored import StoredArticle
from storage.search.engine import SearchIndex

HERE = f"/artikel/{FIRST.article.id}"
RATNA, FIGURE = TEXT.index("Ratna Dewi"), TEXT.index("2,96 persen")


def stored(reader: Browser, key: str = FIRST.article.id) -> StoredArticle:
    with reader.db.read() as session:
        found = get_article(session, key)
    assert found
    return found


def change(reader: Browser, start: int, words: str, **fields: str) -> Any:
    places = {"awal": str(start), "akhir": str(start + len(words)), "teks": FIRST.article.content_hash}
    return reader.submit(f"{HERE}/tag", **(places | fields))


def test_each_mark_leads_to_its_evidence(reader: Browser) -> None:
    page = reader.get(HERE).text
    target = re.search(
        r'<a href="#(t\d+)" class="m k-figure" data-note="Angka: 2,96%: Inflasi[^"]*">2,96 persen</a>', page
    )
    assert target
    entry = re.search(rf'<li id="{target[1]}".*?</li>', page, re.S)[0]  # type: ignore[index]
    assert "keyakinan tinggi, dari aturan" in entry
    assert "Tandai salah" in entry
    assert re.search(r'class="m k-figure k-quote"', page), "a figure inside a quote is both"


def test_a_wrong_tag_is_gone_in_one_click_and_comes_back_in_another(reader: Browser) -> None:
    answer = change(reader, FIGURE, "2,96 persen", jenis="figure", aksi="delete")
    page = reader.get(answer.headers["location"]).text
    assert [figure.value for figure in stored(reader).tags.figures] == [14500.0]  # type: ignore[union-attr]
    assert "Perubahan disimpan." in page
    assert "Angka “2,96 persen” dihapus" in page
    undo = re.search(r'action="([^"]+/urung)"', page)[1]  # type: ignore[index]
    reader.submit(undo)
    assert len(stored(reader).tags.figures) == 2  # type: ignore[union-attr]
    assert "diurungkan" in reader.get(HERE).text
    reader.submit(undo.replace("urung", "pulih"))
    assert len(stored(reader).tags.figures) == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("start", "words", "fields", "said"),
    [
        (FIGURE, "2,96 persen", {"jenis": "figure", "aksi": "change", "nilai": "3,1", "periode": "2026-02"},
         "Angka “2,96 persen” diubah: periode 2026-02; nilai 2,96 → 3,1"),
        (RATNA, "Ratna Dewi", {"jenis": "person", "aksi": "change", "nama": "Ratna Dewi", "jabatan": "Bupati\nKetua",
                               "pejabat": "1"}, "jabatan Wali Kota Tirtasari → Bupati, Ketua"),
        (RATNA, "Ratna Dewi", {"jenis": "person", "aksi": "delete", "semua": "1"}, "“Ratna Dewi” dihapus"),
        (TEXT.index("Kota Tirtasari"), "Kota Tirtasari", {"jenis": "place", "aksi": "change", "kode": "99.72"},
         "kode wilayah 99.71 → 99.72"),
        (TEXT.index("Harga beras turun ke"), "Harga beras turun ke Rp14.500 per kilogram,",
         {"jenis": "quote", "aksi": "change", "ragam": "indirect", "pembicara": ""}, "jenis direct → indirect"),
        (0, "", {"jenis": "topic", "aksi": "delete", "topik": "prices"}, "Topik “Harga” dihapus"),
        (0, "", {"jenis": "kind", "aksi": "change", "sebagai": "release"}, "Jenis diubah: Rilis"),
        (0, "", {"jenis": "org", "aksi": "add", "kutipan": "Kota Tirtasari", "ke": "1"},
         "Instansi “Kota Tirtasari” ditambahkan"),
    ],
)  # fmt: skip
def test_what_can_be_corrected(reader: Browser, start: int, words: str, fields: dict[str, str], said: str) -> None:
    answer = change(reader, start, words, **fields)
    assert answer.status_code == 303, answer.text
    assert said in reader.get(HERE).text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"jenis": "figure", "aksi": "change", "nilai": "banyak"}, "bukan angka"),
        ({"jenis": "org", "aksi": "add", "kutipan": "tidak ada di sini"}, "tidak ada di dalam teks"),
        ({"jenis": "hantu", "aksi": "add"}, "Formulir ini tidak dikenal"),
        ({"jenis": "org", "aksi": "delete", "awal": "-1"}, "Formulir ini tidak dikenal"),
        ({"jenis": "figure", "aksi": "delete", "teks": "0" * 64}, "sudah berubah; muat ulang"),
    ],
)
def test_what_does_not_fit_is_told(reader: Browser, fields: dict[str, str], says: str) -> None:
    answer = change(reader, FIGURE, "2,96 persen", **fields)
    assert answer.status_code == (409 if "berubah" in says else 400)
    assert says in answer.text


def test_names_are_merged_and_given_aliases(reader: Browser) -> None:
    form = reader.get(f"{HERE}/tag?jenis=person&awal={RATNA}&akhir={RATNA + 10}", headers={"HX-Request": "1"}).text
    assert "<html" not in form
    assert 'value="Ratna Dewi" required' in form
    assert reader.submit(f"{HERE}/alias", jenis="person", kunci="ratna-dewi", alias="Bu Ratna").status_code == 303
    assert [found.alias for found in fresh(reader).suggest("bu rat")] == ["Bu Ratna"]
    reader.submit(f"{HERE}/gabung", jenis="person", kunci="ratna-dewi", ke="ratna-dewi-kusuma")
    assert reader.submit(f"{HERE}/gabung", jenis="person", kunci="x", ke="x").status_code == 400
    assert reader.get(f"{HERE}/tag?jenis=person&awal=1&akhir=2").status_code == 404


def test_an_alias_is_told_on_the_article_and_taken_back_there(reader: Browser) -> None:
    there = reader.submit(f"{HERE}/alias", jenis="person", kunci="ratna-dewi", alias="Bu Ratna").headers["location"]
    page = reader.get(there).text
    assert "Di semua berita “bu-ratna” kini berarti “ratna-dewi”." in page
    assert f'name="kembali" value="{HERE}"' in page
    undo = {"jenis": "pejabat", "kunci": "bu-ratna", "putusan": "batalkan"}
    assert reader.submit("/antrean", **undo, kembali=HERE).headers["location"] == HERE
    assert fresh(reader).suggest("bu rat") == []
    assert "kini berarti" not in reader.get(there).text
    assert reader.submit("/antrean", **undo, kembali="https://jahat.test/").headers["location"] == "/"


def fresh(reader: Browser) -> SearchIndex:
    index: SearchIndex = reader.app.state.context.index  # type: ignore[attr-defined]
    index.catch_up()
    return index


def test_follow_up_is_kept_with_its_history(reader: Browser) -> None:
    reader.submit(f"{HERE}/tindak", status="clarify", disposisi="Kabag Humas", catatan="Hubungi redaksi")
    reader.submit(f"{HERE}/tindak", status="done", disposisi="", catatan="Selesai")
    page = reader.get(HERE).text
    assert "Tindak lanjut: selesai" in page
    assert "klarifikasi · Kabag Humas" in page, "the history has the earlier one"
    reader.submit(f"{HERE}/nilai/urung")
    assert "Tindak lanjut: klarifikasi · Kabag Humas" in reader.get(HERE).text
    assert "1 berita" in reader.get("/cari?tindak=clarify").text


def test_other_outlets_and_earlier_versions_stand_side_by_side(reader: Browser) -> None:
    page = reader.get(HERE).text
    assert f'href="{HERE}/banding/{COPY.article.id}"' in page
    beside = reader.get(f"{HERE}/banding/{COPY.article.id}").text
    assert "<del>Harga beras</del> turun" in beside
    assert "100% kata sama" in beside
    store = CrawlStore.open(reader.app.state.context.config)  # type: ignore[attr-defined]
    changed = replace(DAY.article, text="Stok beras di gudang habis.", fetched_at=datetime(2026, 3, 5, tzinfo=UTC))
    store.save(changed, None, [])
    store.close()
    address = f"/artikel/{DAY.article.id}"
    assert "Telah diralat" in reader.get(address).text
    version = reader.get(f"{address}/versi/1").text
    assert "<del>aman</del>" in version
    assert "<ins>habis</ins>" in version
    assert reader.get(f"{address}/versi/2").status_code == 404


def test_the_archived_page_is_text_here_and_a_harmless_file_elsewhere(reader: Browser) -> None:
    body = b"<html><head><title>x</title></head><body><script>alert(1)</script><p onclick=x()>Stok &lt;b&gt; aman</p>"
    config = reader.app.state.context.config  # type: ignore[attr-defined]
    kept = PageArchive(config.data, "contoh")
    url = "https://contoh.test/berita/4"
    pointer = kept.append([RawPage(url=url, status=200, headers=(("Content-Type", "text/html"),), body=body)])
    kept.close()
    store = CrawlStore.open(config)
    store.save(replace(DAY.article, title="Stok beras tetap aman"), pointer, [])
    store.close()
    page = reader.get(f"/artikel/{DAY.article.id}/arsip").text
    assert "Stok &lt;b&gt; aman" in page
    assert "alert(1)" not in page
    file = reader.get(f"/artikel/{DAY.article.id}/arsip/1")
    assert file.content == body
    assert file.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert reader.get(f"/artikel/{DAY.article.id}/arsip/2").status_code == 404
    assert reader.get(f"{HERE}/arsip").status_code == 404


def test_a_withdrawn_article_keeps_only_its_facts(reader: Browser) -> None:
    with reader.db.write() as session:
        withdraw_article(session, PAID.article.id)
    page = reader.get(f"/artikel/{PAID.article.id}").text
    assert "Artikel ini ditarik" in page
    assert "Tandai salah" not in page


def test_viewers_read_and_change_nothing(reader: Browser) -> None:
    reader.enter("viewer")
    page = reader.get(HERE).text
    assert "keyakinan tinggi" in page
    assert "Tandai salah" not in page
    assert change(reader, FIGURE, "2,96 persen", jenis="figure", aksi="delete").status_code == 403


@pytest.mark.parametrize(
    ("left", "right", "same", "share"),
    [
        ("a b c\n\nd e f", "a b c\n\nd e f", [True, True], 1.0),
        ("a b c d", "a b c x", [False], 0.75),
        ("satu dua tiga", "", [False], 0.0),
        ("", "", [], 1.0),
        ("p q r s\n\na b c d", "baru sekali\n\np q r s\n\na b c x", [False, True, False], 14 / 18),
    ],
)
def test_paragraphs_find_their_counterparts(left: str, right: str, same: list[bool], share: float) -> None:
    rows = compare_texts(left, right)
    assert [row.same for row in rows] == same
    assert likeness(rows) == pytest.approx(share)
