"""Reporters and editor: the shapes that outlets write them in, and what is no person."""

from __future__ import annotations

import pytest

from scraper.items import Article
from scraper.page.extract import extract_article

TITLE = "Tekan Harga Beras, Pemkot Cilegaran Gelar Pasar Murah"
STORY = [
    "Pemerintah Kota Cilegaran membuka pasar murah di alun-alun kota untuk menekan harga beras yang naik terus.",
    "Kepala Dinas Perdagangan Budi Santoso mengatakan pasar murah itu menyediakan 12 ton beras dan 4.000 liter minyak.",
    "Warga yang datang sejak pagi mengaku terbantu karena harga beras di pasar sudah menyentuh Rp14 ribu per kilogram.",
]
SARI, RUDI, DANI = "Sari Wulandari", "Rudi Hartono", "Dani Prasetya"
DAY = "Rabu, 7 April 2021 | 10:34 WIB"


def read(above: str = "", below: str = "", head: str = "") -> Article:
    paragraphs = "".join(f"<p>{text}</p>" for text in STORY)
    html = f"""<html lang='id'><head><title>{TITLE} - Kabar Cilegaran</title>{head}</head><body><h1>{TITLE}</h1>
    {above}<div class='isi'>{paragraphs}{below}</div></body></html>"""
    return extract_article(html.encode(), url="https://www.kabarcilegaran.test/ekonomi/1/tekan-harga-beras")


@pytest.mark.parametrize(
    ("above", "authors", "editor"),
    [
        (f"<div>Sari Wulandari, Jurnalis &middot; {DAY}</div>", (SARI,), None),
        (f"<div class='journalist'><a href='/j/1'>Sari Wulandari</a>, Jurnalis - {DAY}</div>", (SARI,), None),
        (f"<div class='detail__author'>Sari Wulandari - kabarFinance</div><div>{DAY}</div>", (SARI,), None),
        (f"<div>Sari Wulandari, CNN Indonesia</div><div>{DAY}</div>", (SARI,), None),
        (f"<div><span>Sari Wulandari, Kabar Indonesia</span> <span>{DAY}</span></div>", (SARI,), None),
        (f"<div>tim | Kabar Indonesia</div><div>{DAY}</div>", (), None),
        ("<div>Oleh Sari Wulandari pada 7 Apr 2021, 10:34 WIB</div>", (SARI,), None),
        ("<div>Oleh: Sari Wulandari | Rabu, 7 April 2021</div>", (SARI,), None),
        ("<div>7 April 2021 10:34 WIB &middot; Sari Wulandari</div>", (SARI,), None),
        ("<div>Sari Wulandari, 7 April 2021 10:34</div>", (SARI,), None),
        ("<div>Penulis Kontributor Cilegaran, Sari Wulandari | Editor Dani Prasetya</div>", (SARI,), DANI),
        ("<div>Laporan Wartawan Kabar Cilegaran, Sari Wulandari</div>", (SARI,), None),
        ("<div><span>Diterbitkan oleh</span> <a href='/a'>Sari Wulandari</a></div>", (SARI,), None),
        ("<div class='meta'><a rel='author' href='/sari'>Sari Wulandari</a> 7 April 2021</div>", (SARI,), None),
        ("<div class='meta'><a href='/penulis/sari'>Sari Wulandari</a></div>", (SARI,), None),
        ("<div class='posted'>Posted by Sari Wulandari on 7 April 2021</div>", (SARI,), None),
        ("<div>Reporter</div><div>Sari Wulandari</div><div>Editor</div><div>Dani Prasetya</div>", (SARI,), DANI),
        ("<div>Dani Prasetya</div><div>Editor</div>", (), DANI),
        ("<div>Penulis: Tim Redaksi | Editor: Dani Prasetya</div>", (), DANI),
        (f"<div>{DAY}</div><div>Sari Wulandari</div>", (SARI,), None),
        (f"<div>Sari Wulandari</div><div>{DAY}</div>", (SARI,), None),
        (f"<div>A A A</div><div>{DAY}</div>", (), None),
        ("<p class='meta'>7 April 2021 10:34 WIB, oleh Sari Wulandari, dibaca 210 kali</p>", (SARI,), None),
        (f"<div><div class='nama'>Sari Wulandari</div><div>Tim Redaksi</div></div><div>{DAY}</div>", (SARI,), None),
        ("<div>Dikirim oleh <span lang=''>Sari Wulandari</span> pada 7 April 2021</div>", (SARI,), None),
        ("<div><b>Sari Wulandari</b></div><div>Transport correspondent</div>", (SARI,), None),
        (
            "<table><tr><td>Penulis</td><td>:</td><td>Sari Wulandari</td></tr>"
            "<tr><td>Editor</td><td>:</td><td>Dani Prasetya</td></tr></table>",
            (SARI,),
            DANI,
        ),
    ],
)
def test_byline_above_the_story(above: str, authors: tuple[str, ...], editor: str | None) -> None:
    article = read(above)
    assert (article.authors, article.editor) == (authors, editor)


