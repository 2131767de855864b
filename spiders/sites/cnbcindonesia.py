"""CNBC Indonesia, what it files under Tangerang and Banten."""

from __future__ import annotations

from scraper.page.rules import SiteRules
from spiders.base import SiteSpider
from spiders.profile import Expect


class CnbcIndonesia(SiteSpider):
    """Its tag pages; the last number in the address is the article. Body element as public scrapers of 2026 read it."""

    name = "cnbcindonesia"
    title = "CNBC Indonesia"
    region = "36"
    tier = "national"
    start = "https://www.cnbcindonesia.com/"
    listings = ("/tag/tangerang", "/tag/tangerang-selatan", "/tag/banten")
    only_listed = True
    article_url = r"^https?://[^/]+/(?!tv/)[a-z-]+/\d{14}-\d+-(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://cnbcindonesia.com/{id}"
    rules = SiteRules(text=".detail-text", drop=("[class^='sisip_']", "[class^='link_sisip']"))
    expect = Expect(articles_per_week=5, published_at=0.9)
    evidence = "reported"
