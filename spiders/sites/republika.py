"""Republika, what it files under Tangerang and Banten."""

from __future__ import annotations

from scraper.page.rules import SiteRules
from spiders.base import SiteSpider
from spiders.profile import Expect


class Republika(SiteSpider):
    """Its tag pages; the code of letters and digits in the address is the article, whichever section's host it is on.

    Body element as public scrapers of 2026 read it. Its robots.txt shuts out many crawlers by name.
    """

    name = "republika"
    title = "Republika"
    region = "36"
    tier = "national"
    start = "https://www.republika.co.id/"
    hosts = (
        "news.republika.co.id",
        "ekonomi.republika.co.id",
        "rejabar.republika.co.id",
        "sharia.republika.co.id",
        "esgnow.republika.co.id",
    )
    listings = ("/tag/tangerang", "/tag/tangerang-selatan", "/tag/banten")
    only_listed = True
    article_url = r"^https?://[^/]+/berita/+(?P<id>(?=[a-z]*\d)[a-z0-9]{8,16})(?:[/?#]|$)"
    canonical = "https://republika.co.id/berita/{id}"
    rules = SiteRules(text="div.article-content", drop=(".picked-article",))
    expect = Expect(articles_per_week=10, published_at=0.9)
    evidence = "reported"
