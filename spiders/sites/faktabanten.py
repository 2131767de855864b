"""Fakta Banten, news of the province."""

from __future__ import annotations

from spiders.networks.wordpress import END, LISTS, SLUG, STATIC, WordPressSpider
from spiders.profile import Expect


class FaktaBanten(WordPressSpider):
    """WordPress with a section before the headline (``/tangerang/headline/``), as public code quotes it.

    Other addresses are ``/headline`` and ``?p=123``.
    """

    name = "faktabanten"
    title = "Fakta Banten"
    region = "36"
    tier = "regional"
    start = "https://faktabanten.co.id/"
    article_url = rf"^https?://[^/]+/{LISTS}{STATIC}(?:[a-z-]+/)?{SLUG}{END}"
    expect = Expect(articles_per_week=60)
    evidence = "reported"
