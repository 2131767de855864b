"""Banten Pos, daily of the province."""

from __future__ import annotations

from spiders.networks.wordpress import WordPressSpider
from spiders.profile import Expect


class BantenPos(WordPressSpider):
    """WordPress with the day in its addresses. Stored copies of its pages carry a second host of the same paper."""

    name = "banpos"
    title = "Banten Pos"
    region = "36"
    tier = "regional"
    start = "https://banpos.co/"
    hosts = ("bantensiber.com",)
    expect = Expect(articles_per_week=50)
    evidence = "reported"
