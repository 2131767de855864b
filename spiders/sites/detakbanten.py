"""Detak Banten, news of the province."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class DetakBanten(SiteSpider):
    """Joomla-like; articles live at ``/section/headline`` (``/today/headline``), as stored pages show them."""

    name = "detakbanten"
    title = "Detak Banten"
    region = "36"
    tier = "regional"
    start = "https://www.detakbanten.com/"
    listings = ("/",)
    article_url = (
        "^https?://[^/]+/(?!component/|search/|tag/|author/|penulis/)[a-z-]+/(?:[a-z0-9]+-){2,}[a-z0-9]+(?:[?#]|$)"
    )
    expect = Expect(articles_per_week=20)
    evidence = "reported"
