"""What an address tells about its article (id, day, slug), and whether another address of the same page is believed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from scraper.urls import normalise_url

Day = tuple[int, int, int]
Ids = tuple[tuple[str, str], ...]

_ENDING = re.compile(r"\.(?:s?html?|xhtml|php\d?|aspx?|jsp|cfm)$", re.I)
_DAY = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=/|$)")
_DAY_RUN = re.compile(r"/((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=/|$)")
_PREFIXED = re.compile(r"[a-z]{1,4}-?(\d{3,})", re.I)
_CODE = re.compile(r"(?![a-z]{3,}\d{1,4}$)(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{6,40}", re.I)
"""Letters and digits mixed; not a word with a year or number behind it (``pemilu2029``)."""
_AT_END = re.compile(r"[-_,](\d{4,}|(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{8,40})$", re.I)
_AT_START = re.compile(r"^(\d{2,})[-_](?=\D)")
_YEAR = re.compile(r"(?:19|20)\d\d")
SURE_ID = 4
"""An id with so many characters is no accident; a shorter one may be a section's number."""
_SLUG = 3
"""Fewer words may name a section or a place."""
_FITS = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressParts:
    """What one address says."""

    ids: Ids = ()
    """(place, id) in the order of the address; the last one names the article."""
    day: Day | None = None
    """Year, month, day (0 where the address has none)."""
    words: tuple[str, ...] = ()
    """Words of its slug, lower case, without id."""


def read_address(url: str) -> AddressParts:
    """The parts of an address; variants (amp, print, pages, tracking) say nothing. Never raises."""
    try:
        parts = urlsplit(normalise_url(url))
    except ValueError:
        return AddressParts()
    path, day = _without_day(unquote(parts.path))
    segments = [_ENDING.sub("", segment) for segment in path.split("/") if segment]
    values = [pair.partition("=")[::2] for pair in unquote(parts.query).split("&") if pair]
    ids = [*(found for segment in segments for found in _path_id(segment)), *_query_ids(values)]
    return AddressParts(ids=tuple(ids), day=day, words=_slug([*segments, *(value for _, value in values)]))


def differ(one: str, other: str) -> bool:
    """Whether two addresses name two articles for sure: by another id in the same place, else by another day."""
    first, second = read_address(one), read_address(other)
    return not _share_id(first, second) and (_ids_clash(first, second) or _days_clash(first, second))


def is_believed(stated: str, url: str, *, title: str) -> bool:
    """Whether a page at ``url`` is believed when it says that its own address is ``stated``.

    It is where both are variants of one address, or lie on one host and share the article's id, or the slug, or where
    the stated slug words the headline better than that of ``url`` does. Another id, another day, a front page, a
    section, another article's address are lies or mistakes of a template.
    """
    key, own = normalise_url(stated), normalise_url(url)
    if key == own:
        return True
    if urlsplit(key).netloc != urlsplit(own).netloc:
        return False
    there, here = read_address(stated), read_address(url)
    if _days_clash(there, here):
        return False
    if _share_id(there, here):
        return _surely(there, here) or _worded_alike(there, here) or _fit(there, title) >= _FITS
    return not _ids_clash(there, here) and (_worded_alike(there, here) or _words_better(there, here, title))


def _surely(one: AddressParts, other: AddressParts) -> bool:
    """Whether the shared id is a real one, and no number that a headline begins with."""
    first, second = ({value for place, value in parts.ids if place != "start"} for parts in (one, other))
    return any(len(value) >= SURE_ID for value in first & second)


def _share_id(one: AddressParts, other: AddressParts) -> bool:
    """Whether the id that names the article in one of them is in the other too."""
    if not one.ids or not other.ids:
        return False
    return one.ids[-1][1] in {value for _, value in other.ids} or other.ids[-1][1] in {value for _, value in one.ids}


def _ids_clash(one: AddressParts, other: AddressParts) -> bool:
    return bool({place for place, _ in one.ids} & {place for place, _ in other.ids})


def _days_clash(one: AddressParts, other: AddressParts) -> bool:
    if one.day is None or other.day is None:
        return False
    exact = 3 if one.day[2] and other.day[2] else 2
    return one.day[:exact] != other.day[:exact]


def _worded_alike(one: AddressParts, other: AddressParts) -> bool:
    return len(one.words) >= _SLUG and one.words == other.words


def _words_better(there: AddressParts, here: AddressParts, title: str) -> bool:
    """Whether the stated slug words the headline, and better than the address does that the page came from."""
    needed = 1.0 if len(here.words) > 1 else _FITS
    is_slug = len(there.words) >= _SLUG or (len(there.words) > 1 and there.words == _words(title))
    return is_slug and _fit(there, title) >= needed and _hits(there, title) > _hits(here, title)


def _fit(parts: AddressParts, title: str) -> float:
    return _hits(parts, title) / max(1, len(parts.words))


def _hits(parts: AddressParts, title: str) -> int:
    """How many words of a slug stand in the headline; the last one may be cut off."""
    headline = _words(title)
    whole = sum(word in headline for word in parts.words[:-1])
    return whole + any(word.startswith(parts.words[-1]) for word in headline) if parts.words else 0


def without_day(path: str) -> str:
    """A path without the date in it, whose numbers are no id."""
    return _without_day(path)[0]


def _without_day(path: str) -> tuple[str, Day | None]:
    for pattern in (_DAY, _DAY_RUN):
        if found := pattern.search(path):
            year, month, day = (int(part or 0) for part in found.groups())
            return path[: found.start()] + path[found.end() :], (year, month, day)
    return path, None


def _slug(texts: list[str]) -> tuple[str, ...]:
    """The words of the last text that is long enough for a slug, else of the longest; ids are none."""
    found = [_words(_AT_END.sub("", _AT_START.sub("", text))) for text in reversed(texts) if not _is_id(text)]
    return next((words for words in found if len(words) >= _SLUG), max(found, key=len, default=()))


def _is_id(text: str) -> bool:
    return text.isdigit() or bool(_CODE.fullmatch(text) or _PREFIXED.fullmatch(text))


def _path_id(segment: str) -> Iterator[tuple[str, str]]:
    """The id in one segment of a path: alone, behind a short prefix (``d-123456``), or at an end of the slug."""
    if segment.isdigit() or _CODE.fullmatch(segment):
        yield "path", segment.lower()
    elif prefixed := _PREFIXED.fullmatch(segment):
        yield "path", prefixed[1]
    elif (end := _AT_END.search(segment)) and not _YEAR.fullmatch(end[1]):
        yield "end", end[1].lower()
    elif (start := _AT_START.search(segment)) and not _YEAR.fullmatch(start[1]):
        yield "start", start[1]


def _query_ids(values: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, value in values:
        if value.isdigit() or _CODE.fullmatch(value):
            yield name.lower(), value.lower()


def _words(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return tuple(re.findall(r"[^\W_]+", "".join(char for char in plain if not unicodedata.combining(char))))
