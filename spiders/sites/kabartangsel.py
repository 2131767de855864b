"""Kabar Tangsel, news of Tangerang Selatan."""

from __future__ import annotations

from spiders.networks.wordpress import WordPressSpider
from spiders.profile import Expect


class KabarTangsel(WordPressSpider):
    """WordPress; ``?amp=1`` and ``?p=`` addresses exist beside ``/headline``. Dates beside the story are relative."""

    name = "kabartangsel"
    title = "Kabar Tangsel"
    region = "36.74"
    tier = "local"
    start = "https://kabartangsel.com/"
    expect = Expect(articles_per_week=30)
    evidence = "reported"
