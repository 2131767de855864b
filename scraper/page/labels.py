"""What the outlet files a story under, and its picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from scraper.page.rules import SiteRules
from scraper.page.structured import Structured
from scraper.page.text import select
from scraper.page.tree import label_of, text_of

_SECTION_HREF = re.compile(r"^/(?:category/|kategori/|kanal/|rubrik/)?(?P<name>[a-z][a-z-]{2,25})/")
_NO_SECTION = frozenset(
    (
        "read",
        "berita",
        "news",
        "artikel",
        "article",
        "articles",
        "detail",
        "amp",
        "post",
        "index",
        "home",
        "beranda",
        "print",
    )
)


def find_section(root: HtmlElement, data: Structured, rules: SiteRules, *, url: str) -> str | None:
    """The section as the outlet names it, else the first word of the address."""
    ruled = [text_of(node) for node in select(root, rules.section)] if rules.section else []
    stated = [
        *ruled,
        data.text("articleSection"),
        data.first("article:section", "dtk:namakanal", "section"),
        *_categories(root),
        *_breadcrumb(root),
    ]
    section = next((text for text in stated if text and len(text) <= 40 and not text.startswith("http")), None)
    if section is None:
        path = _SECTION_HREF.match(urlsplit(url).path) if url else None
        section = path["name"].replace("-", " ") if path and path["name"] not in _NO_SECTION else None
    return section


def _categories(root: HtmlElement) -> list[str]:
    """The category link that a blog system sets beside the headline."""
    return [text_of(node) for node in root.iter("a") if "category" in (node.get("rel") or "").lower().split()][:1]


def _breadcrumb(root: HtmlElement) -> list[str]:
    """The last link of the breadcrumb; the first one is the home page."""
    for node in root.iter("ul", "ol", "div", "nav"):
        if re.search(r"(?<![a-z])(?:breadcrumbs?|breadcome|[a-z-]*breadcrumb)(?![a-z])", label_of(node)):
            texts = [text_of(link) for link in node.iter("a")]
            return [text for text in texts[1:] if text][-1:]
    return []


def find_image(root: HtmlElement, data: Structured, *, url: str) -> str | None:
    """The absolute http address of the lead image."""
    stated = data.first("og:image", "og:image:url", "twitter:image", "thumbnailurl") or next(
        _image_urls(data.article.get("image")), ""
    )
    try:
        address = urljoin(url, stated) if stated else ""
    except ValueError:
        return None
    return address if address.lower().startswith(("http://", "https://")) else None


def _image_urls(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _image_urls(item)
    elif isinstance(value, dict):
        yield from _image_urls(value.get("url") or value.get("contentUrl"))
