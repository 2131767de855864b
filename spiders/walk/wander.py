"""Pages that look like lists and that nobody named: one of each shape is tried, more while they bring anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qsl, unquote, urlsplit

from scraper.urls import page_number

SHAPES = 3
"""So many shapes that bring nothing are tried."""
AT_ONCE = 4
"""Pages of a shape that brings something, asked together."""
IN_A_ROW = 2
"""Pages without anything unseen end a shape."""
DAYS_IN_A_ROW = 4
"""For pages of days or months: other lists have shown the last ones."""
WIDTH = 400
"""Addresses of one shape that are kept."""
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|pdf|docx?|xlsx?|pptx?|zip|rar|mp[34]|css|js|json|xml|rss|atom|txt|gz)$"
    r"|/(?:login|masuk|sign-?in|register|daftar|logout|keluar|akun|account|cart|checkout|admin|wp-[a-z-]+(?:\.php)?|xmlrpc\.php"
    r"|cdn-cgi|api|feeds?|rss|amp|print|cetak|share|bagikan|search|cari|pencarian|komentar|comments?)(?:/|$)",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_]?(0[1-9]|1[0-2])(?:[-/_]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_NO_LIST = re.compile(
    r"replytocom|add-to-cart|redirect|return|share|sort|order|filter|urut|lang$|cari$|^[sq]$|search|query", re.I
)


@dataclass(slots=True)
class Shape:
    """Pages whose addresses are alike."""

    waiting: dict[str, date | None] = field(default_factory=dict)
    """Addresses with the day that they name."""
    dated: bool = False
    tried: int = 0
    brought: int = 0
    barren: int = 0

    @property
    def goes_on(self) -> bool:
        """Whether it has brought something and still may."""
        patience = DAYS_IN_A_ROW if self.dated else IN_A_ROW
        tried = self.brought > 0 or (self.dated and self.tried > 0)
        return tried and self.barren < patience and bool(self.waiting)

    def take(self, count: int) -> list[str]:
        """The next addresses: of days the newest first."""
        chosen = sorted(self.waiting, key=lambda url: self.waiting[url] or date.min, reverse=True)[:count]
        for url in chosen:
            del self.waiting[url]
        self.tried += len(chosen)
        return chosen


class Wander:
    """Collects links that are no articles, and says which of them are worth a look."""

    def __init__(self, *, is_article: Callable[[str], bool], is_ours: Callable[[str], bool], today: date) -> None:
        self._is_article = is_article
        self._today = today
        self._is_ours = is_ours
        self._shapes: dict[str, Shape] = {}
        self._seen: set[str] = set()

    def note(self, links: Iterable[str]) -> None:
        """Keep the links of a page that may be lists."""
        for url in links:
            if url in self._seen or len(self._seen) > 50 * WIDTH:
                continue
            self._seen.add(url)
            form = form_of(url)
            if form and self._is_ours(url) and not self._is_article(url):
                day = day_in(url)
                shape = self._shapes.setdefault(form, Shape(dated=day is not None))
                if len(shape.waiting) < WIDTH and (day is None or day <= self._today):
                    shape.waiting[url] = day

    def batch(self, *, was_asked: Callable[[str], bool]) -> list[tuple[str, str]]:
        """(shape, address) of the next pages; ``was_asked`` tells those that were read anyway."""
        for shape in self._shapes.values():
            for url in [url for url in shape.waiting if was_asked(url)]:
                del shape.waiting[url]
        chosen = [(form, url) for form, shape in self._shapes.items() if shape.goes_on for url in shape.take(AT_ONCE)]
        fruitless = sum(not shape.goes_on for shape in self._shapes.values() if shape.tried and not shape.brought)
        fresh = [form for form, shape in self._shapes.items() if not shape.tried and shape.waiting]
        fresh.sort(key=lambda form: (self._shapes[form].dated, len(self._shapes[form].waiting)), reverse=True)
        for form in fresh[: max(0, SHAPES - fruitless)]:
            chosen += [(form, url) for url in self._shapes[form].take(1)]
        return chosen

    def judge(self, form: str, fresh: int) -> None:
        """Tell how many articles a page brought that nobody had named."""
        shape = self._shapes[form]
        shape.brought += fresh
        shape.barren = 0 if fresh else shape.barren + 1


def day_in(url: str) -> date | None:
    """The day, or the first day of the month, that an address names; None where it names none."""
    found = _DAY.search(unquote(url))
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None
    except ValueError:
        return None


def form_of(url: str) -> str | None:
    """What addresses of one kind of page have in common; None for what is no page, or a later page of a list."""
    parts = urlsplit(url)
    names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    if _NO_PAGE.search(parts.path) or any(_NO_LIST.search(name) for name in names) or page_number(url) > 1:
        return None
    segments = [segment for segment in parts.path.split("/") if segment]
    if not segments and not names:
        return None
    kinds = ["#" if segment.isdigit() else "*" for segment in segments]
    if len(segments) > 1 and kinds[0] == "*":
        kinds[0] = segments[0]
    return f"{parts.netloc}/{'/'.join(kinds)}?{'&'.join(sorted(set(names)))}"
