"""Tempo, what it files under Tangerang and Banten."""

from __future__ import annotations

from scraper.page.rules import SiteRules
from spiders.base import SiteSpider
from spiders.profile import Expect


class Tempo(SiteSpider):
    """Its tag pages; the number behind the headline is the article. Body element as public scrapers of 2026 read it.

    Its former hosts (metro.tempo.co, bisnis.tempo.co) counted otherwise and are left out.
    """

    name = "tempo"
    title = "Tempo"
    region = "36"
    tier = "national"
    start = "https://www.tempo.co/"
    listings = ("/tag/tangerang", "/tag/tangerang-selatan", "/tag/banten")
    only_listed = True
    article_url = (
        r"^https?://(?:www\.)?tempo\.co/(?!tag/|penulis/|search|indeks)(?:[a-z-]+/)+[a-z0-9-]+-\d{5,}(?:[/?#]|$)"
    )
    rules = SiteRules(text=".detail-content")
    expect = Expect(articles_per_week=10, published_at=0.9)
    evidence = "reported"
