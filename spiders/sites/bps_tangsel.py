"""BPS Kota Tangerang Selatan: its statistical releases."""

from __future__ import annotations

from spiders.networks.bps import BpsSpider
from spiders.profile import Expect


class BpsTangsel(BpsSpider):
    """Releases of Kota Tangerang Selatan."""

    name = "bps_tangsel"
    title = "BPS Kota Tangerang Selatan"
    region = "36.74"
    start = "https://tangselkota.bps.go.id/"
    canonical = "https://tangselkota.bps.go.id/pressrelease/{id}"
    expect = Expect(articles_per_week=0)
    evidence = "reported"
