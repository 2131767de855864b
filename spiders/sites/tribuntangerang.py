"""Tribun Tangerang."""

from __future__ import annotations

from spiders.networks.tribun import TribunSpider
from spiders.profile import Expect


class TribunTangerang(TribunSpider):
    """The network's site for Tangerang Raya."""

    name = "tribuntangerang"
    title = "Tribun Tangerang"
    region = "36.71"
    tier = "local"
    start = "https://tangerang.tribunnews.com/"
    expect = Expect(articles_per_week=80)
    evidence = "reported"
