"""RSS and Atom: the bytes of a feed to addresses with their dates. No network."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import feedparser

from scraper.clock import WIB
from scraper.items import DatedBy


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed or sitemap."""

    url: str
    published: DatedBy | None = None
    changed: datetime | None = None
    """Aware; last change, where no publication is stated."""


def read_feed(body: bytes, *, url: str) -> list[Entry]:
    """The entries in the order of the feed; what is no feed has none. ``url`` makes relative links whole."""
    parsed = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)  # a str may name a file
    return list(_entries(parsed, url))


def _entries(parsed: Any, url: str) -> Iterator[Entry]:
    for entry in parsed.entries:
        link = str(entry.get("link") or "").strip()
        if link:
            try:
                yield Entry(urljoin(url, link), _published(entry), _moment(entry.get("updated_parsed")))
            except ValueError:
                continue  # an address that cannot be one


def _published(entry: Any) -> DatedBy | None:
    moment = _moment(entry.get("published_parsed"))
    return DatedBy(value=moment.astimezone(WIB), evidence="feed", raw=str(entry.get("published"))) if moment else None


def _moment(parsed: Any) -> datetime | None:
    """feedparser's time in UTC as an aware one; None for none and for what no calendar holds."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None
