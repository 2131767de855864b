"""What stands between, before and after a story's paragraphs: parts that extractors lose, and other stories."""

from __future__ import annotations

import pytest

from scraper.page.extract import extract_article

TITLE = "City opens cheap market on the old square"
STORY = [
    "The city of Cilegaran has opened a cheap market on the old square to bring down the price of rice this week.",
    "The head of the trade office said the market would offer twelve tonnes of rice and four thousand litres of oil.",
    "Traders who came in the early morning said that the price in other markets had already passed the old record.",
    "The market will go on for three days in six districts of the city, and it may come back before the holidays.",
]
LOCAL = [
    "Pemerintah Kota Cilegaran membuka pasar murah di alun-alun kota untuk menekan harga beras yang naik terus.",
    "Kepala Dinas Perdagangan mengatakan pasar murah itu menyediakan 12 ton beras dan 4.000 liter minyak goreng.",
    "Warga yang datang sejak pagi mengaku terbantu karena harga beras di pasar sudah menyentuh rekor yang lama.",
    "Pasar murah akan berlangsung selama tiga hari di enam kecamatan dan dapat dibuka lagi sebelum hari raya.",
]
OTHER = "<a href='/other/{0}'>Another story of this site, number {0}</a>"


def lines(body: str, *, language: str = "en") -> list[str]:
    html = f"<html lang='{language}'><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{body}</body></html>"
    return extract_article(html.encode(), url="https://kabar.test/news/1").text.split("\n\n")


def between(part: str, *, story: list[str] = STORY) -> str:
    """A story with one part of markup after its second paragraph."""
    paragraphs = [f"<p>{text}</p>" for text in story]
    return "<div class='story'>" + "".join([*paragraphs[:2], part, *paragraphs[2:]]) + "</div>"


@pytest.mark.parametrize(
    ("part", "kept"),
    [
        ("<h2>What it costs</h2>", ["What it costs"]),
        ("<div class='sub-heading'>What it costs</div>", ["What it costs"]),
        ("<h3><a href='https://shop.test/rice'>Rice, five kilos</a></h3>", ["Rice, five kilos"]),
        ("<ul><li>Rice: 12</li><li>Oil: 14</li></ul>", ["Rice: 12", "Oil: 14"]),
        ("<ul><li><a href='https://shop.test/1'>Get it for 12</a></li></ul>", ["Get it for 12"]),
        (
            "<div class='social-embed'><blockquote class='twitter-tweet'><p>The queue is long.</p>"
            "&mdash; Sari (@sari) April 7, 2021</blockquote></div>",
            ["The queue is long.", "— Sari (@sari) April 7, 2021"],
        ),
        ("<p>______</p>", ["______"]),
    ],
    ids=["subhead", "subhead-class", "linked-offer", "list", "offer-list", "post", "rule"],
)
def test_part_of_the_story_stays(part: str, kept: list[str]) -> None:
    assert lines(between(part)) == [*STORY[:2], *kept, *STORY[2:]]


@pytest.mark.parametrize(
    "part",
    [
        "<ul><li><h4>" + "</h4></li><li><h4>".join(OTHER.format(n) for n in range(3)) + "</h4></li></ul>",
        "<p><strong>DON'T MISS</strong></p>" + "".join(f"<p>{OTHER.format(n)}</p>" for n in range(3)),
        "<ul>" + "".join(f"<li>{OTHER.format(n)}</li>" for n in range(3)) + "</ul>",
        "<aside><p>The paper is read by many people in the city and beyond, every day of the week.</p></aside>",
        "<div class='nrplus-cta'><p>If you like this story you will like our paper, which comes every day.</p></div>",
    ],
    ids=["headlines", "links", "link-list", "aside", "call-to-action"],
)
def test_other_stories_and_offers_of_the_site_go(part: str) -> None:
    assert lines(between(part)) == STORY


