"""Banten Ekspres, daily of the province."""

from __future__ import annotations

from spiders.networks.wordpress import WordPressSpider
from spiders.profile import Expect


class BantenEkspres(WordPressSpider):
    """WordPress with the day in its addresses; long articles go on at ``/headline/2``, as stored pages show."""

    name = "bantenekspres"
    title = "Banten Ekspres"
    region = "36"
    tier = "regional"
    start = "https://www.bantenekspres.co.id/"
    expect = Expect(articles_per_week=60)
    evidence = "seen"
