"""Poskota, what it files under Tangerang and Banten."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class Poskota(SiteSpider):
    """Its tag pages, many of which are empty; the day stands in the address, as public scrapers of 2026 match it."""

    name = "poskota"
    title = "Poskota"
    region = "36"
    tier = "national"
    start = "https://www.poskota.co.id/"
    listings = ("/tag/tangerang", "/tag/banten")
    only_listed = True
    article_url = r"^https?://[^/]+/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/?(?:[?#]|$)"
    expect = Expect(articles_per_week=10)
    evidence = "reported"
