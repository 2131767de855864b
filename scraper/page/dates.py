"""When a story was published, and how the page shows it; the header's date of today never counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from htmldate import find_date

from scraper.items import DatedBy, DateSource
from scraper.page.dating import Page, day_of
from scraper.page.moments import machine_moment
from scraper.page.shown_dates import date_below, shown_dates
from scraper.page.story_dates import date_in_address, date_in_body
from scraper.page.structured import Structured

META_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "dtk:publishdate",
    "publish_date",
    "content_publisheddate",
    "article.published",
    "article:published",
    "published_time",
    "date.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "originalpublicationdate",
    "publication_date",
    "datecreated",
    "date",
)
"""Meta names that carry the publication date, the surest first."""

_META = re.compile(
    r"(?:pub(?:lish(?:ed)?)?[-_.:]?(?:date|time)|date[-_.:]?pub(?:lish(?:ed)?)?|tanggal[-_]?(?:terbit|publikasi))$"
)
"""Other names of the kind, with whatever an outlet puts before them."""


def find_published(page: Page) -> DatedBy | None:
    """The publication date with its evidence, or None where the page does not tell."""
    pinned = _first_valid(page, ((raw, "byline") for raw in page.pinned))
    if pinned:
        return pinned
    byline = _byline(page)
    stated = _first_valid(page, _stated(page.data))
    if stated is not None:
        return _settled(page, _without_false_zone(stated, byline), byline)
    written = date_in_body(page.body, fetched_at=page.fetched_at)
    return byline or _from_url(page) or date_below(page) or written or _by_arbiter(page)


def find_modified(page: Page) -> datetime | None:
    """The time of the last change that the page states for machines."""
    raws = (page.data.text("dateModified"), page.data.first("article:modified_time", "og:updated_time", "datemodified"))
    for raw in raws:
        moment = machine_moment(raw) if raw else None
        value = moment.value(local=page.local) if moment else None
        if isinstance(value, datetime):
            return value
    return None


def _stated(data: Structured) -> Iterator[tuple[str, DateSource]]:
    yield data.text("datePublished"), "json-ld"
    for node in data.nodes:
        if isinstance(node.get("datePublished"), str) and not data.article:
            yield node["datePublished"], "json-ld"
    for name in META_NAMES:
        for raw in data.meta.get(name, ()):
            yield raw, "meta"
    yield from ((raw, "meta") for name in data.meta if _META.search(name) for raw in data.meta[name])
    yield data.text("dateCreated"), "json-ld"


def _first_valid(page: Page, raws: Iterator[tuple[str, DateSource]]) -> DatedBy | None:
    for raw, source in raws:
        moment = machine_moment(raw) if raw else None
        dated = page.dated(moment, source, raw=raw.strip()) if moment else None
        if dated:
            return dated
    return None


def _without_false_zone(stated: DatedBy, byline: DatedBy | None) -> DatedBy:
    """A ``Z`` whose clock is the visible local clock is local time (seen on large outlets)."""
    value, shown = stated.value, byline.value if byline else None
    if not (isinstance(value, datetime) and isinstance(shown, datetime)) or value.utcoffset() or not shown.utcoffset():
        return stated
    clock = value.replace(tzinfo=shown.tzinfo)
    if abs(clock - shown) < timedelta(minutes=2):
        return DatedBy(value=clock, evidence=stated.evidence, raw=stated.raw)
    return stated


def _settled(page: Page, stated: DatedBy, byline: DatedBy | None) -> DatedBy:
    """Metadata go first; the byline adds or corrects the minute where both mean the same day."""
    if byline is None or not isinstance(byline.value, datetime):
        return stated
    if not isinstance(stated.value, datetime):
        return byline if day_of(byline.value) == stated.value else stated
    gap = abs(stated.value - byline.value)
    modified = find_modified(page)
    if modified and modified > stated.value and abs(modified - byline.value) < timedelta(minutes=2):
        return stated
    return byline if timedelta(minutes=1) <= gap <= timedelta(hours=12) else stated


def _byline(page: Page) -> DatedBy | None:
    """The date that stands with the headline; htmldate decides between days of equal standing."""
    best = shown_dates(page)
    if len({day_of(dated.value) for dated in best}) > 1:
        day = _arbiter_day(page)
        return next((dated for dated in best if day_of(dated.value) == day), best[0])
    return next((dated for dated in best if isinstance(dated.value, datetime)), best[0]) if best else None


def _from_url(page: Page) -> DatedBy | None:
    dates = (date_in_address(address, fetched_at=page.fetched_at) for address in page.addresses)
    return next((dated for dated in dates if dated), None)


def _by_arbiter(page: Page) -> DatedBy | None:
    """On pages in other languages, whose dates we do not read ourselves, htmldate's day is taken."""
    day = _arbiter_day(page) if page.local is None else None
    return DatedBy(value=day, evidence="byline", raw=day.isoformat()) if day else None


def _arbiter_day(page: Page) -> date | None:
    newest = (page.fetched_at or datetime(2100, 1, 1, tzinfo=UTC)).date()
    try:
        found = (
            find_date(page.html, original_date=True, extensive_search=True, max_date=newest.isoformat())
            if page.html
            else None
        )
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
    return date.fromisoformat(found) if found else None
