"""SINDOnews, what it files under Tangerang and Banten."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class Sindonews(SiteSpider):
    """Its tag pages; the number behind ``/read/`` is the article, as public code quotes it."""

    name = "sindonews"
    title = "SINDOnews"
    region = "36"
    tier = "national"
    start = "https://www.sindonews.com/"
    hosts = ("metro.sindonews.com", "daerah.sindonews.com", "ekbis.sindonews.com")
    listings = ("/tag/tangerang", "/tag/banten")
    only_listed = True
    article_url = r"/read/(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://sindonews.com/read/{id}"
    expect = Expect(articles_per_week=10)
    evidence = "reported"
