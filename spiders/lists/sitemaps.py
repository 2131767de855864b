"""Sitemaps, plain or gzip: the bytes of a urlset, a news sitemap or an index to addresses with dates. No network."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from urllib.parse import urljoin

from lxml import etree

from scraper.clock import WIB
from scraper.items import DatedBy
from spiders.lists.feeds import Entry, read_feed

MAX_BYTES = 50 * 1024 * 1024
"""What a sitemap may unpack to: the limit of the protocol itself."""
GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one sitemap says."""

    articles: tuple[Entry, ...] = ()
    children: tuple[Entry, ...] = ()
    """Further sitemaps, where this is an index."""


def read_sitemap(body: bytes, *, url: str) -> Sitemap:
    """The entries in the file's order. A feed or a list of lines is read too; what is none of these says nothing."""
    body = _unpacked(body).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not body.startswith(b"<"):
        return Sitemap(
            tuple(Entry(line) for line in body.decode("utf-8", "replace").split() if line.startswith("http"))
        )
    kind, entries = _read_xml(body, url)
    if kind == "sitemapindex":
        return Sitemap(children=tuple(entries))
    return Sitemap(articles=tuple(entries) if kind == "urlset" else tuple(read_feed(body, url=url)))


def _unpacked(body: bytes) -> bytes:
    """Without gzip; of a broken or huge file what comes out up to the limit."""
    if not body.startswith(GZIP):
        return body
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, MAX_BYTES)
    except zlib.error:
        return b""


def _read_xml(body: bytes, url: str) -> tuple[str, list[Entry]]:
    kind = ""
    entries: list[Entry] = []
    events = etree.iterparse(
        BytesIO(body), events=("start", "end"), recover=True, resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        for event, node in events:
            kind = kind or _name(node)
            if event == "end" and _name(node) in ("url", "sitemap"):
                entries.extend(_entry(node, url))
                node.clear()
    except etree.XMLSyntaxError:
        pass  # broken in the middle: what was whole counts
    broken_off = not body.rstrip().endswith(b">")
    return kind, entries[:-1] if broken_off else entries


def _entry(node: etree._Element, url: str) -> Iterator[Entry]:
    values = {_name(part): (part.text or "").strip() for part in node.iterdescendants() if _name(part) != "image"}
    address = next(((part.text or "").strip() for part in node if _name(part) == "loc"), "")
    if not address:
        return
    stated = values.get("publication_date", "")
    moment = parse_moment(stated)
    published = DatedBy(value=moment, evidence="feed", raw=stated) if moment else None
    try:
        yield Entry(urljoin(url, address), published, parse_moment(values.get("lastmod", "")))
    except ValueError:
        return


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname.lower() if isinstance(node.tag, str) else ""


def parse_moment(raw: str) -> datetime | None:
    """A W3C date or time, aware, in western Indonesia; None for anything else."""
    try:
        moment = datetime.fromisoformat(raw)
        return moment.astimezone(WIB) if moment.tzinfo else moment.replace(tzinfo=WIB)
    except (ValueError, OverflowError):
        return None
