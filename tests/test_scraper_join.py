"""The pages of one story put together: everything once, in order, whatever each page repeats."""

from __future__ import annotations

import pytest

from scraper.page.extract import extract_article
from scraper.page.join import join_pages

TITLE = "Pasar Murah Digelar di Enam Kecamatan Cilegaran"
A = "Pemerintah kota membuka pasar murah di alun-alun untuk menekan harga beras yang terus naik."
B = "Kepala dinas mengatakan pasar itu menyediakan dua belas ton beras dan minyak goreng kemasan."
C = '"Kami ingin harga kembali turun sebelum lebaran tiba," ujar kepala dinas itu kepada wartawan.'
D = "Warga yang datang sejak pagi mengaku terbantu karena harga beras di pasar sudah sangat mahal."
E = "Pasar murah berlangsung tiga hari di enam kecamatan, lalu pindah ke kabupaten tetangga."
HALF = "Warga yang datang sejak pagi mengaku terbantu karena"
REST = "harga beras di pasar sudah sangat mahal."
SUBHEAD = "Harga turun"


@pytest.mark.parametrize(
    ("pages", "whole"),
    [
        ([[A, B], [C, D], [E]], [A, B, C, D, E]),
        ([[A, B], [A, C, D]], [A, B, C, D]),
        ([[A, B, C], [B, C, D]], [A, B, C, D]),
        ([[A, B], [], [C]], [A, B, C]),
        ([[A, B], [A, B]], [A, B]),
        ([[A, B], [A, B, C, D]], [A, B, C, D]),
        ([[A, B], [f"{A} {B}", C]], [f"{A} {B}", C]),
        ([[f"CILEGARAN - {A}", B], [A, C]], [f"CILEGARAN - {A}", B, C]),
        ([[A, HALF], [REST, E]], [A, D, E]),
        ([[A, f"{HALF}..."], [D, E]], [A, D, E]),
        ([[A, SUBHEAD, B], [C, SUBHEAD, D]], [A, SUBHEAD, B, C, SUBHEAD, D]),
        ([[SUBHEAD, A], [SUBHEAD, B]], [SUBHEAD, A, B]),
        ([], []),
    ],
)
def test_join_pages(pages: list[list[str]], whole: list[str]) -> None:
    assert join_pages(pages) == whole


SIDEBAR = "<div class='sidebar'><h3>Terpopuler</h3><ul>{}</ul></div>".format(
    "".join(f"<li><a href='/baca/{n}'>Judul berita lain yang cukup panjang nomor {n}</a></li>" for n in range(1, 9))
)


def page(*lines: str, number: int = 1, caption: str = "Suasana pasar murah (Foto: Sari)", body: str = "") -> bytes:
    story = body or "".join(f"<p>{line}</p>" for line in lines)
    return f"""<html lang="id"><head><title>{TITLE} Halaman {number} - Kabar Cilegaran</title></head><body>
    <nav><a href="/">Beranda</a> <a href="/ekonomi">Ekonomi</a></nav><article><h1>{TITLE}</h1>
    <div class="date">Rabu, 7 April 2021 10:15 WIB</div>
    <figure><img src="/a.jpg" alt="Suasana pasar"><figcaption>{caption}</figcaption></figure>
    <div class="isi">{story}</div><div class="pagination">Halaman : <a href="?page=1">1</a> <a href="?page=2">2</a>
    <a href="?page=2">Selanjutnya</a></div></article>{SIDEBAR}<footer>Hak cipta 2021 Kabar Cilegaran</footer></body>
    </html>""".encode()


def joined(*pages: bytes) -> list[str]:
    article = extract_article(pages[0], url="https://kabar.example/baca/1", more_pages=pages[1:])
    return article.text.split("\n\n")


@pytest.mark.parametrize(
    ("pages", "whole"),
    [
        ([page(A, B), page(C, D, number=2), page(E, number=3)], [A, B, C, D, E]),
        ([page(A, B), page(C, D, number=2, caption="Antrean warga di pasar murah (Foto: Dani)")], [A, B, C, D]),
        ([page(A, B), page(TITLE, A, C, D, number=2)], [A, B, C, D]),
        ([page(A, B, C), page("Harga sudah turun, katanya.", number=2)], [A, B, C, "Harga sudah turun, katanya."]),
        ([page(A, B, C), page("Habis.", "Begitu.", number=2)], [A, B, C, "Habis.", "Begitu."]),
        ([page(A, B), page(number=2, body=f"{C}<br><br>{D}<br><br>{E}")], [A, B, C, D, E]),
        ([page(A, B), page(A, B, C, D, E)], [A, B, C, D, E]),
        ([page(A, B, C), b"", b"<p>x</p>", page(D, number=4)], [A, B, C, D]),
    ],
)
def test_pages_of_an_article(pages: list[bytes], whole: list[str]) -> None:
    assert joined(*pages) == whole
