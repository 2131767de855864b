"""iNews, Banten."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class INewsBanten(SiteSpider):
    """Articles live at ``/read/123/headline``, as public code quotes it; amp pages go on at ``/2``."""

    name = "inews_banten"
    title = "iNews Banten"
    region = "36"
    tier = "regional"
    start = "https://banten.inews.id/"
    listings = ("/",)
    article_url = r"^https?://[^/]+/(?:amp/)?read/(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://banten.inews.id/read/{id}"
    expect = Expect(articles_per_week=20)
    evidence = "reported"
