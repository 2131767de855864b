"""WordPress REST: a page of posts to addresses with their dates, and where the list goes on. No network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from scraper.clock import WIB
from scraper.items import DatedBy
from spiders.lists.feeds import Entry

PER_PAGE = 100
"""The most that WordPress gives at once."""
FIELDS = "link,date_gmt,modified_gmt"


def posts_page(url: str, number: int, *, since: date | None = None) -> str:
    """The address of one page of posts, the newest first; ``since`` leaves older ones out."""
    parts = urlsplit(url)
    ours = {"per_page": str(PER_PAGE), "page": str(number), "_fields": FIELDS}
    if since is not None:
        ours["after"] = f"{since.isoformat()}T00:00:00"
    given = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in ours]
    return urlunsplit(parts._replace(query=urlencode([*given, *ours.items()], safe=",:/")))


def read_posts(body: bytes, *, url: str) -> list[Entry]:
    """The entries in their order; what is no list of posts has none. ``url`` makes relative links whole."""
    try:
        posts = json.loads(body)
    except ValueError:
        return []
    return list(_entries(posts, url)) if isinstance(posts, list) else []


def next_posts(url: str, *, found: int, pages: str | None) -> str | None:
    """The following page; ``pages`` is the header ``X-WP-TotalPages``, without it a page that is not full is the last.

    A page behind the last answers 400, so it is never asked.
    """
    query = dict(parse_qsl(urlsplit(url).query))
    number = int(query.get("page", "1")) if query.get("page", "1").isdigit() else 1
    more = number < int(pages) if pages is not None and pages.isdigit() else found >= PER_PAGE
    if not more:
        return None
    parts = urlsplit(url)
    pairs = [(name, str(number + 1) if name == "page" else value) for name, value in parse_qsl(parts.query)]
    return urlunsplit(parts._replace(query=urlencode(pairs, safe=",:/")))


def _entries(posts: list[Any], url: str) -> Iterator[Entry]:
    for post in posts:
        link = post.get("link") if isinstance(post, dict) else None
        if not isinstance(link, str) or not link.strip():
            continue
        stated = str(post.get("date_gmt") or "")
        moment = _moment(stated)
        published = DatedBy(value=moment, evidence="feed", raw=stated) if moment else None
        try:
            yield Entry(urljoin(url, link.strip()), published, _moment(str(post.get("modified_gmt") or "")))
        except ValueError:
            continue


def _moment(raw: str) -> datetime | None:
    """WordPress' time in UTC, as one of western Indonesia; None for the zeros of a draft and for what is no time."""
    try:
        moment = datetime.fromisoformat(raw)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(WIB)
    except (ValueError, OverflowError):
        return None
