"""Warta Tangerang, news of Tangerang."""

from __future__ import annotations

from spiders.networks.wordpress import WordPressSpider
from spiders.profile import Expect


class WartaTangerang(WordPressSpider):
    """Only its host is known; taken for WordPress like most papers of its kind."""

    name = "wartatangerang"
    title = "Warta Tangerang"
    region = "36.71"
    tier = "local"
    start = "https://wartatangerang.com/"
    expect = Expect(articles_per_week=0)
    evidence = "none"
