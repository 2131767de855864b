"""Lensa Fokus, news of Kabupaten Tangerang and Banten."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class LensaFokus(SiteSpider):
    """Joomla with K2: feed and list can be paged back to the beginning (``?start=90``), as stored pages show them.

    Articles are taken to live at K2's usual ``/section/item/123-headline``.
    """

    name = "lensafokus"
    title = "Lensa Fokus"
    region = "36.03"
    tier = "local"
    start = "https://www.lensafokus.id/"
    feeds = ("/banten/content/38-banten.feed?type=rss",)
    listings = ("/banten/content/38-banten",)
    article_url = r"^https?://[^/]+/(?:[a-z0-9-]+/)+item/(?P<id>\d+)(?:-|[/?#]|$)"
    canonical = "https://lensafokus.id/item/{id}"
    expect = Expect(articles_per_week=20)
    evidence = "none"
