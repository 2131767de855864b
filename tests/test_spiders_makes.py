"""From a few addresses of a site to the pattern of all its articles: those never seen fit, lists do not."""

from __future__ import annotations

import re

import pytest

from spiders.discovery.anchors import Anchor
from spiders.discovery.clues import Clues
from spiders.discovery.learn import makes_of

HOME = "https://kabar.example"
TITLE = "Wali Kota Resmikan Pasar Baru"
MENU = ("/", "/ekonomi", "/kota-tangerang", "/gaya-hidup", "/tag/pasar-murah", "/indeks", "/indeks?page=2")
STATIC = {
    "/tentang-kami": "Tentang Kami",
    "/pedoman-media-siber": "Pedoman Media Siber",
    "/info-iklan": "Info Iklan",
    "/tim-redaksi": "Tim Redaksi",
}


def pattern_of(articles: list[str], *, menu: tuple[str, ...] = MENU) -> str:
    """What is learned of a front page with these articles, the menu and the imprint on it."""
    clues = Clues()
    links = [Anchor(url=HOME + path, words=f"{TITLE} di Kelurahan {place}") for place, path in enumerate(articles)]
    links += [Anchor(url=HOME + path, words=path.strip("/").title(), menu=True) for path in menu]
    links += [Anchor(url=HOME + path, words=words, foot=True) for path, words in STATIC.items()]
    links += [Anchor(url=f"{HOME}{path}?page=2", words="2") for path in menu]
    links += [Anchor(url=f"{HOME}/author/sari-wulandari", words="Sari Wulandari")]
    clues.add_page(links, page=f"{HOME}/")
    return "|".join(f"(?:{make.pattern})" for make in makes_of(clues))


