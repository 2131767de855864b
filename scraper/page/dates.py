"""When a story was published, and how the page shows it; the header's date of today never counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from htmldate import find_date

from scraper.clock import WIB
from scraper.items import DatedBy, DateSource
from scraper.page.layout import Layout, Line
from scraper.page.moments import Moment, machine_moment, moments_in
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

_FIRST_YEAR = 1995
_UPDATED = re.compile(
    r"\b(?:diperbarui|diperbaharui|terakhir diubah|update[ds]?|last modified|modified|diedit)\b", re.I
)
_DATE_CLASS = re.compile(
    r"(?<![a-z])(?:date\w*|tgl|tanggal|time\w*|waktu|publish\w*|byline\w*|meta|info|jam|schedule|read__time)(?![a-z])"
)
_SPEECH = re.compile(
    r"\b(?:ujar|kata|tutur|ungkap|jelas|terang|papar|tegas|imbuh|tambah|sebut|ucap|pungkas)(?:nya|kan)?\b|\bmen\w+kan\b|\bketerangan"
    r"|\bkonfirmasi|\bditemui|\bdihubungi|\bdikutip|\brilis",
    re.I,
)
_URL_TIMED = re.compile(r"/((?:19|20)\d\d)/([01]\d)/([0-3]\d)/([0-2]\d)([0-5]\d)([0-5]\d)\d{0,4}(?:/|$)")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=\D|$)|[-_/](20\d\d)-([01]\d)-([0-3]\d)(?=\D|$)")
_LIMIT = 200
_ACCEPT = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the search for a date looks at."""

    data: Structured
    layout: Layout
    body: Sequence[str]
    addresses: Sequence[str] = ()
    """The page's URLs, the surest first."""
    language: str = "id"
    html: str = ""
    fetched_at: datetime | None = None
    pinned: Sequence[str] = ()
    """Strings that the site's own rules name as the date."""

    @property
    def local(self) -> timezone | None:
        """The zone of a clock without one: western Indonesia on Indonesian pages, unknown elsewhere."""
        return WIB if self.language in ("id", "ms") else None


def find_published(page: Page) -> DatedBy | None:
    """The publication date with its evidence, or None where the page does not tell."""
    pinned = _first_valid(page, ((raw, "byline") for raw in page.pinned))
    if pinned:
        return pinned
    byline = _byline(page)
    stated = _first_valid(page, _stated(page.data))
    if stated is not None:
        return _settled(page, _without_false_zone(stated, byline), byline)
    return byline or _from_url(page) or _from_body(page) or _by_arbiter(page)


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
    yield data.text("dateCreated"), "json-ld"


def _first_valid(page: Page, raws: Iterator[tuple[str, DateSource]]) -> DatedBy | None:
    for raw, source in raws:
        moment = machine_moment(raw) if raw else None
        dated = _dated(page, moment, source, raw=raw.strip()) if moment else None
        if dated:
            return dated
    return None


def _dated(page: Page, moment: Moment, source: DateSource, *, raw: str = "") -> DatedBy | None:
    """A date that can be: not before the web, not after the page was fetched."""
    value = moment.value(local=page.local)
    newest = (page.fetched_at or datetime(2100, 1, 1, tzinfo=UTC)).astimezone(WIB).date() + timedelta(days=1)
    if moment.day.year < _FIRST_YEAR or _day(value) > newest:
        return None
    return DatedBy(value=value, evidence=source, raw=raw or moment.raw)


def _day(value: datetime | date) -> date:
    return value.astimezone(WIB).date() if isinstance(value, datetime) else value


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
        return byline if _day(byline.value) == stated.value else stated
    gap = abs(stated.value - byline.value)
    modified = find_modified(page)
    if modified and modified > stated.value and abs(modified - byline.value) < timedelta(minutes=2):
        return stated
    return byline if timedelta(minutes=1) <= gap <= timedelta(hours=12) else stated


def _byline(page: Page) -> DatedBy | None:
    """The date that stands with the headline; htmldate decides between days of equal standing."""
    scored = sorted(_bylines(page), key=lambda pair: -pair[0])
    if not scored:
        return None
    best = [dated for score, dated in scored if score >= scored[0][0] - 1]
    if len({_day(dated.value) for dated in best}) > 1:
        day = _arbiter_day(page)
        return next((dated for dated in best if _day(dated.value) == day), best[0])
    return best[0]


