"""Kompas.com, whose sections are hosts of their own (``megapolitan.kompas.com``)."""

from __future__ import annotations

from typing import ClassVar

from scraper.page.rules import SiteRules
from spiders.base import SiteSpider


class KompasSpider(SiteSpider):
    """Day and clock time in the address are the article: it opens under any slug and in any section.

    ``?page=all`` shows it whole. Element names as public scrapers of 2026 read them.
    """

    start: ClassVar[str] = ""
    article_url = r"/read/(?P<id>\d{4}/\d{2}/\d{2}/\d{7,9})(?:[/?#]|$)"
    canonical = "https://kompas.com/read/{id}"
    whole_article = "page=all"
    rules = SiteRules(
        title=".read__title",
        text=".read__content",
        published=".read__time",
        tags="a.tag__article__link",
        drop=("[class^='inject-baca-juga']", "[class^='kompasidRec']"),
    )
