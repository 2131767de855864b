"""Local papers on the Disway platform (``tangerangekspres.disway.id``)."""

from __future__ import annotations

from typing import ClassVar

from spiders.base import SiteSpider


class DiswaySpider(SiteSpider):
    """The number in ``/read/123/slug`` and ``/amp/123/slug`` is the article; a paper states its own ``canonical``."""

    start: ClassVar[str] = ""
    listings: ClassVar[tuple[str, ...]] = ("/",)
    article_url = r"^https?://[^/]+/(?:read|amp)/(?P<id>\d+)(?:[/?#]|$)"
