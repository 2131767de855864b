"""Secretariat of the city of Tangerang: its releases."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class SetdaTangerang(SiteSpider):
    """Releases live at ``/berita/headline``, as stored pages show them."""

    name = "setda_tangerang"
    title = "Sekretariat Daerah Kota Tangerang"
    region = "36.71"
    tier = "government"
    start = "https://setda.tangerangkota.go.id/"
    listings = ("/berita",)
    article_url = "^https?://[^/]+/berita/(?:[a-z0-9]+-){2,}[a-z0-9]+(?:[/?#]|$)"
    expect = Expect(articles_per_week=0)
    evidence = "reported"
