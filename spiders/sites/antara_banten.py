"""ANTARA, Banten bureau."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class AntaraBanten(SiteSpider):
    """The news agency's regional site; the number in an address is the article."""

    name = "antara_banten"
    title = "ANTARA Banten"
    region = "36"
    start = "https://banten.antaranews.com/"
    feeds = ("/rss/terkini.xml",)
    listings = ("/terkini",)
    article_url = r"/berita/(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://banten.antaranews.com/berita/{id}"
    expect = Expect(articles_per_week=50, published_at=0.95)
