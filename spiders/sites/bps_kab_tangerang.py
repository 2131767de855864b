"""BPS Kabupaten Tangerang: its statistical releases."""

from __future__ import annotations

from spiders.networks.bps import BpsSpider
from spiders.profile import Expect


class BpsKabTangerang(BpsSpider):
    """Releases of Kabupaten Tangerang."""

    name = "bps_kab_tangerang"
    title = "BPS Kabupaten Tangerang"
    region = "36.03"
    start = "https://tangerangkab.bps.go.id/"
    canonical = "https://tangerangkab.bps.go.id/pressrelease/{id}"
    expect = Expect(articles_per_week=0)
    evidence = "reported"