@pytest.mark.parametrize(
    ("below", "authors", "editor"),
    [
        ("<p>Laporan wartawan KabarCilegaran.com, Sari Wulandari</p>", (SARI,), None),
        ("<p>(Sari Wulandari)</p>", (SARI,), None),
        ("<p>*** (Sari Wulandari)</p>", (SARI,), None),
        ("<p>(Sari/red)</p>", ("Sari",), None),
        ("<p>(red)</p>", (), None),
        ("<p>SARI WULANDARI | RUDI HARTONO</p>", (SARI, RUDI), None),
        ("<p><strong>SARI WULANDARI | ANTARA</strong></p>", (SARI,), None),
        ("<p>Reporter: Sari Wulandari Editor: Dani Prasetya</p>", (SARI,), DANI),
        ("<p>Rep: Sari Wulandari/ Red: Dani Prasetya</p>", (SARI,), DANI),
        ("<div>Pewarta : Sari Wulandari/Rudi Hartono</div>", (SARI, RUDI), None),
        ("<p>Penulis: Sari Wulandari, Rudi Hartono | Editor: Dani Prasetya</p>", (SARI, RUDI), DANI),
        (
            "<table><tr><td>Penulis</td><td>: Sari Wulandari</td></tr><tr><td>Editor</td><td>: Dani Prasetya</td></tr>"
            "</table>",
            (SARI,),
            DANI,
        ),
    ],
)
def test_sign_off_below_the_story(below: str, authors: tuple[str, ...], editor: str | None) -> None:
    article = read(below=below)
    assert (article.authors, article.editor) == (authors, editor)
    assert article.text == "\n\n".join(STORY)


@pytest.mark.parametrize(
    "above",
    [
        "<div class='author'>Redaksi Kabar</div>",
        "<div class='author'>By <a href='/x'>Admin Kabar</a></div>",
        f"<div>Kabar Cilegaran - {DAY}</div>",
        f"<div>KabarCilegaran.test - {DAY}</div>",
        f"<div>Cilegaran, {DAY}</div>",
        f"<div>Ekonomi | {DAY}</div>",
        f"<div>Kota Cilegaran | {DAY}</div>",
    ],
)
def test_outlet_desk_place_and_section_are_no_reporter(above: str) -> None:
    assert read(above).authors == ()


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("<meta name='kabar_news_author' content='Sari Wulandari'>", (SARI,)),
        ("<meta name='author' content='Kabar Cilegaran'>", ()),
        ("<meta name='web_author' content='Rudi Hartono'>", ()),
        ("<meta property='article:author' content='https://facebook.test/sari'>", ()),
    ],
)
def test_author_of_the_meta_elements(head: str, authors: tuple[str, ...]) -> None:
    assert read(head=head).authors == authors
