"""RMOL Banten."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class RmolBanten(SiteSpider):
    """The day and a number in the address (``/politik/read/2026/01/31/123/headline``), as its parent site has it."""

    name = "rmolbanten"
    title = "RMOL Banten"
    region = "36"
    tier = "regional"
    start = "https://www.rmolbanten.id/"
    listings = ("/",)
    article_url = r"^https?://[^/]+/[a-z-]+/read/\d{4}/\d{2}/\d{2}/(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://rmolbanten.id/read/{id}"
    expect = Expect(articles_per_week=0)
    evidence = "none"
