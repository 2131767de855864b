"""Local papers on the Promedia platform (``www.bantenraya.com``)."""

from __future__ import annotations

from typing import ClassVar

from spiders.base import SiteSpider


class PromediaSpider(SiteSpider):
    """The number between section and slug (``/ekonomi/12345678/slug``) is the article; a paper states ``canonical``."""

    start: ClassVar[str] = ""
    listings: ClassVar[tuple[str, ...]] = ("/",)
    article_url = r"^https?://[^/]+/(?:amp/)?[a-z0-9-]+/(?P<id>\d{7,})(?:[/?#]|$)"
