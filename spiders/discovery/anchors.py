"""The links of a page with what a reader sees of them: their words, and whether they stand in a menu. No network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement
from scrapy.http import TextResponse

from scraper.errors import ExtractionError
from scraper.page.decode import decode
from scraper.page.tree import label_of, parse, text_of

_MENU = re.compile(
    r"(?<![a-z])(?:nav|header|topbar|masthead|breadcrumbs?|foot|footer|kanal|rubrik)(?![a-z])|menu|navbar|navigation"
)
_FOOT = re.compile(r"(?<![a-z])(?:foot|copyright|colophon)(?![a-z])|footer")
_STORY = frozenset(("article", "main"))
_MORE = re.compile(
    r"\W*(?:baca(?: (?:selengkapnya|juga|lebih lanjut|artikel|berita))?|selengkapnya|lanjut(?:kan)?(?: membaca)?"
    r"|read more|continue reading|more|detail|lihat(?: semua| selengkapnya| detail)?|lainnya)\W*",
    re.I,
)
_ARROWS = " «»‹›→←<>|•"
_LEAD_IN = re.compile(
    r"^(?:(?:berita |artikel )?(?:sebelum|selanjut|berikut)nya|baca juga|simak juga|next|previous|prev)\s*[:»›-]\s*",
    re.I,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CARD = 600
_MENU_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """One link of a page."""

    url: str
    """Whole, without fragment."""
    words: str
    """What stands on it; for a picture or a "read more" the heading beside it."""
    menu: bool = False
    """Whether it belongs to a menu, a header or a footer."""
    foot: bool = False
    """Whether it stands in the footer."""


def tree_of(response: TextResponse) -> HtmlElement | None:
    """The page of an answer; None where it holds no HTML."""
    declared = (response.headers.get("Content-Type") or b"").decode("latin-1")
    try:
        return parse(decode(response.body, content_type=declared))
    except ExtractionError:
        return None


def base_of(root: HtmlElement, url: str) -> str:
    """What relative links are seen from."""
    stated = next((node.get("href") or "" for node in root.iter("base")), "")
    return whole_address(url, stated) or url if stated else url


def anchors(root: HtmlElement, url: str) -> list[Anchor]:
    """All links to web pages, in the page's order; one address may come more than once."""
    base = base_of(root, url)
    return list(_anchors(root, base))


def _anchors(root: HtmlElement, base: str) -> Iterator[Anchor]:
    for node in root.iter("a", "area"):
        address = whole_address(base, (node.get("href") or "").strip())
        if address:
            places = [part for part in node.iterancestors() if part.tag not in ("body", "html")]
            words = _LEAD_IN.sub("", _words(node).strip(_ARROWS))
            menu = 0 < len(words.split()) <= _MENU_WORDS and any(_is_menu(place) for place in places)
            foot = any(place.tag == "footer" or _FOOT.search(label_of(place)) for place in places)
            yield Anchor(url=address, words=words, menu=menu, foot=foot)


def _is_menu(place: HtmlElement) -> bool:
    if place.tag in ("nav", "header", "footer"):
        return not any(parent.tag in _STORY for parent in place.iterancestors())
    return place.tag not in _STORY and _MENU.search(label_of(place)) is not None


def whole_address(base: str, href: str) -> str:
    """The whole address of a link without its fragment; empty for what leads to no other page."""
    if not href or href.startswith("#"):
        return ""
    try:
        address = urljoin(base, href).partition("#")[0]
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


def _words(node: HtmlElement) -> str:
    """The text of a link; where it says nothing, its title, its picture's, or the heading of its card."""
    heading = next((text_of(part) for tag in _HEADINGS for part in node.iter(tag)), "")
    blocks = (text_of(part) for part in node.iterdescendants("div", "p", "span"))
    text = heading or next((block for block in blocks if len(block.split()) >= _MENU_WORDS), "") or text_of(node)
    if text and not _MORE.fullmatch(text):
        return text
    pictured = next((part.get("alt") or "" for part in node.iter("img") if part.get("alt")), "")
    return (node.get("title") or "").strip() or pictured.strip() or _beside(node) or text


def _beside(node: HtmlElement) -> str:
    """The heading in the small block around a link."""
    for block in list(node.iterancestors())[:4]:
        found = [text_of(part) for tag in _HEADINGS for part in block.iter(tag)]
        if found:
            return found[0] if len(found) == 1 and len(text_of(block)) <= _CARD else ""
    return ""
