"""detikcom, what it files under Tangerang and Banten."""

from __future__ import annotations

from spiders.networks.detik import DetikSpider
from spiders.profile import Expect


class Detik(DetikSpider):
    """Its tag pages, newest first; articles of every section may be on them."""

    name = "detik"
    title = "detikcom"
    region = "36"
    tier = "national"
    start = "https://www.detik.com/"
    hosts = (
        "news.detik.com",
        "finance.detik.com",
        "travel.detik.com",
        "food.detik.com",
        "oto.detik.com",
        "health.detik.com",
        "inet.detik.com",
    )
    listings = ("/tag/tangerang/?sortby=time", "/tag/tangerang-selatan/?sortby=time", "/tag/banten/?sortby=time")
    only_listed = True
    expect = Expect(articles_per_week=20, published_at=0.9)
    evidence = "seen"
