"""Tangselife, news of Tangerang Selatan."""

from __future__ import annotations

from spiders.networks.wordpress import END, LISTS, SLUG, WordPressSpider
from spiders.profile import Expect


class Tangselife(WordPressSpider):
    """WordPress with a section before the headline (``/event/headline/``), as public code quotes it."""

    name = "tangselife"
    title = "Tangselife"
    region = "36.74"
    tier = "local"
    start = "https://tangselife.com/"
    article_url = rf"^https?://[^/]+/{LISTS}[a-z-]+/{SLUG}{END}"
    expect = Expect(articles_per_week=40)
    evidence = "reported"
