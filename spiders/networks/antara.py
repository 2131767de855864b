"""Regional bureaus of the news agency ANTARA, each on a host of its own (``banten.antaranews.com``)."""

from __future__ import annotations

from typing import ClassVar

from scraper.page.rules import SiteRules
from spiders.base import SiteSpider


class AntaraSpider(SiteSpider):
    """The number in an address is the article. A bureau states ``start`` and the ``canonical`` of its own host.

    Feed, list and addresses as public feed lists and stored pages show them; element names as public scrapers of 2026
    read them. The page's own date may be a mere weekday: the feed and the header's data tell it.
    """

    start: ClassVar[str] = ""
    feeds: ClassVar[tuple[str, ...]] = ("/rss/terkini.xml",)
    listings: ClassVar[tuple[str, ...]] = ("/terkini",)
    article_url = r"/berita/(?P<id>\d+)(?:[/?#]|$)"
    rules = SiteRules(
        title=".wrap__article-detail-title",
        text=".wrap__article-detail-content.post-content",
        drop=(".baca-juga", "p.text-muted"),
    )
