"""Kompas.com, what it files under Tangerang and Banten."""

from __future__ import annotations

from spiders.networks.kompas import KompasSpider
from spiders.profile import Expect


class Kompas(KompasSpider):
    """Its tag pages, with the sections that write of the region."""

    name = "kompas"
    title = "Kompas.com"
    region = "36"
    tier = "national"
    start = "https://www.kompas.com/"
    hosts = (
        "megapolitan.kompas.com",
        "regional.kompas.com",
        "money.kompas.com",
        "nasional.kompas.com",
        "properti.kompas.com",
        "umkm.kompas.com",
    )
    listings = ("/tag/tangerang", "/tag/tangerang-selatan", "/tag/banten")
    only_listed = True
    expect = Expect(articles_per_week=20, published_at=0.9)
    evidence = "reported"
