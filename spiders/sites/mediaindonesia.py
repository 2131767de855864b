"""Media Indonesia, what it files under Tangerang and Banten."""

from __future__ import annotations

from scraper.page.rules import SiteRules
from spiders.base import SiteSpider
from spiders.profile import Expect


class MediaIndonesia(SiteSpider):
    """Its tag pages; the number in the address is the article.

    Element names as a saved page of January 2026 has them.
    """

    name = "mediaindonesia"
    title = "Media Indonesia"
    region = "36"
    tier = "national"
    start = "https://mediaindonesia.com/"
    listings = ("/tag/tangerang", "/tag/banten")
    only_listed = True
    article_url = r"^https?://[^/]+/(?!tag/|author/|page/|foto/|video/)[a-z-]+/(?P<id>\d+)/[a-z0-9-]+"
    canonical = "https://mediaindonesia.com/{id}"
    rules = SiteRules(
        title=".post-header h1",
        text="div.article",
        published="span.datetime",
        tags="ul.related-tags a",
        section="ul.mi-breadcrumb li:last-child",
        drop=("p.related-news", ".flying-carpet", ".ext-channel", ".info-author", "._ap_apex_ad", "figure"),
    )
    expect = Expect(articles_per_week=5, published_at=0.9)
    evidence = "seen"