CASES = [
    (
        "slugs at the root",
        ["/walikota-resmikan-pasar", "/harga-cabai-naik-lagi", "/banjir-di-periuk-surut/", "/12-pelajar-ditangkap"],
        ["/umkm-naik", "/5-fakta-soal-ppdb-2026", "/Bupati-Lantik-Pejabat", "/harga-rp-5-000-di-pasar"],
        ["/tentang-kami/", "/kota-tangerang?page=3", "/ekonomi", "/banten/ekonomi-kreatif/page/2"],
    ),
    (
        "slug and ending",
        ["/walikota-resmikan-pasar.html", "/harga-cabai-naik-lagi.html", "/banjir-di-periuk-surut.html"],
        ["/umkm-naik-kelas.html", "/covid-19-di-tangsel.html"],
        ["/tentang-kami", "/kota-tangerang", "/walikota-resmikan-pasar.jpg"],
    ),
    (
        "section, number, words with capitals",
        ["/banten/read/35056/Walikota-Resmikan", "/tangsel/read/34111/Harga-Naik", "/banten/read/33009/Banjir_Surut"],
        ["/kabupaten-tangerang/read/9871/X", "/bandara/read/40123/Judul"],
        ["/banten", "/banten/read", "/tag/read/pasar", "/banten?page=2"],
    ),
    (
        "date and slug",
        ["/2026/03/01/walikota-resmikan-pasar/", "/2026/02/28/harga-naik/", "/2025/12/31/banjir-surut/"],
        ["/2024/1/9/satu", "/2019/11/11/judul-lain"],
        ["/2026/03/01/", "/2026/03/", "/category/ekonomi/"],
    ),
    (
        "a stamp as the id",
        ["/read/2026/03/01/10150021/walikota-resmikan", "/read/2026/02/28/09000041/harga-naik"],
        ["/read/2021/12/06/17440221/apa-saja"],
        ["/read", "/read/2026/03/01"],
    ),
    (
        "number behind a letter",
        ["/d-7016153/walikota-resmikan", "/d-7016154/harga-naik", "/d-7000001/banjir-surut"],
        ["/d-6999999/judul", "/d-10000001/judul-baru"],
        ["/ekonomi", "/kota-tangerang"],
    ),
    (
        "number behind the words",
        ["/ekonomi/walikota-resmikan-59822", "/politik/harga-naik-59611", "/ekonomi/banjir-surut-58001"],
        ["/hukum/bupati-ditahan-60021"],
        ["/ekonomi/walikota-resmikan-59822-bagian-2", "/ekonomi", "/tag/pasar-2026"],
    ),
    (
        "query string",
        ["/berita.php?id=12", "/berita.php?id=134", "/berita.php?id=98"],
        ["/berita.php?id=7", "/berita.php?kat=ekonomi&id=1234", "/berita.php?id=44&hal=2"],
        ["/berita.php", "/berita.php?kat=ekonomi", "/galeri.php?foto=12"],
    ),
    (
        "Joomla",
        [
            "/index.php?option=com_content&view=article&id=12:walikota&catid=3",
            "/index.php?option=com_content&view=article&id=15:harga&catid=3",
            "/index.php?option=com_content&view=article&id=19:banjir&catid=4",
        ],
        ["/index.php?option=com_content&view=article&id=99:lain&catid=1"],
        ["/index.php?option=com_content&view=category&id=3", "/index.php?option=com_user&view=login"],
    ),
    (
        "number only",
        ["/berita/1201", "/berita/1202", "/berita/1187"],
        ["/berita/987", "/berita/10001"],
        ["/berita/2", "/berita", "/indeks/2"],
    ),
    (
        "coded ids",
        ["/b/aB3xK9q", "/b/Zt81LmP", "/b/q7Yw2Rs"],
        ["/b/k8Lm3Qz"],
        ["/b", "/ekonomi"],
    ),
    (
        "a release site of a government",
        ["/berita/detail/12345/walikota-resmikan", "/berita/detail/12346/harga-naik", "/berita/detail/12001/banjir"],
        ["/berita/detail/9999/judul-rilis"],
        ["/berita", "/berita/kategori/umum", "/profil/detail/visi-misi"],
    ),
    (
        "words only, below a folder",
        ["/artikel/walikota-resmikan", "/artikel/harga-naik-lagi", "/artikel/banjir"],
        ["/artikel/umkm", "/artikel/judul-yang-lain"],
        ["/artikel", "/kategori/ekonomi", "/artikel/halaman/2"],
    ),
    (
        "section and words",
        ["/ekonomi/walikota-resmikan-pasar", "/politik/harga-naik-lagi", "/hukum/banjir-surut-juga"],
        ["/olahraga/persita-menang", "/ekonomi/umkm-naik"],
        ["/tag/pasar-murah", "/kategori/berita-utama", "/author/sari-wulandari", "/ekonomi"],
    ),
    (
        "dots between words",
        ["/read/2026/02/16/14115471/Diancam.Lewat.Dunia.Maya", "/read/2026/02/15/14115999/Polres.Serahkan.Anggota"],
        ["/read/2016/02/23/165200515/Merek.China.Serbu"],
        ["/read"],
    ),
    (
        "underscores and a number in front",
        ["/news/123_walikota_resmikan.html", "/news/124_harga_naik.html", "/news/99_banjir_surut.html"],
        ["/news/1001_judul_lain.html"],
        ["/news", "/news/index.html"],
    ),
    (
        "Joomla with readable addresses",
        ["/index.php/berita/345-walikota-resmikan", "/index.php/berita/346-harga-naik", "/index.php/berita/301-banjir"],
        ["/index.php/berita/1002-judul-lain"],
        ["/index.php/berita", "/index.php/profil", "/index.php/berita?start=10"],
    ),
    (
        "a stamp, a channel and a number",
        ["/news/20260301101500-4-123456/kota", "/tech/20260301101601-37-12345/naik", "/news/20260228090000-4-12345/x"],
        ["/market/20251231235959-17-99999/judul"],
        ["/news", "/news/indeks/2", "/tag/20260301"],
    ),
    (
        "date, channel and number",
        ["/read/2026/03/01/338/2998877/walikota-resmikan", "/read/2026/03/01/340/2998878/harga-naik"],
        ["/read/2020/12/31/1/1998877/judul"],
        ["/read/2026/03/01", "/read"],
    ),
    (
        "a language in front",
        ["/id/berita/walikota-resmikan-pasar", "/id/berita/harga-naik-lagi", "/id/berita/banjir-surut"],
        ["/id/berita/umkm"],
        ["/id/berita", "/id", "/id/profil/visi-misi"],
    ),
    (
        "a word, a number and a title in one",
        ["/berita-123-walikota-resmikan.html", "/berita-124-harga-naik.html", "/berita-99-banjir-surut.html"],
        ["/berita-1001-judul.html"],
        ["/berita.html", "/kontak.html"],
    ),
    (
        "WordPress without permalinks",
        ["/?p=123", "/?p=124", "/?p=131"],
        ["/?p=9", "/?p=1001"],
        ["/?cat=3", "/?page_id=2", "/?m=202603", "/?paged=2"],
    ),
    (
        "a title of one word among longer ones",
        ["/walikota-resmikan-pasar", "/harga-cabai-naik-lagi", "/banjir", "/gempa", "/umkm-tangerang-naik"],
        ["/kebakaran", "/persita-menang"],
        ["/ekonomi", "/kota-tangerang/", "/tentang-kami", "/author/sari"],
    ),
    (
        "section, year, month and words",
        ["/ekonomi/2026/03/walikota-resmikan", "/politik/2026/02/harga-naik", "/ekonomi/2025/12/banjir-surut"],
        ["/hukum/2024/01/judul"],
        ["/ekonomi/2026/03/", "/ekonomi", "/tag/2026/03/pasar"],
    ),
    (
        "a number, then words, at the root",
        ["/12001/walikota-resmikan-pasar/", "/12002/harga-naik-lagi/", "/11987/banjir-surut/"],
        ["/998/judul-lama/", "/100001/judul-baru/"],
        ["/ekonomi/2", "/tag/pasar-murah", "/2/"],
    ),
    (
        "words with letters beyond ASCII",
        ["/%E2%80%9Cwalikota%E2%80%9D-resmikan-pasar", "/harga-cabai-naik", "/banjir-di-periuk"],
        ["/ni%C3%B1o-datang-lagi"],
        ["/ekonomi", "/tim-redaksi"],
    ),
    (
        "Blogger",
        ["/2026/03/walikota-resmikan-pasar.html", "/2026/02/harga-cabai-naik_12.html", "/2025/12/banjir.html"],
        ["/2024/01/umkm-naik.html"],
        ["/p/tentang-kami.html", "/2026/03/", "/search/label/Ekonomi", "/2026_03_01_archive.html"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("seen", "unseen", "others"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_pattern_fits_what_was_not_seen(seen: list[str], unseen: list[str], others: list[str]) -> None:
    pattern = pattern_of(seen)
    fits = [path for path in (*seen, *unseen, *others, *MENU, *STATIC) if re.search(pattern, HOME + path)]
    assert fits == [*seen, *unseen]


@pytest.mark.parametrize("suffix", ["?utm_source=rss", "#komentar", "/"])
def test_a_pattern_fits_variants(suffix: str) -> None:
    pattern = pattern_of(["/walikota-resmikan-pasar", "/harga-cabai-naik-lagi", "/banjir-di-periuk-surut"])
    assert re.search(pattern, f"{HOME}/umkm-tangerang-naik-kelas{suffix}")


def test_nothing_is_learned_of_a_page_without_headlines() -> None:
    assert pattern_of([]) == ""
