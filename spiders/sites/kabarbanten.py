"""Kabar Banten, daily of the province."""

from __future__ import annotations

from spiders.networks.pikiran_rakyat import PikiranRakyatSpider
from spiders.profile import Expect


class KabarBanten(PikiranRakyatSpider):
    """The paper's site in the Pikiran Rakyat network; kabarbanten.com is another one and no host of this source."""

    name = "kabarbanten"
    title = "Kabar Banten"
    region = "36"
    tier = "regional"
    start = "https://kabarbanten.pikiran-rakyat.com/"
    canonical = "https://kabarbanten.pikiran-rakyat.com/pr-{id}"
    expect = Expect(articles_per_week=80)
    evidence = "reported"
