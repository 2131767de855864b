"""Tangsel Pos, daily of Tangerang Selatan."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class TangselPos(SiteSpider):
    """The number in ``/detail/123/headline`` is the article; addresses as public code quotes them."""

    name = "tangselpos"
    title = "Tangsel Pos"
    region = "36.74"
    tier = "local"
    start = "https://www.tangselpos.id/"
    listings = ("/",)
    article_url = r"^https?://[^/]+/detail/(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://tangselpos.id/detail/{id}"
    expect = Expect(articles_per_week=50)
    evidence = "reported"
