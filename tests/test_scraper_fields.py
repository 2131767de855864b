"""Headline, dateline, byline, tags, kind and language, each by a table of shapes."""

import pytest

from scraper.language import language_of
from scraper.page.dateline import split_dateline
from scraper.page.kinds import kind_of
from scraper.page.names import is_name
from scraper.page.structured import read_structured
from scraper.page.taglines import split_tags
from scraper.page.titles import MAX_TITLE, cut_title, strip_outlet
from scraper.page.tree import parse


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("Harga Beras Naik Lagi - Kabar Cilegaran", "Harga Beras Naik Lagi"),
        ("Harga Beras Naik Lagi | Kabar Online | Berita Terkini", "Harga Beras Naik Lagi"),
        ("KabarLagi.com: Harga Beras Naik Lagi", "Harga Beras Naik Lagi"),
        ("Harga Beras Naik Lagi Halaman all - Kompas.com", "Harga Beras Naik Lagi"),
        ("Harga Beras Naik - Pemkot Cilegaran Siapkan Operasi Pasar Besar", None),
        ("Pasar-Pasar di Cilegaran Ramai", None),
        ("Beras", None),
    ],
)
def test_outlet_leaves_the_title(title: str, clean: str | None) -> None:
    assert strip_outlet(title) == (clean or title)


def test_endless_title_is_cut_at_a_word() -> None:
    cut, flagged = cut_title("harga beras naik " * 200)
    assert flagged
    assert len(cut) <= MAX_TITLE + 1
    assert cut.endswith("…")


@pytest.mark.parametrize(
    ("text", "dateline", "rest"),
    [
        ("KABARCILEGARAN.com-Pemerintah kota", "KABARCILEGARAN.com", "Pemerintah kota"),
        ("KABARCILEGARAN.com - Pemerintah kota", "KABARCILEGARAN.com", "Pemerintah kota"),
        ("KabarCilegaran.com—Warga datang", "KabarCilegaran.com", "Warga datang"),
        ("CILEGARAN-Pemerintah kota", "CILEGARAN", "Pemerintah kota"),
        ("CILEGARAN- Pemerintah kota", "CILEGARAN", "Pemerintah kota"),
        ("CILEGARAN, KABAR.com - Pemerintah", "CILEGARAN, KABAR.com", "Pemerintah"),
        ("Cilegaran (ANTARA) - Wali kota", "Cilegaran (ANTARA)", "Wali kota"),
        ("Cilegaran, Banten (ANTARA News) - Sebanyak 29", "Cilegaran, Banten (ANTARA News)", "Sebanyak 29"),
        ("KABAR.CO.ID, CILEGARAN -- Wali kota", "KABAR.CO.ID, CILEGARAN", "Wali kota"),
        ("Kabar6.com, Cilegaran - Harga", "Kabar6.com, Cilegaran", "Harga"),
        ("Cilegaran - Harga beras", "Cilegaran", "Harga beras"),
        ("KOTA, KABPOS – Wali kota", "KOTA, KABPOS", "Wali kota"),
        ("CILEGARAN | KC – Kepala dinas", "CILEGARAN | KC", "Kepala dinas"),
        ("Cilegaran, 7 April 2021 – Pemkot", "Cilegaran, 7 April 2021", "Pemkot"),
        ("COVID-19 menyebar", None, None),
        ("UMKM-UMKM di kota", None, None),
        ("Wali Kota Cilegaran - yang baru dilantik - hadir", None, None),
        ("Pemkot Cilegaran mendorong pasar", None, None),
        ("", None, None),
    ],
)
def test_dateline(text: str, dateline: str | None, rest: str | None) -> None:
    assert split_dateline(text) == (dateline, text if rest is None else rest)


