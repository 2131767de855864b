"""The date that a page shows a reader beside its headline or under its story; never its header's date of today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from lxml.html import HtmlElement

from scraper.items import DatedBy
from scraper.page.dating import Page, day_of
from scraper.page.layout import WHOLE, Layout, Line
from scraper.page.moments import Moment, machine_moment, moments_in
from scraper.page.story_dates import date_in_body
from scraper.page.tree import label_of

_UPDATED = re.compile(
    r"\b(?:diperbarui|diperbaharui|terakhir diubah|update[ds]?|last modified|modified|diedit)\b", re.I
)
_DATE_CLASS = re.compile(
    r"(?<![a-z])(?:date\w*|tgl|tanggal|time\w*|waktu|publish\w*|byline\w*|meta|info|jam|schedule|read__time)(?![a-z])"
)
_SAYS_SO = re.compile(
    r"\b(?:terbit|tayang|(?:di)?(?:terbitkan|tayangkan|publikasikan|posting|unggah)|published|posted|tanggal)\b", re.I
)
_CLOCK = re.compile(r"\W*(?:pukul|jam)?\s*(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-5]\d)?\s*(?:WIB|WITA|WIT)?\W*", re.I)
_STAMPED = ("time", "abbr", "span")
_FOR_MACHINES = ("datetime", "content", "data-datetime", "data-date", "data-time", "data-published", "title")
_DATED = re.compile(r"date(?:published|created)", re.I)
_LIMIT = 200
_ACCEPT = 2.0
_BELOW = 10
_VISIT = timedelta(days=7)


def shown_dates(page: Page) -> list[DatedBy]:
    """The dates that stand with the headline and score best: more than one where they are of equal standing."""
    scored = sorted(_bylines(page), key=lambda pair: -pair[0])
    return [dated for score, dated in scored if score >= scored[0][0] - 1]


def date_below(page: Page) -> DatedBy | None:
    """The date under a story, where the page says that it is that of publication."""
    for _, line in page.layout.below[:_BELOW]:
        if len(line.text) > _LIMIT or line.linked or page.layout.in_chrome(line) or not _SAYS_SO.search(line.text):
            continue
        for moment in moments_in(line.text):
            dated = page.dated(moment, "byline")
            if dated and not _UPDATED.search(line.text[: moment.start]):
                return dated
    return None


def _bylines(page: Page) -> Iterator[tuple[float, DatedBy]]:
    stamps = list(_stamps(page.layout))
    for index, line, moment, raw in (*_written(page.layout), *stamps):
        dated = page.dated(moment, "byline", raw=raw)
        score = _score(page.layout, index, line, moment)
        if dated and score >= _ACCEPT and not _is_visit(page, index, dated):
            yield score, dated


def _written(layout: Layout) -> Iterator[tuple[int, Line, Moment, str]]:
    """The dates in the lines around the headline."""
    for index, line in layout.above:
        text = f"{line.text} {_clock_after(layout, index)}".strip()
        for moment in moments_in(text) if len(text) <= _LIMIT else ():
            if not _UPDATED.search(text[: moment.start]):
                yield index, line, moment, moment.raw


def _clock_after(layout: Layout, index: int) -> str:
    """The time of day where it has the next line to itself."""
    after = layout.lines[index + 1].text if index + 1 < layout.start else ""
    return after if _CLOCK.fullmatch(after) else ""


def _stamps(layout: Layout) -> Iterator[tuple[int, Line, Moment, str]]:
    """The dates for machines in the elements around the headline (``<time datetime>``), seen or empty."""
    met: set[HtmlElement] = set()
    for index, line in layout.above:
        is_headline = index == layout.headline
        for node in _near(line, headline=is_headline):
            raw = next((value for name in _FOR_MACHINES if (value := node.get(name))), "")
            moment = machine_moment(raw) if len(raw) <= _LIMIT and raw[:4].isdigit() and node not in met else None
            met.add(node)
            if moment and not _UPDATED.search(f"{label_of(node)} {line.text}"):
                yield index + is_headline, line, moment, raw


def _near(line: Line, *, headline: bool) -> Iterator[HtmlElement]:
    """The elements of a line that may carry a date; with the headline those of its box and of what follows it."""
    yield from (node for node in line.node.iterancestors() if node.tag in _STAMPED)
    boxes = [line.block]
    parent = line.block.getparent()
    if headline and parent is not None:
        beside = islice(line.block.itersiblings(), 2) if parent.tag in WHOLE else parent
        boxes += [node for node in beside if isinstance(node.tag, str)]
    for box in boxes:
        yield from islice(box.iter(*_STAMPED), _BELOW)
        yield from islice((node for node in box.iter("div", "p", "li") if _DATED.search(node.get("itemprop") or "")), 2)


def _is_visit(page: Page, index: int, dated: DatedBy) -> bool:
    """Whether a date above the headline is the day of the visit: that of the fetch, or long after the body's own."""
    if page.layout.headline is None or index > page.layout.headline:
        return False
    day, written = day_of(dated.value), date_in_body(page.body)
    if written:
        return day - day_of(written.value) > _VISIT
    return page.fetched_at is not None and day == _fetched_on(page)


def _fetched_on(page: Page) -> date | None:
    return day_of(page.fetched_at) if page.fetched_at else None


def _score(layout: Layout, index: int, line: Line, moment: Moment) -> float:
    headline = layout.headline
    marked = _DATE_CLASS.search(line.label) or line.node.tag == "time"
    score = 3.0 + (2 if moment.hour is not None else 0) + (2 if marked else 0)
    score += {True: 1, False: -3, None: 0}[moment.weekday_fits]
    score -= 3 * line.linked + 6 * layout.in_chrome(line)
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
