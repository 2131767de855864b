"""Kontan, what it files under Tangerang and Banten."""

from __future__ import annotations

from scraper.page.rules import SiteRules
from spiders.base import SiteSpider
from spiders.profile import Expect


class Kontan(SiteSpider):
    """Its tag pages; ``?page=all`` shows a long article whole. Element names as public scrapers of 2026 read them."""

    name = "kontan"
    title = "Kontan"
    region = "36"
    tier = "national"
    start = "https://www.kontan.co.id/"
    hosts = (
        "regional.kontan.co.id",
        "nasional.kontan.co.id",
        "industri.kontan.co.id",
        "keuangan.kontan.co.id",
        "investasi.kontan.co.id",
    )
    listings = ("/tag/tangerang", "/tag/banten")
    only_listed = True
    article_url = r"^https?://[a-z]+\.kontan\.co\.id/news/[a-z0-9-]+/?(?:[?#]|$)"
    whole_article = "page=all"
    rules = SiteRules(title="h1.detail-desk", published="meta[name='content_PublishedDate']")
    expect = Expect(articles_per_week=5, published_at=0.9)
    evidence = "reported"
