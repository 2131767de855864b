"""Visi Banten, news of the province."""

from __future__ import annotations

from spiders.networks.wordpress import WordPressSpider
from spiders.profile import Expect


class VisiBanten(WordPressSpider):
    """Only its host is known; taken for WordPress like most papers of its kind."""

    name = "visibanten"
    title = "Visi Banten"
    region = "36"
    tier = "regional"
    start = "https://visibanten.com/"
    expect = Expect(articles_per_week=0)
    evidence = "none"
