"""Banten Raya, daily of the province."""

from __future__ import annotations

from spiders.networks.promedia import PromediaSpider
from spiders.profile import Expect


class BantenRaya(PromediaSpider):
    """A paper of the Promedia platform; addresses as stored pages show them."""

    name = "bantenraya"
    title = "Banten Raya"
    region = "36"
    tier = "regional"
    start = "https://www.bantenraya.com/"
    canonical = "https://bantenraya.com/{id}"
    expect = Expect(articles_per_week=60)
    evidence = "seen"
