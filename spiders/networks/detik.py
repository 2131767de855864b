"""detikcom, whose sections are hosts of their own (``finance.detik.com``)."""

from __future__ import annotations

from typing import ClassVar

from scraper.page.rules import SiteRules
from spiders.base import SiteSpider


class DetikSpider(SiteSpider):
    """The number behind ``d-`` is the article. Element names as a saved page of November 2023 has them."""

    start: ClassVar[str] = ""
    article_url = r"^https?://[^/]+/(?!foto)(?:[a-z0-9-]+/)*d-(?P<id>\d+)(?:[/?#]|$)"
    canonical = "https://detik.com/d-{id}"
    rules = SiteRules(
        title="h1.detail__title",
        text="div.detail__body-text",
        published="div.detail__date",
        tags=".detail__body-tag a",
        drop=("p.para_caption", ".lihatjg", ".linksisip", ".parallaxindetail", ".detail__body-tag"),
    )
