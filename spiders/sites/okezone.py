"""Okezone, what it files under Tangerang and Banten."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class Okezone(SiteSpider):
    """Its tag pages; the last number in ``/read/2026/01/31/338/123/headline`` is the article.

    Addresses as public scrapers of 2026 match them.
    """

    name = "okezone"
    title = "Okezone"
    region = "36"
    tier = "national"
    start = "https://www.okezone.com/"
    hosts = ("news.okezone.com", "megapolitan.okezone.com", "economy.okezone.com")
    listings = ("/tag/tangerang", "/tag/banten")
    only_listed = True
    article_url = r"/read/\d{4}/\d{2}/\d{2}/\d+/(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://okezone.com/read/{id}"
    expect = Expect(articles_per_week=10)
    evidence = "reported"
