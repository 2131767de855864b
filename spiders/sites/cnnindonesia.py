"""CNN Indonesia, what it files under Tangerang and Banten."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class CnnIndonesia(SiteSpider):
    """Its tag pages; the last number in the address is the article, as public code quotes it."""

    name = "cnnindonesia"
    title = "CNN Indonesia"
    region = "36"
    tier = "national"
    start = "https://www.cnnindonesia.com/"
    listings = ("/tag/tangerang", "/tag/tangerang-selatan", "/tag/banten")
    only_listed = True
    article_url = r"^https?://[^/]+/(?!tv/)[a-z-]+/\d{14}-\d+-(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://cnnindonesia.com/{id}"
    expect = Expect(articles_per_week=10)
    evidence = "reported"
