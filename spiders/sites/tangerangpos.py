"""Tangerang Pos, news of Tangerang."""

from __future__ import annotations

from spiders.networks.wordpress import WordPressSpider
from spiders.profile import Expect


class TangerangPos(WordPressSpider):
    """Only its host is known; taken for WordPress like most papers of its kind."""

    name = "tangerangpos"
    title = "Tangerang Pos"
    region = "36.71"
    tier = "local"
    start = "https://tangerangpos.id/"
    expect = Expect(articles_per_week=0)
    evidence = "none"
