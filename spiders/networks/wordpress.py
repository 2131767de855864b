"""Sites on WordPress with its usual addresses."""

from __future__ import annotations

from typing import ClassVar

from spiders.base import SiteSpider


class WordPressSpider(SiteSpider):
    """Its feed has the newest posts, its front page the lists; articles live at ``/slug`` or ``/2026/01/31/slug``."""

    start: ClassVar[str] = ""
    feeds = ("/feed/",)
    listings = ("/",)
    article_url = r"^https?://[^/]+/(?:\d{4}/\d{2}/(?:\d{2}/)?)?(?:[a-z0-9]+-){2,}[a-z0-9]+/?(?:[?#]|$)"
