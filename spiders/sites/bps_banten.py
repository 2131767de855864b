"""BPS Provinsi Banten: its statistical releases."""

from __future__ import annotations

from spiders.networks.bps import BpsSpider
from spiders.profile import Expect


class BpsBanten(BpsSpider):
    """Releases of Provinsi Banten."""

    name = "bps_banten"
    title = "BPS Provinsi Banten"
    region = "36"
    start = "https://banten.bps.go.id/"
    canonical = "https://banten.bps.go.id/pressrelease/{id}"
    expect = Expect(articles_per_week=1)
    evidence = "reported"
