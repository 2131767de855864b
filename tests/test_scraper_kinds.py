"""What sort of piece a page is: by its headline, by where it stands on the site, by how it closes."""

from __future__ import annotations

import pytest

from scraper.page.extract import extract_article

TITLE = "Pemkot Cilegaran Gelar Pasar Murah di Alun-Alun"
STORY = [
    "Pemerintah Kota Cilegaran membuka pasar murah di alun-alun kota untuk menekan harga beras yang naik terus.",
    "Kepala Dinas Perdagangan Budi Santoso mengatakan pasar murah itu menyediakan 12 ton beras dan 4.000 liter minyak.",
    "Warga yang datang sejak pagi mengaku terbantu karena harga beras di pasar sudah menyentuh Rp14 ribu per kilogram.",
]


def kind(title: str = TITLE, *, above: str = "", below: str = "", head: str = "", section: str = "ekonomi") -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in STORY)
    html = f"""<html lang='id'><head><title>{title} - Kabar Cilegaran</title>{head}</head><body><h1>{title}</h1>{above}
    <div>{paragraphs}{below}</div></body></html>"""
    article = extract_article(html.encode(), url=f"https://kabar.test/{section}/1/tekan-harga")
    assert article.text == "\n\n".join(STORY)
    return article.kind


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        (TITLE, "news"),
        ("[HOAKS] Wali Kota Bagikan Beras Gratis", "hoax"),
        ("(HOAKS) Wali Kota Bagikan Beras Gratis", "hoax"),
        ("Wali Kota Bagikan Beras Gratis: Hoaks", "hoax"),
        ("Beras Plastik Beredar di Cilegaran? Cek Fakta", "hoax"),
        ("CEK FAKTA - Beras Gratis dari Wali Kota", "hoax"),
        ("Hoaks! Beras Gratis dari Wali Kota", "hoax"),
        ("Polisi Tangkap Penyebar Hoaks Beras", "news"),
        ("Pelatihan Anti Hoaks untuk Pelajar Cilegaran", "news"),
        (f"{TITLE} (ADV)", "advertorial"),
        (f"{TITLE} - ADV", "advertorial"),
        (f"Adv: {TITLE}", "advertorial"),
        (f"FOTO - {TITLE}", "photo"),
        ("Galeri Foto Pasar Murah Cilegaran Hari Ini", "photo"),
        (f"[VIDEO] {TITLE}", "video"),
        (f"Video {TITLE} Viral", "news"),
        (f"OPINI - {TITLE}", "opinion"),
        (f"[OPINI] {TITLE}", "opinion"),
        (f"Ralat: {TITLE}", "correction"),
        (f"{TITLE} (Ralat)", "correction"),
        ("Koreksi Berita Pasar Murah Cilegaran", "correction"),
        ("Koreksi Harga Saham Cilegaran Berlanjut Pekan Ini", "news"),
        ("Hak Jawab Dinas Perdagangan Cilegaran", "correction"),
        ("Permohonan Maaf Redaksi atas Berita Pasar Murah", "correction"),
        ("Permintaan Maaf Wali Kota kepada Pedagang Pasar", "news"),
        (f"Siaran Pers: {TITLE}", "release"),
    ],
)
def test_kind_in_the_headline(title: str, wanted: str) -> None:
    assert kind(title) == wanted


@pytest.mark.parametrize(
    ("above", "wanted"),
    [
        ("<div>Advertorial | Rabu, 7 April 2021</div>", "advertorial"),
        ("<span class='label'>Pariwara</span>", "advertorial"),
        ("<div><a href='/opini'>Opini</a></div>", "opinion"),
        ("<div>Siaran Pers</div>", "release"),
        ("<a href='/a'>Ekonomi</a><br><a href='/b'>Opini</a>", "news"),
    ],
)
def test_kind_beside_the_headline(above: str, wanted: str) -> None:
    assert kind(above=above) == wanted


@pytest.mark.parametrize("below", ["<p>(ADV)</p>", "<p>(Adv/Diskominfo)</p>", "<p>[ADV]</p>"])
def test_paid_piece_says_so_at_its_end(below: str) -> None:
    assert kind(below=below) == "advertorial"


@pytest.mark.parametrize(
    ("section", "wanted"), [("opini", "opinion"), ("advertorial", "advertorial"), ("siaran-pers", "release")]
)
def test_kind_of_the_section(section: str, wanted: str) -> None:
    assert kind(section=section) == wanted


def test_kind_of_a_stated_section() -> None:
    assert kind(head="<meta property='article:section' content='Advertorial'>") == "advertorial"
