"""Tangerang Online, news of Tangerang."""

from __future__ import annotations

from spiders.networks.wordpress import WordPressSpider
from spiders.profile import Expect


class TangerangOnline(WordPressSpider):
    """WordPress with the day in its addresses, as public code quotes them."""

    name = "tangerangonline"
    title = "Tangerang Online"
    region = "36.71"
    tier = "local"
    start = "https://tangerangonline.id/"
    expect = Expect(articles_per_week=20)
    evidence = "reported"
