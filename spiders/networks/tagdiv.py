"""WordPress sites with the Newspaper theme of tagDiv."""

from __future__ import annotations

from typing import ClassVar

from scraper.page.rules import SiteRules
from spiders.networks.wordpress import WordPressSpider


class TagDivSpider(WordPressSpider):
    """Its element names as public scrapers of 2026 read them: headline, body, date with its zone, tag list.

    Newer block templates of the theme lack them; the generic path reads those.
    """

    start: ClassVar[str] = ""
    rules = SiteRules(
        title="h1.entry-title",
        text="div.td-post-content",
        published="time.entry-date[datetime]",
        tags="ul.td-tags a",
    )
