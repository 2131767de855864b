"""BPS Kota Tangerang: its statistical releases."""

from __future__ import annotations

from spiders.networks.bps import BpsSpider
from spiders.profile import Expect


class BpsKotaTangerang(BpsSpider):
    """Releases of Kota Tangerang."""

    name = "bps_kota_tangerang"
    title = "BPS Kota Tangerang"
    region = "36.71"
    start = "https://tangerangkota.bps.go.id/"
    canonical = "https://tangerangkota.bps.go.id/pressrelease/{id}"
    expect = Expect(articles_per_week=0)
    evidence = "reported"
