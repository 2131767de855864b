"""RSS and Atom: the bytes of a feed to addresses with their dates. No network."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

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


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a feed."""

    entries: tuple[Entry, ...] = ()
    following: str | None = None
    """Where it goes on, as it says itself or as its system does it; there may be nothing there."""


def read_feed(body: bytes, *, url: str) -> list[Entry]:
    """The entries in the order of the feed; what is no feed has none. ``url`` makes relative links whole."""
    return list(read_feed_page(body, url=url).entries)


def read_feed_page(body: bytes, *, url: str) -> Feed:
    """A feed with the address of its next page."""
    parsed = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)  # a str may name a file
    entries = tuple(_entries(parsed, url))
    return Feed(entries, _following(parsed, url, len(entries)) if entries else None)


def _entries(parsed: Any, url: str) -> Iterator[Entry]:
    for entry in parsed.entries:
        link = str(entry.get("link") or "").strip()
        if link:
            try:
                yield Entry(urljoin(url, link), _published(entry), _moment(entry.get("updated_parsed")))
            except ValueError:
                continue  # an address that cannot be one


def _following(parsed: Any, url: str, found: int) -> str | None:
    """A declared next page (RFC 5005), else ``?paged=N`` of WordPress or ``?start=N`` of Joomla."""
    declared = [str(link.get("href") or "") for link in parsed.feed.get("links", ()) if link.get("rel") == "next"]
    if declared and declared[0]:
        try:
            return urljoin(url, declared[0])
        except ValueError:
            return None
    generator, query = str(parsed.feed.get("generator") or "").lower(), dict(parse_qsl(urlsplit(url).query))
    if "wordpress" in generator or "paged" in query:
        return _with(url, "paged", _number(query.get("paged"), 1) + 1)
    if "joomla" in generator or query.get("format") == "feed" or urlsplit(url).path.endswith(".feed"):
        return _with(url, "start", _number(query.get("start"), 0) + found)
    return None


def _number(raw: str | None, default: int) -> int:
    return int(raw) if raw and raw.isascii() and raw.isdigit() and len(raw) < 7 else default


def _with(url: str, name: str, value: int) -> str:
    parts = urlsplit(url)
    pairs = [(key, given) for key, given in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit(parts._replace(query=urlencode([*pairs, (name, str(value))])))


def _published(entry: Any) -> DatedBy | None:
    moment = _moment(entry.get("published_parsed"))
    return DatedBy(value=moment.astimezone(WIB), evidence="feed", raw=str(entry.get("published"))) if moment else None


def _moment(parsed: Any) -> datetime | None:
    """feedparser's time in UTC as an aware one; None for none and for what no calendar holds."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None
