"""Regional sites of the Tribun network, each on a host of its own (``banten.tribunnews.com``)."""

from __future__ import annotations

from typing import ClassVar

from scraper.page.rules import SiteRules
from spiders.base import SiteSpider


class TribunSpider(SiteSpider):
    """Long articles come in parts; ``?page=all`` shows them whole.

    Element names as a saved page of May 2020 has them, and public scrapers of 2026 still name the body. The feed is in
    public feed lists; the sitemap is the one that the network's main site is scraped by.
    """

    start: ClassVar[str] = ""
    feeds: ClassVar[tuple[str, ...]] = ("/rss",)
    sitemaps: ClassVar[tuple[str, ...]] = ("/sitemap-news.xml",)
    listings: ClassVar[tuple[str, ...]] = ("/",)
    article_url = r"^https?://[^/]+/(?:[a-z0-9-]+/)?\d{4}/\d{2}/\d{2}/[a-z0-9%-]+/?(?:[?#]|$)"
    whole_article = "page=all"
    rules = SiteRules(
        title="h1#arttitle",
        text="div.side-article.txt-article",
        published="div#article time",
        tags="a.rd2[href*='/tag/']",
        drop=("p.baca",),
    )
