"""Pages that list articles: the links on them, and where the list goes on. No network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.etree import XPath
from parsel import Selector

from scraper.urls import normalise_url, page_number
from spiders.lists.embedded import embedded_addresses

NEXT_WORDS = re.compile(
    r"\W*(?:(?:halaman )?(?:selanjut|berikut)nya|next(?: page)?|older(?: posts| entries)?|lebih lama"
    r"|(?:hari|tanggal) sebelumnya)\W*|[»›>→]+",
    re.IGNORECASE,
)
DECLARED_NEXT = "link[rel~=next], a[rel~=next]"
STYLED_NEXT = "a.next, .next > a, a.nextpostslink, .pagination-next a"
_LINKED: Callable[[Any], Any] = XPath("descendant-or-self::*[@href and (self::a or self::area) or @data-href]")


def links(page: Selector, url: str) -> list[str]:
    """Addresses of all links of a page, whole, each once, in its order; then those in its embedded data."""
    base = _base(page, url)
    written = (element.get("href") or element.get("data-href") or "" for element in _LINKED(page.root))
    found = dict.fromkeys(href for way in (written, embedded_addresses(page)) for href in way)
    return list(dict.fromkeys(address for href in found if (address := _address(href, base))))


def next_page(page: Selector, url: str, linked: Iterable[str], *, is_article: Callable[[str], bool]) -> str | None:
    """Where a list goes on; None at its end. ``linked`` are the page's links.

    What the page declares as its next one, else the link with the next number, else what it calls or styles so.
    ``is_article`` tells addresses that are no list, however they are called.
    """
    base, number = _base(page, url), page_number(url)
    counted = [link for link in linked if page_number(link) == number + 1 and _list_of(link) == _list_of(url)]
    named = [anchor for anchor in page.css("a[href]") if NEXT_WORDS.fullmatch(_words(anchor))]
    ways = (_whole(page.css(DECLARED_NEXT), base), counted, _whole(named, base), _whole(page.css(STYLED_NEXT), base))
    following = (link for way in ways for link in way if link != url and not is_article(link))
    return next(following, None)


def last_page(url: str, linked: Iterable[str]) -> str | None:
    """The page of a list with the greatest number that ``linked`` names; None where no later one is linked."""
    later = (link for link in linked if page_number(link) > page_number(url) and _list_of(link) == _list_of(url))
    return max(later, key=page_number, default=None)


def _whole(anchors: Iterable[Selector], base: str) -> Iterator[str]:
    for anchor in anchors:
        if address := _address(anchor.attrib.get("href") or "", base):
            yield address


def _address(href: str, base: str) -> str | None:
    """A link as a whole web address without fragment; None for what is none."""
    href = href.strip()
    if not href or href.startswith(("#", "javascript:")):
        return None
    try:
        if href.startswith(("https://", "http://")):
            urlsplit(href)  # raises for what cannot be read
            return href.partition("#")[0].removesuffix("?")
        address = urljoin(base, href).partition("#")[0]
        return address if address.startswith(("https://", "http://")) else None
    except ValueError:
        return None


def _base(page: Selector, url: str) -> str:
    stated = page.css("base[href]::attr(href)").get()
    try:
        return urljoin(url, stated) if stated else url
    except ValueError:
        return url


def _words(anchor: Selector) -> str:
    return " ".join("".join(anchor.css("::text").getall()).split())


def _list_of(url: str) -> str:
    """The address of a list without its page number, whatever session or campaign it names beside."""
    parts = urlsplit(normalise_url(url))
    path = re.sub(r"/(?:page|halaman|p)?/?\d+/?$", "", parts.path).rstrip("/")
    query = re.sub(r"(?:^|&)(?:page|paged|halaman|hal|pg)=\d+", "", parts.query)
    return f"{parts.netloc}{path}?{query}"
