"""Bisnis.com, its section for greater Jakarta."""

from __future__ import annotations

from scraper.page.rules import SiteRules
from spiders.base import SiteSpider
from spiders.profile import Expect


class Bisnis(SiteSpider):
    """The number in the address is the article. Element names as public scrapers of 2026 read them.

    The outlet's topic pages go by numbers that nobody wrote down; the front page of the section stands for them.
    """

    name = "bisnis"
    title = "Bisnis.com"
    region = "36"
    tier = "national"
    start = "https://jakarta.bisnis.com/"
    hosts = ("www.bisnis.com", "ekonomi.bisnis.com", "finansial.bisnis.com")
    listings = ("/",)
    only_listed = True
    article_url = r"^https?://[^/]+/read/\d{8}/\d+/(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://bisnis.com/read/{id}"
    rules = SiteRules(
        title="h1.detailsTitleCaption",
        text="article.detailsContent",
        published=".detailsAttributeDates",
        drop=("[class^='baca-juga-box']",),
    )
    expect = Expect(articles_per_week=10, published_at=0.9)
    evidence = "reported"
