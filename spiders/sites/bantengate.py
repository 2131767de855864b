"""Banten Gate, news of the province."""

from __future__ import annotations

from spiders.networks.wordpress import WordPressSpider
from spiders.profile import Expect


class BantenGate(WordPressSpider):
    """Only its host is known; taken for WordPress like most papers of its kind."""

    name = "bantengate"
    title = "Banten Gate"
    region = "36"
    tier = "regional"
    start = "https://bantengate.id/"
    expect = Expect(articles_per_week=0)
    evidence = "none"
