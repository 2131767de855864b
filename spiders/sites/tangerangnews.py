"""TangerangNews, the daily of Tangerang Raya."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class TangerangNews(SiteSpider):
    """One article has a normal, an amp and a print address; the number in them is the article."""

    name = "tangerangnews"
    title = "TangerangNews"
    region = "36.71"
    start = "https://www.tangerangnews.com/"
    listings = ("/tangsel", "/kota-tangerang", "/kabupaten-tangerang", "/banten", "/bandara")
    article_url = r"/read/(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://tangerangnews.com/read/{id}"
    expect = Expect(articles_per_week=60, published_at=0.95)
