"""City government of Tangerang: its releases."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class PemkotTangerang(SiteSpider):
    """The number in ``/berita/detail/123/headline`` is the release; addresses as public code quotes them."""

    name = "pemkot_tangerang"
    title = "Pemerintah Kota Tangerang"
    region = "36.71"
    tier = "government"
    start = "https://www.tangerangkota.go.id/"
    listings = ("/berita",)
    article_url = r"^https?://[^/]+/berita/detail/(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://tangerangkota.go.id/berita/detail/{id}"
    expect = Expect(articles_per_week=20)
    evidence = "reported"
