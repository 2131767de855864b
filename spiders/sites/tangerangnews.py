"""TangerangNews, the daily of Tangerang Raya."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class TangerangNews(SiteSpider):
    """One article has a normal, an amp and a print address; the number in them is the article.

    Addresses and sections as stored copies of its pages show them; no feed or sitemap was seen.
    """

    name = "tangerangnews"
    title = "TangerangNews"
    region = "36.71"
    tier = "local"
    start = "https://www.tangerangnews.com/"
    listings = ("/tangsel", "/kota-tangerang", "/kabupaten-tangerang", "/banten", "/bandara")
    article_url = r"^https?://[^/]+/(?:(?:amp/)?(?:[a-z-]+/)?read|print)/(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://tangerangnews.com/read/{id}"
    expect = Expect(articles_per_week=60, published_at=0.95)
    evidence = "seen"
