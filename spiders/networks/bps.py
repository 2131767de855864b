"""BPS, the statistics office: the releases of one area, each area on a host of its own (``banten.bps.go.id``)."""

from __future__ import annotations

from typing import ClassVar

from spiders.base import SiteSpider


class BpsSpider(SiteSpider):
    """Press releases (*Berita Resmi Statistik*) only, in Indonesian; day and number in the address are the release."""

    start: ClassVar[str] = ""
    tier = "government"
    listings: ClassVar[tuple[str, ...]] = ("/id/pressrelease",)
    article_url = r"^https?://[^/]+/(?:id/)?pressrelease/(?P<id>\d{4}/\d{2}/\d{2}/\d+)(?:[/?#]|$)"
