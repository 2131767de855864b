"""Liputan6, what it files under Tangerang and Banten."""

from __future__ import annotations

from scraper.page.rules import SiteRules
from spiders.base import SiteSpider
from spiders.profile import Expect


class Liputan6(SiteSpider):
    """Its tag pages (they may need a browser); the number in the address is the article.

    A long story comes in several body elements of one page. Element names as public scrapers of 2026 read them.
    """

    name = "liputan6"
    title = "Liputan6"
    region = "36"
    tier = "national"
    start = "https://www.liputan6.com/"
    listings = ("/tag/tangerang", "/tag/tangerang-selatan", "/tag/banten")
    only_listed = True
    article_url = r"^https?://[^/]+/(?!photo|foto|video|tv)(?:[a-z0-9-]+/)?read/(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://liputan6.com/read/{id}"
    rules = SiteRules(text="div.article-content-body", drop=("[class*='baca-juga']",))
    expect = Expect(articles_per_week=10, published_at=0.9)
    evidence = "reported"
