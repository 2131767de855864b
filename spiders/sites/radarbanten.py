"""Radar Banten, daily of the province."""

from __future__ import annotations

from spiders.networks.tagdiv import TagDivSpider
from spiders.profile import Expect


class RadarBanten(TagDivSpider):
    """WordPress; the Newspaper theme as public scrapers of past years read it, feed as public feed lists name it."""

    name = "radarbanten"
    title = "Radar Banten"
    region = "36"
    tier = "regional"
    start = "https://www.radarbanten.co.id/"
    expect = Expect(articles_per_week=120)
    evidence = "reported"
