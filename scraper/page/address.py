"""The address that a page states for itself (canonical link, Open Graph, JSON-LD), where the page agrees with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from scraper.addresses import is_believed
from scraper.page.structured import Structured


def find_address(root: HtmlElement, data: Structured, url: str | None, *, title: str) -> str:
    """The first stated address that is believed, else ``url``; empty where neither is known.

    Of a page without ``url`` (a saved file) the first statement that names more than a front page is taken.
    """
    for stated in _stated(root, data):
        address = _whole(stated, url)
        if address and (is_believed(address, url, title=title) if url else _names_a_page(address)):
            return address
    return url or ""


def _stated(root: HtmlElement, data: Structured) -> Iterator[str]:
    for node in root.iter("link"):
        if "canonical" in (node.get("rel") or "").lower().split():
            yield node.get("href") or ""
    yield data.first("og:url")
    for key in ("mainEntityOfPage", "url", "@id"):
        yield _address_in(data.article.get(key))


def _address_in(value: Any) -> str:
    """JSON-LD writes an address as a string or as a node with an ``@id``."""
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) else ""


def _whole(stated: str, url: str | None) -> str:
    stated = stated.strip()
    try:
        address = urljoin(url or "", stated) if stated else ""
    except ValueError:
        return ""
    return address if address.startswith(("http://", "https://")) else ""


def _names_a_page(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return len(parts.path) > 1 or bool(parts.query)
