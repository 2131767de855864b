"""Tribun Banten."""

from __future__ import annotations

from spiders.networks.tribun import TribunSpider
from spiders.profile import Expect


class TribunBanten(TribunSpider):
    """The network's site for the province."""

    name = "tribunbanten"
    title = "Tribun Banten"
    region = "36"
    tier = "regional"
    start = "https://banten.tribunnews.com/"
    expect = Expect(articles_per_week=80)
    evidence = "reported"
