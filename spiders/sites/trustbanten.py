"""Trust Banten."""

from __future__ import annotations

from spiders.networks.pikiran_rakyat import PikiranRakyatSpider
from spiders.profile import Expect


class TrustBanten(PikiranRakyatSpider):
    """A site of the Pikiran Rakyat network for the province, as a stored page shows it."""

    name = "trustbanten"
    title = "Trust Banten"
    region = "36"
    tier = "regional"
    start = "https://banten.pikiran-rakyat.com/"
    canonical = "https://banten.pikiran-rakyat.com/pr-{id}"
    expect = Expect(articles_per_week=0)
    evidence = "seen"
