"""Ekbis Banten, economic news of the province."""

from __future__ import annotations

from spiders.networks.wordpress import WordPressSpider
from spiders.profile import Expect


class EkbisBanten(WordPressSpider):
    """WordPress; it may refuse visitors from data centres. Stored pages show ``?p=`` addresses beside ``/headline``."""

    name = "ekbisbanten"
    title = "Ekbis Banten"
    region = "36"
    tier = "regional"
    start = "https://ekbisbanten.com/"
    expect = Expect(articles_per_week=40)
    evidence = "reported"
