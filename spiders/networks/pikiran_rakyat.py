"""Regional sites of the Pikiran Rakyat network (``kabarbanten.pikiran-rakyat.com``)."""

from __future__ import annotations

from typing import ClassVar

from spiders.base import SiteSpider


class PikiranRakyatSpider(SiteSpider):
    """The number behind ``pr-`` is the article; ``?page=all`` shows it whole. A site states its own ``canonical``."""

    start: ClassVar[str] = ""
    feeds: ClassVar[tuple[str, ...]] = ("/rss",)
    listings: ClassVar[tuple[str, ...]] = ("/",)
    article_url = r"^https?://[^/]+/(?:amp/)?[a-z0-9-]+/pr-(?P<id>\d+)(?:[/?#]|$)"
    whole_article = "page=all"
