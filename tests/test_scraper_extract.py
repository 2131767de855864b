"""Whole pages to articles: the shapes that local outlets use, hostile pages, site rules, joined pages."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.clock import WIB
from scraper.errors import ExtractionError, ProfileError
from scraper.items import Article
from scraper.page.extract import extract_article
from scraper.page.rules import SiteRules
from scraper.page.text import is_checked

TITLE = "Tekan Harga Beras, Pemkot Cilegaran Gelar Pasar Murah"
STORY = [
    "Pemerintah Kota Cilegaran membuka pasar murah di alun-alun kota untuk menekan harga beras yang naik terus.",
    "Kepala Dinas Perdagangan Budi Santoso mengatakan pasar murah itu menyediakan 12 ton beras dan 4.000 liter minyak.",
    '"Kami ingin harga kembali turun sebelum lebaran," ujar Budi, Rabu (7/4/2021).',
    "Warga yang datang sejak pagi mengaku terbantu karena harga beras di pasar sudah menyentuh Rp14 ribu per kilogram.",
    "Pasar murah akan berlangsung selama tiga hari di enam kecamatan, kata Budi menambahkan.",
]
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in STORY)
BREAKS = "<br><br>".join(STORY)
TEXT = "\n\n".join(STORY)
SIDEBAR = "<div class='sidebar'><h3>Terpopuler</h3><ul>{}</ul></div>".format(
    "".join(
        f"<li><a href='/x/{n}'>Judul berita lain yang panjang {n}</a> Jumat, {n} Januari 2026</li>" for n in range(1, 9)
    )
)


def read(body: str, *, head: str = "", url: str | None = None, **options: object) -> Article:
    html = f"<html lang='id'><head><title>{TITLE} - Kabar Cilegaran</title>{head}</head><body>{body}</body></html>"
    return extract_article(html.encode(), url=url, **options)  # type: ignore[arg-type]


def test_blog_system_page() -> None:
    article = read(
        f"""<header class='site-header'>Kamis, 2 Mei 2024 <nav><a href='/'>Beranda</a></nav></header>
        <article class='post has-sidebar'><h1 class='entry-title'>{TITLE}</h1>
        <div class='entry-meta'><span class='author'>oleh <a href='/author/sari'>Sari Wulandari</a></span>
        7 April 2021 10:15
        <a rel='category tag' href='/category/ekonomi'>Ekonomi</a></div>
        <div class='entry-content'><figure><img alt='pasar'><figcaption>Suasana pasar (Foto: Sari)</figcaption></figure>
        {PARAGRAPHS}<p><strong>Baca juga: <a href='/a'>Harga Cabai Turun</a></strong></p><p>(SWL/red)</p>
        <div class='sharedaddy'><h3>Bagikan ini:</h3></div></div>
        <div class='tags-links'>Tags: <a rel='tag' href='/tag/beras'>beras</a>,
        <a rel='tag' href='/tag/pm'>Pasar Murah</a></div>
        </article>{SIDEBAR}<footer>Copyright 2021</footer>""",
        head="<meta property='article:published_time' content='2021-04-07T03:15:00+00:00'>",
        url="http://www.kabarcilegaran.id/2021/04/07/tekan-harga/?utm_source=x",
    )
    assert article.title == TITLE
    assert article.text == TEXT
    assert article.published is not None
    assert article.published.value == datetime(2021, 4, 7, 10, 15, tzinfo=WIB)
    assert article.published.evidence == "meta"
    assert article.authors == ("Sari Wulandari",)
    assert article.tags == ("beras", "Pasar Murah")
    assert article.section == "Ekonomi"
    assert article.canonical_url == "https://kabarcilegaran.id/2021/04/07/tekan-harga"
    assert (article.kind, article.language, article.extractor, article.flags) == ("news", "id", "trafilatura", ())


def test_page_of_bare_text_between_breaks_with_a_teaser_below() -> None:
    article = read(
        f"""<div>Connect With Us</div><h1>{TITLE}</h1><div>Sari Wulandari | Rabu, 7 April 2021 | 14:27</div>
        <div>Pasar murah di alun-alun kota. (@KabarCilegaran / Sari)</div>
        <div>KABARCILEGARAN.com-{BREAKS}<br><br>BACA JUGA : <a href='x'>Harga Cabai Turun</a><br><br>#GOOGLE_ADS#</div>
        <div>KOTA<h2>Judul teaser lain yang panjang</h2>Jumat, 2 Januari 2026
        <p>Ringkasan teaser yang tidak ada hubungannya dengan berita di atas, tetapi cukup panjang.</p></div>
        <div>TODAY TAG <a href='/tag/a'>Banjir</a> <a href='/tag/b'>Macet</a></div>""",
        url="https://kabarcilegaran.com/kota/read/35056/Tekan",
    )
    assert article.text == f"KABARCILEGARAN.com-{TEXT}"
    assert article.story == TEXT
    assert article.dateline == "KABARCILEGARAN.com"
    assert article.authors == ("Sari Wulandari",)
    assert article.tags == ()
    assert article.published is not None
    assert (article.published.value, article.published.evidence) == (datetime(2021, 4, 7, 14, 27, tzinfo=WIB), "byline")
    assert article.published.raw == "Rabu, 7 April 2021 | 14:27"


def test_role_under_the_name_and_an_editor_as_the_machine_author() -> None:
    article = read(
        f"""<h1>{TITLE}</h1><div class='read__time'>Kabar - 07/04/2021, 10:34 WIB</div><div class='credit'>
        <div>Sari Wulandari</div><div>Penulis</div><div>Dani Prasetya</div><div>Editor</div></div>
        <div class='read__content'>{PARAGRAPHS}</div>
        <ul class='tag__article'><li><a href='/tag/beras'>beras</a></li><li><a href='/tag/p'>pasar</a></ul>""",
        head="""<script type='application/ld+json'>{"@type":"NewsArticle","datePublished":"2021-04-07T10:34:00+07:00",
        "author":{"@type":"Person","name":"Dani Prasetya"}}</script>""",
    )
    assert (article.authors, article.editor) == (("Sari Wulandari",), "Dani Prasetya")
    assert article.tags == ("beras", "pasar")
    assert article.published is not None
    assert article.published.evidence == "json-ld"


@pytest.mark.parametrize(
    ("credit", "authors", "editor"),
    [
        ("Reporter : Sari Wulandari<br>Editor : Dani Prasetya", ("Sari Wulandari",), "Dani Prasetya"),
        ("Penulis: Sari Wulandari | Editor: Dani Prasetya", ("Sari Wulandari",), "Dani Prasetya"),
        ("Pewarta: Sari Wulandari dan Rudi Hartono", ("Sari Wulandari", "Rudi Hartono"), None),
        ("Oleh Sari Wulandari", ("Sari Wulandari",), None),
        ("Redaktur & Reporter : Sari Wulandari", ("Sari Wulandari",), None),
        ("Editor: Dani Prasetya", (), "Dani Prasetya"),
        ("Redaksi", (), None),
    ],
)
def test_credits(credit: str, authors: tuple[str, ...], editor: str | None) -> None:
    article = read(f"<h1>{TITLE}</h1><div>{credit}</div><div>{PARAGRAPHS}</div>")
    assert (article.authors, article.editor) == (authors, editor)
    assert article.text == TEXT


HEADER = "<div>Kamis, 2 Mei 2024</div>"
CLOCK = "<div class='wrap'><div>Kamis, 2 Mei 2024 10:22 WIB</div><h1>{}</h1>{}</div>"
NO_DATE = PARAGRAPHS.replace(", Rabu (7/4/2021)", "")


@pytest.mark.parametrize(
    ("body", "url", "value", "evidence"),
    [
        (f"{HEADER}<h1>{TITLE}</h1>{PARAGRAPHS}", None, date(2021, 4, 7), "body"),
        (CLOCK.format(TITLE, PARAGRAPHS), None, date(2021, 4, 7), "body"),
        (f"{HEADER}<h1>{TITLE}</h1>{NO_DATE}", "https://a.id/2021/04/07/x", date(2021, 4, 7), "url"),
        (f"{HEADER}<h1>{TITLE}</h1>{NO_DATE}", "https://a.id/read/2021/04/07/10345631/x",
         datetime(2021, 4, 7, 10, 34, 56, tzinfo=WIB), "url"),
        (f"{HEADER}<h1>{TITLE}</h1><div>Rabu 07-04-2021,11:08 WIB</div>{NO_DATE}", None,
         datetime(2021, 4, 7, 11, 8, tzinfo=WIB), "byline"),
        (f"<div><p class='tgl'>Rabu, 7 April 2021, 16:15 WIB</p><h2>{TITLE}</h2></div>{NO_DATE}", None,
         datetime(2021, 4, 7, 16, 15, tzinfo=WIB), "byline"),
        (f"{HEADER}<h1>{TITLE}</h1>{PARAGRAPHS.replace('Rabu (7/4', 'Senin (6/4')}", None, None, None),
        (f"{HEADER}<h1>{TITLE}</h1>{PARAGRAPHS.replace('7/4/2021', '12/14/2021')}", None, None, None),
        (f"{HEADER}<h1>{TITLE}</h1>{NO_DATE}{SIDEBAR}", None, None, None),
    ],
    ids=["body", "clock", "url", "url-time", "byline", "above", "false-weekday", "impossible", "header-only"],
)  # fmt: skip
def test_date_and_its_evidence(body: str, url: str | None, value: date | None, evidence: str | None) -> None:
    article = read(body, url=url)
    dated = article.published
    assert (dated and dated.value, dated and dated.evidence) == (value, evidence)
    assert ("date-unknown" in article.flags) is (value is None)


def test_false_z_of_a_visible_local_clock() -> None:
    body = f"<h1>{TITLE}</h1><div class='date'>Rabu, 7 April 2021 20:59 WIB</div>{PARAGRAPHS}"
    article = read(body, head="<meta name='pubdate' content='2021-04-07T20:59:53Z'>")
    assert article.published is not None
    assert article.published.value == datetime(2021, 4, 7, 20, 59, 53, tzinfo=WIB)


def test_true_z_stays() -> None:
    body = f"<h1>{TITLE}</h1><div class='date'>Rabu, 7 April 2021 20:59 WIB</div>{PARAGRAPHS}"
    article = read(body, head="<meta name='pubdate' content='2021-04-07T13:59:53Z'>")
    assert article.published is not None
    assert article.published.value == datetime(2021, 4, 7, 13, 59, 53, tzinfo=UTC)


def test_date_after_the_fetch_is_not_believed() -> None:
    body = f"<h1>{TITLE}</h1><div class='date'>Rabu, 7 April 2031 20:59 WIB</div>{PARAGRAPHS}"
    article = read(body, fetched_at=datetime(2021, 4, 8, tzinfo=UTC))
    assert article.published is not None
    assert (article.published.value, article.published.evidence) == (date(2021, 4, 7), "body")


def test_advertorial_stands_in_the_byline() -> None:
    article = read(f"<h1>{TITLE}</h1><div>Advertorial | Rabu, 7 April 2021 | 16:47</div>{PARAGRAPHS}")
    assert (article.kind, article.authors) == ("advertorial", ())


def test_headline_is_the_heading_that_the_title_agrees_with() -> None:
    article = read(f"<h1>Ekonomi</h1><div><h2>{TITLE}</h2></div>{PARAGRAPHS}<h1>Judul lain yang tidak sama sekali</h1>")
    assert article.title == TITLE


def test_site_rules_win_and_disagreement_is_flagged() -> None:
    rules = SiteRules(text=".isi", title=".judul", published=".tgl", tags=".t a", drop=(".iklan",))
    body = f"""<div class='judul'>{TITLE}</div><i class='tgl'>7 April 2021 08:00 WIB</i>
    <div class='isi'><div class='iklan'>Beli beras merek ini sekarang juga</div>{BREAKS}</div>
    <div class='t'><a>beras</a></div>"""
    article = read(body, rules=rules)
    assert (article.text, article.extractor, article.flags) == (TEXT, "profile", ())
    assert article.tags == ("beras",)
    assert article.published is not None
    assert article.published.value == datetime(2021, 4, 7, 8, 0, tzinfo=WIB)
    wrong = (
        "<div class='isi'>" + "Kata kunci yang lain dari situs ini. " * 8 + f"</div><h1>{TITLE}</h1>{PARAGRAPHS * 3}"
    )
    assert "rules-disagree" in read(wrong, rules=rules).flags


def test_rules_that_match_nothing_fall_back() -> None:
    article = read(f"<h1>{TITLE}</h1>{PARAGRAPHS}", rules=SiteRules(text=".gone"))
    assert (article.text, article.extractor) == (TEXT, "trafilatura")
    assert {"rules-disagree", "rules-empty"} <= set(article.flags)


def test_rules_are_checked_on_one_page_of_ten() -> None:
    wrong = "<div class='isi'>" + "Kata lain dari situs ini. " * 8 + f"</div><h1>{TITLE}</h1>{PARAGRAPHS * 3}"
    urls = [f"https://kabar.test/ekonomi/{number}/tekan-harga" for number in range(200)]
    sampled = [url for url in urls if is_checked(url)]
    assert 10 <= len(sampled) <= 30
    skipped = next(url for url in urls if url not in sampled)
    flags = [read(wrong, url=url, rules=SiteRules(text=".isi")).flags for url in (sampled[0], skipped)]
    assert ["rules-disagree" in found for found in flags] == [True, False]


def test_selector_that_cannot_be_read() -> None:
    with pytest.raises(ProfileError, match="p\\[\\["):
        read(PARAGRAPHS, rules=SiteRules(text="p[["))


def test_later_pages_are_joined_without_repeats() -> None:
    first, second = "".join(f"<p>{x}</p>" for x in STORY[:3]), "".join(f"<p>{x}</p>" for x in [STORY[0], *STORY[3:]])
    article = read(f"<h1>{TITLE}</h1>{first}<a>Halaman selanjutnya</a>", more_pages=[second.encode(), b"", b"<p>x</p>"])
    assert article.text == TEXT


def test_script_in_a_title_is_harmless_text() -> None:
    html = f"<title>x</title><h1>&lt;script&gt;alert(1)&lt;/script&gt; Harga Beras</h1>{PARAGRAPHS}"
    assert extract_article(html.encode(), url=None).title == "<script>alert(1)</script> Harga Beras"


def test_canonical_link_to_another_site_or_to_the_front_page_is_not_believed() -> None:
    for address in ("https://elsewhere.example/a/b", "https://a.id/", "http://[broken", ""):
        article = read(PARAGRAPHS, head=f"<link rel='canonical' href='{address}'>", url="https://a.id/berita/1")
        assert article.canonical_url == "https://a.id/berita/1"


def test_without_any_address_the_key_is_the_hash_of_the_text() -> None:
    assert read(PARAGRAPHS).canonical_url.startswith("urn:sha256:")


def test_half_a_story_is_not_enough() -> None:
    with pytest.raises(ExtractionError) as caught:
        read("<h1>Beranda</h1><p>Selamat datang.</p>")
    assert caught.value.reason == "no-text"


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 5000 + PARAGRAPHS,
        f"<h1>{TITLE * 200}</h1>{PARAGRAPHS}",
        f"<table><tr><td>{PARAGRAPHS}</td></tr></table>",
        f"<form>{PARAGRAPHS}<input></form>",
        PARAGRAPHS.replace("</p>", "<div></span></p></p>"),
        f"{PARAGRAPHS}<script type='application/ld+json'>{'[' * 100_000}</script>",
        f"{PARAGRAPHS}<a rel='tag' href='http://[x'>beras</a><img alt='{'x' * 10_000}'>",
    ],
    ids=["deep", "long-title", "table", "form", "broken", "json-bomb", "odd-links"],
)
def test_hostile_page_still_gives_the_story(body: str) -> None:
    assert STORY[1] in read(body).text


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400),
    st.text(max_size=200),
    st.sampled_from(["<p>", "<div><br>", "<h1>", "<table>", "<time>", "<a rel=tag>"]),
)
def test_any_bytes_give_an_article_or_an_extraction_error(noise: bytes, words: str, tag: str) -> None:
    body = noise + f"<html><title>{words}</title>{tag}{words}".encode("utf-8", "replace") + PARAGRAPHS.encode() + noise
    for page in (noise, body):
        with suppress(ExtractionError):
            assert extract_article(page, url=words).text


TEASERS = "".join(
    f"<div><a href='/b/{n}'>Judul berita utama yang lain</a><div>{n} April 2021 09:10 WIB</div>"
    f"<p>Ringkasan nomor {n} yang panjangnya sekitar dua baris agar tampak seperti paragraf.</p></div>"
    for n in range(1, 15)
)


@pytest.mark.parametrize(
    "body",
    [
        f"<div><span>{STORY[0]}</span>{''.join(f'<p>{x}</p>' for x in STORY[1:])}</div>",
        f"<div>{STORY[0]}<br>{''.join(f'<p>{x}</p>' for x in STORY[1:])}</div>",
        "<div>" + "".join(f"<div><div>{x}</div></div>" for x in STORY) + "</div>",
        f"<table><tr><td><a href='/'>menu</a></td><td><font>{BREAKS}</font></td></tr></table>",
        f"<div class='kiri'><div id='isi'>{BREAKS}</div></div><div class='kanan'><h2>Berita Utama</h2>{TEASERS}</div>",
        f"<div>{PARAGRAPHS}<p>Penulis: Sari</p></div><div>Artikel Terkait</div>{TEASERS}",
    ],
    ids=["lead-in-span", "bare-lead", "nested", "layout-table", "list-beside", "list-below"],
)
def test_story_is_whole_and_nothing_else(body: str) -> None:
    assert read(f"<h1>{TITLE}</h1>{body}").text == TEXT


def test_subheads_and_lists_between_paragraphs_stay() -> None:
    body = f"""<div><p>{STORY[0]}</p><h2>Harga di pasar</h2><p>{STORY[1]}</p><ul><li>Beras: Rp12 ribu</li>
    <li>Minyak: Rp14 ribu</li></ul><p>{STORY[2]}</p><h3><a href='/x'>Judul lain</a></h3><p>{STORY[3]}</p></div>"""
    expected = [STORY[0], "Harga di pasar", STORY[1], "Beras: Rp12 ribu", "Minyak: Rp14 ribu", STORY[2], STORY[3]]
    assert read(f"<h1>{TITLE}</h1>{body}").text.split("\n\n") == expected


def test_tags_of_a_box_without_tag_addresses() -> None:
    article = read(f"<h1>{TITLE}</h1>{PARAGRAPHS}<div class='tags'><span>Tags:</span><a>beras</a><a>inflasi</a></div>")
    assert article.tags == ("beras", "inflasi")


def test_dateline_in_a_line_of_its_own() -> None:
    article = read(f"<h1>{TITLE}</h1><div><strong>Cilegaran</strong> - {PARAGRAPHS}</div>")
    assert (article.dateline, article.text, article.story) == ("Cilegaran", f"Cilegaran - {TEXT}", TEXT)