@pytest.mark.parametrize("name", ["Sari Wulandari", "B Kunto Wijaya", "Ahmad bin Said", "Sari W. Lestari", "O'Brien"])
def test_name(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "text",
    ["Redaksi", "Kabar Cyber Media", "admin", "Advertorial", "7 April 2021", "harga beras", "https://x.id/a", ""],
)
def test_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("Pemkot Cilegaran Sari Wulandari Kota Baru UMKM Cilegaran",
         ("Pemkot Cilegaran", "Sari Wulandari", "Kota Baru", "UMKM Cilegaran")),
        ("beras, Pasar Murah, inflasi", ("beras", "Pasar Murah", "inflasi")),
        ("#beras #inflasi", ("beras", "inflasi")),
        ("inflasi", ("inflasi",)),
        ("", ()),
    ],
)  # fmt: skip
def test_tag_line_is_split(line: str, tags: tuple[str, ...]) -> None:
    text = "Wakil wali kota Sari Wulandari membina UMKM di Cilegaran dan Kota Baru."
    assert split_tags(line, title="Pemkot Bina Usaha", text=text) == tags


@pytest.mark.parametrize(
    ("title", "slots", "kind"),
    [
        ("Harga beras naik", ["Advertorial"], "advertorial"),
        ("Bank Kota Luncurkan Kartu (ADV)", [], "advertorial"),
        ("[HOAKS] Bantuan Rp2 juta cair besok", [], "hoax"),
        ("Cek Fakta: Beras plastik di pasar", [], "hoax"),
        ("Ralat: Harga beras", [], "correction"),
        ("Siaran Pers Dinas Perdagangan", [], "release"),
        ("Harga beras naik", ["Opini"], "opinion"),
        ("FOTO: Suasana pasar", [], "photo"),
        ("Video: Suasana pasar", [], "video"),
        ("Fotografer kota pamerkan karya", ["Ekonomi", "Sari Wulandari"], "news"),
        ("Salah satu pasar di kota dibuka lagi", [], "news"),
    ],
)
def test_kind(title: str, slots: list[str], kind: str) -> None:
    assert kind_of(title, slots=slots, text="Isi berita.") == kind


@pytest.mark.parametrize(
    ("text", "declared", "code"),
    [
        (
            "Harga beras di pasar kota naik dan warga tidak dapat membeli karena stok yang ada habis",
            "en",
            "id",
        ),
        (
            "The price of rice has gone up in the market and the people who live there can not buy it",
            "id",
            "en",
        ),
        (
            "Der Preis für Reis ist auf dem Markt gestiegen und die Menschen können sich das nicht mehr leisten",
            "",
            "de",
        ),
        ("コメの価格が上がり、市場では買えない人が増えています", "", "ja"),
        ("Singkat", "ms-MY", "ms"),
        ("Singkat", "", "id"),
    ],
)
def test_language(text: str, declared: str, code: str) -> None:
    assert language_of(text, declared=declared) == code


@pytest.mark.parametrize(
    "source",
    [
        '{"@type":"NewsArticle","datePublished":"2021-04-07T10:34:00+07:00"}',
        '{"@type":"NewsArticle","datePublished":"2021-04-07T10:34:00+07:00",}',
        '<!-- {"@type":["NewsArticle"],"datePublished":"2021-04-07T10:34:00+07:00"} -->',
        '{"@graph":[{"@type":"WebPage"},{"@type":"Article","datePublished":"2021-04-07T10:34:00+07:00"}]}',
        '{"@type":"NewsArticle","headline":"Kata "mereka" naik","datePublished":"2021-04-07T10:34:00+07:00"}',
        '{"@type":"NewsArticle","description":"satu\n\tdua","datePublished":"2021-04-07T10:34:00+07:00"}',
    ],
    ids=["plain", "trailing-comma", "comment", "graph", "raw-quotes", "raw-newline"],
)
def test_json_ld_even_when_broken(source: str) -> None:
    data = read_structured(parse(f'<html><script type="application/ld+json">{source}</script></html>'))
    assert data.text("datePublished") == "2021-04-07T10:34:00+07:00"
