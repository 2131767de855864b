"""BantenNews, news of the province."""

from __future__ import annotations

from scraper.page.rules import SiteRules
from spiders.networks.wordpress import WordPressSpider
from spiders.profile import Expect


class BantenNews(WordPressSpider):
    """WordPress with a newspaper theme."""

    name = "bantennews"
    title = "BantenNews"
    region = "36"
    start = "https://www.bantennews.co.id/"
    rules = SiteRules(text=".td-post-content")
    expect = Expect(articles_per_week=70, published_at=0.95)
