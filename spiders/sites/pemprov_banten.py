"""Government of the province of Banten: its releases."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class PemprovBanten(SiteSpider):
    """Releases are taken to live at ``/berita/headline``, as at sister sites of the province."""

    name = "pemprov_banten"
    title = "Pemerintah Provinsi Banten"
    region = "36"
    tier = "government"
    start = "https://www.bantenprov.go.id/"
    listings = ("/",)
    article_url = "^https?://[^/]+/berita/(?:[a-z0-9]+-){2,}[a-z0-9]+/?(?:[?#]|$)"
    expect = Expect(articles_per_week=0)
    evidence = "none"
