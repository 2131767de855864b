"""Government of Kabupaten Tangerang: its releases."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class PemkabTangerang(SiteSpider):
    """The number in ``/detail-konten/show-berita/123`` is the release.

    Addresses as the site's own public code of past years makes them.
    """

    name = "pemkab_tangerang"
    title = "Pemerintah Kabupaten Tangerang"
    region = "36.03"
    tier = "government"
    start = "https://tangerangkab.go.id/"
    listings = ("/",)
    article_url = r"^https?://[^/]+/detail-konten/show-berita/(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://tangerangkab.go.id/detail-konten/show-berita/{id}"
    expect = Expect(articles_per_week=10)
    evidence = "reported"
