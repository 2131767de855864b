"""Pena Merdeka, news of Tangerang."""

from __future__ import annotations

from spiders.networks.wordpress import WordPressSpider
from spiders.profile import Expect


class PenaMerdeka(WordPressSpider):
    """WordPress whose addresses end in the headline and ``.html`` behind a number, as stored pages show them."""

    name = "penamerdeka"
    title = "Pena Merdeka"
    region = "36.71"
    tier = "local"
    start = "https://www.penamerdeka.com/"
    article_url = r"^https?://[^/]+/(?P<id>\d+)/[a-z0-9%-]+\.html(?:[?#]|$)"
    canonical = "https://penamerdeka.com/{id}"
    expect = Expect(articles_per_week=20)
    evidence = "reported"
