"""ANTARA, Banten bureau."""

from __future__ import annotations

from spiders.networks.antara import AntaraSpider
from spiders.profile import Expect


class AntaraBanten(AntaraSpider):
    """The news agency's site for the province."""

    name = "antara_banten"
    title = "ANTARA Banten"
    region = "36"
    tier = "regional"
    start = "https://banten.antaranews.com/"
    canonical = "https://banten.antaranews.com/berita/{id}"
    expect = Expect(articles_per_week=50, published_at=0.95)
    evidence = "reported"
