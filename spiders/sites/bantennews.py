"""BantenNews, news of the province."""

from __future__ import annotations

from spiders.networks.tagdiv import TagDivSpider
from spiders.profile import Expect


class BantenNews(TagDivSpider):
    """WordPress with the Newspaper theme; articles live at ``/headline``."""

    name = "bantennews"
    title = "BantenNews"
    region = "36"
    tier = "regional"
    start = "https://www.bantennews.co.id/"
    expect = Expect(articles_per_week=70, published_at=0.95)
    evidence = "reported"
