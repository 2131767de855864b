"""A search taken along: files of exactly its articles and of about the promised size, klipings on paper and as PDF."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from newsdesk import COPY, FIRST, PAID
from office import Browser
from openpyxl import load_workbook
from pypdf import PdfReader
from small_archive import HOSTILE, clip, tagged

from pantau.exports.as_pdf import kliping_pdf
from pantau.exports.clippings import breakable, make_kliping, to_print
from pantau.web.downloads import KINDS

PAGE = "/cari?q=beras&dari=24jam"


def titles(kind: str, body: bytes) -> list[str]:
    """The titles in a file."""
    if kind == "csv":
        return [row["title"] for row in csv.DictReader(io.StringIO(body.decode("utf-8-sig")))]
    if kind == "jsonl":
        return [json.loads(line)["title"] for line in body.splitlines()]
    if kind == "zip":
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            return titles("csv", package.read("articles.csv"))
    sheet = load_workbook(io.BytesIO(body)).active
    assert sheet
    heads = [str(cell.value) for cell in sheet[4]]
    return [str(row[heads.index("Judul")].value) for row in sheet.iter_rows(min_row=5)]


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_file_has_exactly_the_articles_of_the_search(
    reader: Browser, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "made"))
    answer = reader.get(f"/cari/unduh/{kind}?q=beras&dari=24jam")
    name = f'filename="pantau-beras-24-jam-terakhir-2026-03-06.{kind}"'
    assert name in answer.headers["Content-Disposition"]
    found = {one.article.title for one in (PAID, COPY, FIRST)}
    assert set(titles(kind, answer.content)) == found
    corrected = reader.get(f"/cari/unduh/{kind}?q=berass&dari=24jam").content
    assert set(titles(kind, corrected)) == found, "words are put right as on the page"
    assert list((tmp_path / "made").iterdir()) == [], "nothing is left behind"


def test_a_file_says_beforehand_how_large_it_is_and_refuses_to_be_endless(
    reader: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "3 berita dari pencarian ini" in reader.get(PAGE).text
    monkeypatch.setitem(KINDS, "csv", replace(KINDS["csv"], most=2))
    assert "paling banyak 2 berita; persempit dahulu" in reader.get(PAGE).text
    refused = reader.get("/cari/unduh/csv?q=beras&dari=24jam")
    assert refused.status_code == 400
    assert "memuat 3 berita; paling banyak 2" in refused.text
    assert reader.get("/cari/unduh/exe").status_code == 404


def test_the_kliping_has_its_head_its_stories_and_who_made_it(reader: Browser) -> None:
    page = reader.get("/cari/kliping?q=beras&dari=24jam&urut=tanggal&petugas=Siti").text
    for said in (
        "PEMERINTAH KOTA CONTOH",
        "REKAP PEMBERITAAN TANGGAL 5 MARET 2026 – 6 MARET 2026",
        "Petugas: Siti",
        "juga di contoh",
        "ADV",
        "beras · 24 jam terakhir",
        'href="https://contoh.test/berita/2"',
    ):
        assert said in page
    blocks = reader.get("/cari/kliping?q=beras&bentuk=blok").text
    assert "<dt>Kutipan kunci</dt>" in blocks
    assert "Tidak ada berita dalam pencarian ini." in reader.get("/cari/kliping?q=zebra").text


@pytest.mark.parametrize("form", ["tabel", "blok"])
def test_the_pdf_is_one_page_with_the_same(reader: Browser, form: str) -> None:
    answer = reader.get(f"/cari/kliping.pdf?q=beras&dari=24jam&urut=tanggal&bentuk={form}&kop=Kantor+Contoh")
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 1
    text = " ".join(pages[0].extract_text().split())
    for said in ("KANTOR CONTOH", "REKAP PEMBERITAAN TANGGAL 5 MARET 2026 – 6 MARET 2026", "Griya beras sejahtera",
                 "Harga beras turun ke Rp14.500" if form == "blok" else "Rp14.500"):  # fmt: skip
        assert said in text


def test_the_same_articles_give_the_same_pdf() -> None:
    def made() -> bytes:
        return kliping_pdf(to_print(kliping(clip(tagged(1)))))

    assert made() == made()


def test_hostile_text_is_set_as_text() -> None:
    wicked = ['#panic(1) #import "@preview/x:1" *tebal* $x$ `kode` <label> @ref \\ // /*', "w" * 5_000, *HOSTILE]
    articles = [clip(tagged(number, title=text)) for number, text in enumerate(wicked, 1) if number < 32]
    for form in ("tabel", "blok"):
        pages = PdfReader(io.BytesIO(kliping_pdf(to_print(kliping(*articles, form=form))))).pages
        text = "".join(page.extract_text() for page in pages)
        assert "<script>alert(1)</script>" in text
        assert "#panic(1)" in text
        assert "*tebal*" in text


def kliping(*articles: Any, form: Any = "tabel") -> Any:
    return make_kliping([(one, ()) for one in articles], subtitle="uji", office="#kop", officer="*", form=form)


def test_endless_words_can_be_broken() -> None:
    assert breakable("a" * 100).split("\u200b") == ["a" * 40, "a" * 40, "a" * 20]
    assert breakable("kata biasa") == "kata biasa"


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_the_promised_size_is_about_the_real_one(reader: Browser, kind: str) -> None:
    size = len(reader.get(f"/cari/unduh/{kind}").content) / 5
    assert 0.4 < size / KINDS[kind].row < 2.5
