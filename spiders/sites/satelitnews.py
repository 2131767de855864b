"""Satelit News, daily of Tangerang."""

from __future__ import annotations

from spiders.networks.wordpress import END, WordPressSpider
from spiders.profile import Expect


class SatelitNews(WordPressSpider):
    """WordPress with the number before the headline (``/161281/headline/``); it may refuse visitors from data centres.

    Addresses as public code quotes them. Its older hosts (.id, .co.id) are left out: who owns them now is not known.
    """

    name = "satelitnews"
    title = "Satelit News"
    region = "36.71"
    tier = "local"
    start = "https://www.satelitnews.com/"
    article_url = rf"^https?://[^/]+/(?P<id>\d+)/[a-z0-9%-]+{END}"
    canonical = "https://satelitnews.com/{id}"
    expect = Expect(articles_per_week=70)
    evidence = "reported"
