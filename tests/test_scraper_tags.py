"""The tags of one article: boxes, labels, hash signs and keywords, never what the whole site is talking about."""

from __future__ import annotations

import pytest

from scraper.page.extract import extract_article

TITLE = "Tekan Harga Beras, Pemkot Cilegaran Gelar Pasar Murah"
STORY = [
    "Pemerintah Kota Cilegaran membuka pasar murah di alun-alun kota untuk menekan harga beras yang naik terus.",
    "Kepala Dinas Perdagangan Budi Santoso mengatakan pasar murah itu menyediakan 12 ton beras dan 4.000 liter minyak.",
    "Warga yang datang sejak pagi mengaku terbantu karena harga beras di pasar sudah menyentuh Rp14 ribu per kilogram.",
]
RICE, MARKET = "<a href='/tag/beras'>beras</a>", "<a href='/tag/pasar-murah'>Pasar Murah</a>"
SOUGHT = "<a href='/cari?q=beras'>beras</a>", "<a href='/cari?q=pasar'>Pasar Murah</a>"
TREND = "<div class='trending'><h4>Trending</h4><a href='/tag/x'>banjir</a><a href='/tag/y'>macet</a></div>"
WANTED = ("beras", "Pasar Murah")


def tags(below: str = "", *, head: str = "") -> tuple[str, ...]:
    paragraphs = "".join(f"<p>{text}</p>" for text in STORY)
    html = f"""<html lang='id'><head><title>{TITLE} - Kabar Cilegaran</title>{head}</head><body><h1>{TITLE}</h1>
    <div class='isi'>{paragraphs}</div>{below}</body></html>"""
    article = extract_article(html.encode(), url="https://kabarcilegaran.test/ekonomi/1/tekan-harga-beras")
    assert article.text == "\n\n".join(STORY)
    return article.tags


@pytest.mark.parametrize(
    "below",
    [
        f"<div class='detail__body-tag'><div class='nav'>{RICE} {MARKET}</div></div>",
        f"<div class='mb10'><h5 class='tagcloud3'>{RICE}</h5><h5 class='tagcloud3'>{MARKET}</h5><div></div></div>",
        f"<div><i>TAG</i><div class='tagging'>{RICE}</div><div class='tagging'>{MARKET}</div></div>",
        f"<div><b>Tags:</b> {SOUGHT[0]}, {SOUGHT[1]}</div>",
        f"<div><h4>Tags</h4><ul><li>{SOUGHT[0]}</li><li>{SOUGHT[1]}</li></ul></div>",
        f"<div><h4>Topik Terkait</h4><ul><li>{SOUGHT[0]}</li><li>{SOUGHT[1]}</li></ul></div>",
        f"<div class='topik'><span>Topik</span> {RICE}{MARKET}</div>",
        "<div class='p'><a href='/t/1'>#beras</a><a href='/t/2'>#Pasar Murah</a></div>",
        "<p>Tags: beras, Pasar Murah</p>",
        "<p>Tag : beras | Pasar Murah</p>",
        "<div>Kata kunci: beras, Pasar Murah</div>",
        "<div>TAGS <span>beras</span> <span>Pasar Murah</span></div>",
        f"{TREND}<div class='tag-article'>{RICE}{MARKET}</div>",
        f"<div class='tags'>{RICE}{MARKET}<a href='/tag'>Selengkapnya</a></div>{TREND}",
    ],
)
def test_tags_at_the_story(below: str) -> None:
    assert tags(below) == WANTED


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='keywords' content='beras, Pasar Murah, berita terkini, Kabar Cilegaran'>",
        "<meta name='news_keywords' content='beras, Pasar Murah'>",
        """<script type='application/ld+json'>{"@type":"NewsArticle","keywords":"beras, Pasar Murah"}</script>""",
        "<meta property='article:tag' content='beras'><meta property='article:tag' content='Pasar Murah'>",
    ],
)
def test_keywords_that_the_story_bears_out(head: str) -> None:
    assert tags(head=head) == WANTED


def test_keywords_complete_a_box_only_with_what_the_story_bears_out() -> None:
    box = f"<div class='tags'>{RICE}</div>"
    assert tags(box, head="<meta name='keywords' content='beras, Pasar Murah'>") == WANTED
    assert tags(box, head="<meta name='keywords' content='beras, resep nasi goreng'>") == ("beras",)


@pytest.mark.parametrize(
    ("below", "head"),
    [
        (TREND, ""),
        (
            "<div class='sidebar'><div class='tagcloud'><a href='/tag/x'>banjir</a></div></div>",
            "",
        ),
        ("", "<meta name='keywords' content='berita terkini, berita hari ini, portal berita, Kabar Cilegaran'>"),
    ],
)
def test_what_the_site_talks_about_is_no_tag(below: str, head: str) -> None:
    assert tags(below, head=head) == ()
