"""City government of Tangerang Selatan: its releases."""

from __future__ import annotations

from spiders.base import SiteSpider
from spiders.profile import Expect


class PemkotTangsel(SiteSpider):
    """Releases are taken to live at ``/main/news/view/123``, as at a sister site of the city."""

    name = "pemkot_tangsel"
    title = "Pemerintah Kota Tangerang Selatan"
    region = "36.74"
    tier = "government"
    start = "https://tangerangselatankota.go.id/"
    listings = ("/",)
    article_url = r"^https?://[^/]+/(?:main/)?(?:news|berita)/(?:view|detail)/(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://tangerangselatankota.go.id/main/news/view/{id}"
    expect = Expect(articles_per_week=0)
    evidence = "none"
