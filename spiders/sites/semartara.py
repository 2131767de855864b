"""Semartara News, Tangerang."""

from __future__ import annotations

from spiders.networks.wordpress import WordPressSpider
from spiders.profile import Expect


class Semartara(WordPressSpider):
    """WordPress; long articles go on at ``/headline/2``, as stored pages show."""

    name = "semartara"
    title = "Semartara News"
    region = "36.71"
    tier = "local"
    start = "https://semartara.news/"
    expect = Expect(articles_per_week=20)
    evidence = "reported"