def test_single_link_to_another_story_goes_on_indonesian_pages() -> None:
    part = "<p><a href='/lain/2'>Harga cabai turun di dua pasar kota</a></p>"
    assert lines(between(part, story=LOCAL), language="id") == LOCAL


def test_deck_and_date_above_the_story_go() -> None:
    head = """<h2 class='article-subline'>The trade office wants prices to fall before the holidays begin</h2>
    <div class='meta'>April 7, 2021, 9:24 pm</div>"""
    paragraphs = "".join(f"<p>{text}</p>" for text in STORY)
    assert lines(f"<article><div class='story'>{head}{paragraphs}</div></article>") == STORY


def test_link_in_a_sentence_stays_whatever_its_class_says() -> None:
    told = "The office said that <span class='link'><a href='/x'>the mayor will open it</a></span> on Monday morning."
    assert "The office said that the mayor will open it on Monday morning." in lines(between(f"<p>{told}</p>"))


def test_doubled_body_is_read_once() -> None:
    assert lines("<div>" + "".join(f"<p>{text}</p>" for text in [*STORY, *STORY]) + "</div>") == STORY


def boxes(lead: str, between: str = "", *, story: list[str] = LOCAL) -> str:
    """A story whose first paragraph stands in a box of its own."""
    rest = "".join(f"<p>{text}</p>" for text in story[1:])
    return f"<div class='item'>{lead.format(story[0])}{between}<div class='itemFullText'>{rest}</div></div>"


@pytest.mark.parametrize(
    "lead",
    [
        "<div class='itemIntroText'><p>{}</p></div>",
        "<div class='itemIntroText'>{}</div>",
        "<div class='itemIntroText'><p><img src='/a.jpg'>{}</p></div>",
        "<div class='field field-name-field-ringkasan'><div class='field-item'><p>{}</p></div></div>",
        "<div class='entry-excerpt'><p>{}</p></div>",
        "<div class='lead'><strong>{}</strong></div>",
        "<div class='kotak'><p>{}</p></div><figure><img src='/a.jpg'><figcaption>Suasana pasar.</figcaption></figure>",
        "<div class='kotak'><p>{}</p></div><div>ADVERTISEMENT</div>",
    ],
    ids=["k2", "k2-bare", "k2-picture", "drupal-summary", "excerpt", "bold", "picture-between", "advert-between"],
)
def test_lead_in_a_box_of_its_own_stays(lead: str) -> None:
    assert lines(boxes(lead), language="id") == LOCAL


@pytest.mark.parametrize(
    "lead",
    [
        "<div class='standfirst'><p>{}</p></div>",
        "<div class='related'><p>{}</p></div>",
        "<div class='kotak'><a href='/lain'><p>{}</p></a></div>",
        "<figure><img src='/a.jpg'><figcaption>{}</figcaption></figure>",
        "<div class='gambar'><img src='/a.jpg'><p>{}</p></div>",
        "<table><tr><td><img src='/a.jpg'></td></tr><tr><td>{}</td></tr></table>",
        "<p class='site-description'>{}</p><div class='meta'>Selasa, 24 November 2026 10:11 WIB</div>",
    ],
    ids=["deck", "related", "teaser", "caption", "picture-box", "picture-table", "above-the-date"],
)
def test_what_stands_above_the_story_is_no_lead(lead: str) -> None:
    assert lines(boxes(lead), language="id") == LOCAL[1:]


def test_deck_above_a_story_with_its_dateline_goes() -> None:
    story = [LOCAL[0], f"CILEGARAN, KABAR.test - {LOCAL[1]}", *LOCAL[2:]]
    assert lines(boxes("<div class='lead'><p>{}</p></div>", story=story), language="id") == story[1:]


def test_foreign_deck_is_no_lead_but_an_introduction_is() -> None:
    assert lines(boxes("<p class='article__lead'>{}</p>", story=STORY)) == STORY[1:]
    assert lines(boxes("<div class='itemIntroText'><p>{}</p></div>", story=STORY)) == STORY