def _bylines(page: Page) -> Iterator[tuple[float, DatedBy]]:
    for index, line in page.layout.above:
        if len(line.text) > _LIMIT:
            continue
        for moment in moments_in(line.text):
            if _UPDATED.search(line.text[: moment.start]):
                continue
            score = _score(page.layout, index, line, moment)
            dated = _dated(page, moment, "byline")
            if dated and score >= _ACCEPT and not _is_visit(page, index, dated):
                yield score, dated


def _is_visit(page: Page, index: int, dated: DatedBy) -> bool:
    """Whether a date above the headline is the day of the visit: that of the fetch, or far from the body's own."""
    if page.layout.headline is None or index > page.layout.headline:
        return False
    day, written = _day(dated.value), date_in_body(page.body)
    if written:
        return abs(day - _day(written.value)) > timedelta(days=7)
    return page.fetched_at is not None and day == _day(page.fetched_at)


def _score(layout: Layout, index: int, line: Line, moment: Moment) -> float:
    headline = layout.headline
    score = (
        3.0
        + (2 if moment.hour is not None else 0)
        + (2 if _DATE_CLASS.search(line.label) or line.node.tag == "time" else 0)
    )
    score += {True: 1, False: -3, None: 0}[moment.weekday_fits]
    score -= 3 * line.linked + 6 * line.in_chrome
    if headline is None:
        return score - 2 - (0 if moment.hour is not None else 2)
    if index > headline:
        return score - 0.3 * (index - headline)
    beside = moment.hour is not None and _same_box(layout.lines[headline], line)
    return score - 2 - 0.3 * (headline - index) if beside else -1.0


def _same_box(headline: Line, line: Line) -> bool:
    """Whether a line above the headline shares its box, so that it is not the page's header."""
    boxes = [node for node in list(headline.node.iterancestors())[:4] if node.tag not in ("body", "html")]
    return any(node in boxes for node in line.node.iterancestors())


def _from_url(page: Page) -> DatedBy | None:
    dates = (date_in_address(address, fetched_at=page.fetched_at) for address in page.addresses)
    return next((dated for dated in dates if dated), None)


def date_in_address(url: str, *, fetched_at: datetime | None = None) -> DatedBy | None:
    """The date that an address carries (``/2021/05/03/``, ``/2016/02/16/14115471/`` with its time)."""
    timed = _URL_TIMED.search(url)
    match = timed or _URL_DAY.search(url)
    if match is None:
        return None
    parts = [part for part in match.groups() if part]
    raw = "-".join(parts[:3]) + ("T" + ":".join(parts[3:6]) if timed else "")
    moment = machine_moment(raw)
    page = Page(data=Structured({}, ()), layout=Layout((), None, 0, 0), body=(), fetched_at=fetched_at)
    return _dated(page, moment, "url", raw=match[0].strip("/-_")) if moment else None


def _from_body(page: Page) -> DatedBy | None:
    """``Senin (3/5/2021)`` in a dateline or an attribution; a weekday that does not fit rules a date out."""
    return date_in_body(page.body, fetched_at=page.fetched_at)


def date_in_body(body: Sequence[str], *, fetched_at: datetime | None = None) -> DatedBy | None:
    """The day that a story's own text names as that of its writing."""
    page = Page(data=Structured({}, ()), layout=Layout((), None, 0, 0), body=body, fetched_at=fetched_at)
    weak: DatedBy | None = None
    for number, line in enumerate(body):
        for moment in moments_in(line):
            bracketed = "(" in moment.raw or line[max(0, moment.start - 1) : moment.start] == "("
            leads = number == 0 and (moment.start < 60 or moment.weekday_fits is True)
            if moment.weekday_fits is False or not (bracketed or leads):
                continue
            dated = _dated(page, moment, "body")
            if dated is None:
                continue
            if _SPEECH.search(line[max(0, moment.start - 160) : moment.end]) or (number == 0 and moment.start < 60):
                return DatedBy(value=_day(dated.value), evidence="body", raw=dated.raw)
            weak = weak or (
                DatedBy(value=_day(dated.value), evidence="body", raw=dated.raw) if moment.weekday_fits else None
            )
    return weak


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
