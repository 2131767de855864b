"""Zona Banten."""

from __future__ import annotations

from spiders.networks.pikiran_rakyat import PikiranRakyatSpider
from spiders.profile import Expect


class ZonaBanten(PikiranRakyatSpider):
    """A site of the Pikiran Rakyat network for the province."""

    name = "zonabanten"
    title = "Zona Banten"
    region = "36"
    tier = "regional"
    start = "https://zonabanten.pikiran-rakyat.com/"
    canonical = "https://zonabanten.pikiran-rakyat.com/pr-{id}"
    expect = Expect(articles_per_week=40)
    evidence = "reported"
