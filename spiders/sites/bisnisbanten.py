"""Bisnis Banten, economic news of the province."""

from __future__ import annotations

from spiders.networks.wordpress import WordPressSpider
from spiders.profile import Expect


class BisnisBanten(WordPressSpider):
    """WordPress, articles at ``/headline`` as stored pages show them; it may refuse visitors from data centres."""

    name = "bisnisbanten"
    title = "Bisnis Banten"
    region = "36"
    tier = "regional"
    start = "https://bisnisbanten.com/"
    expect = Expect(articles_per_week=20)
    evidence = "reported"
