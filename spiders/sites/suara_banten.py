"""Suara.com, Banten."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class SuaraBanten(SiteSpider):
    """Day and clock time in the address are the article. Address and sitemap as public code quotes them."""

    name = "suara_banten"
    title = "Suara Banten"
    region = "36"
    tier = "regional"
    start = "https://banten.suara.com/"
    sitemaps = ("/static/news/banten-sitemap.xml",)
    listings = ("/",)
    article_url = r"^https?://[^/]+/read/(?P<id>\d{4}/\d{2}/\d{2}/\d{6})(?:[/?#]|$)"
    canonical = "https://banten.suara.com/read/{id}"
    expect = Expect(articles_per_week=40)
    evidence = "reported"
