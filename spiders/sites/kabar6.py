"""Kabar6, news of Tangerang Raya."""

from __future__ import annotations

from spiders.networks.wordpress import WordPressSpider
from spiders.profile import Expect


class Kabar6(WordPressSpider):
    """WordPress; it may refuse visitors from data centres.

    Sections as stored copies of its lists show them, articles as public code quotes them. An article's
    ``rel=next`` names another one.
    """

    name = "kabar6"
    title = "Kabar6"
    region = "36"
    tier = "local"
    start = "https://kabar6.com/"
    listings = ("/category/tangerang-raya/", "/category/banten/")
    expect = Expect(articles_per_week=50, published_at=0.9)
    evidence = "reported"
