"""IDN Times, Banten."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class IdnTimesBanten(SiteSpider):
    """Articles live two sections deep (``/news/banten/headline``), as public scrapers of 2026 match them.

    The writer's name may stand before the headline.
    """

    name = "idntimes_banten"
    title = "IDN Times Banten"
    region = "36"
    tier = "regional"
    start = "https://banten.idntimes.com/"
    listings = ("/",)
    article_url = "^https?://[^/]+/(?!tag/|profile/|author/|search)[a-z-]+/[a-z-]+/(?:[a-z0-9-]+/)?(?:[a-z0-9]+-){3,}[a-z0-9]+/?(?:[?#]|$)"
    expect = Expect(articles_per_week=20)
    evidence = "reported"
