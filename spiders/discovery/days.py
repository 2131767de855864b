"""Finds lists by day: addresses or forms that write a date, as an address with a place for any day. No network."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from lxml.html import HtmlElement

from spiders.lists.dated import check_places

FORMS = ("%Y-%m-%d", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%d%m%Y")
_DATE = re.compile(
    r"(?<!\d)(?:\d{4}(?P<a>[-/])\d{1,2}(?P=a)\d{1,2}|\d{1,2}(?P<b>[-/])\d{1,2}(?P=b)\d{4}|(?:19|20)\d{6}|\d{4}(?:19|20)\d{2})(?![\dT])"
)
_PARTS = {"%d": r"tgl|tanggal|day|d|hari|dd", "%m": r"bln|bulan|month|m|mm", "%Y": r"thn|tahun|year|y|yyyy"}
_MARK = "\0"
_RECENT = timedelta(days=400)


def dated_lists(addresses: Iterable[str], *, today: date) -> list[str]:
    """Addresses with a place for the day (``/indeks?date={date:%Y-%m-%d}``), those with most examples first."""
    found: dict[str, set[str]] = defaultdict(set)
    for address in addresses:
        text = unquote(address)
        host = len(text) - len(text.split("://", 1)[-1])
        match = _DATE.search(text, host)
        if match is not None and "{" not in text:
            found[text[: match.start()] + _MARK + text[match.end() :]].add(match.group())
    ranked = sorted(found.items(), key=lambda pair: len(pair[1]), reverse=True)
    whole = [place for marked, values in ranked if (place := _with_place(marked, values, today))]
    return list(dict.fromkeys([*whole, *_by_parts(addresses)]))


def dated_forms(root: HtmlElement, url: str) -> Iterator[str]:
    """The same from the forms of a page that ask for a day."""
    for form in root.iter("form"):
        fields = [node for node in form.iter("input") if node.get("name")]
        days = [node for node in fields if (node.get("type") or "").lower() == "date"]
        if days and (form.get("method") or "get").lower() == "get":
            kept = {
                node.get("name"): node.get("value") or "" for node in fields if (node.get("type") or "") == "hidden"
            }
            query = urlencode(kept)
            place = f"{days[0].get('name')}={{date:%Y-%m-%d}}"
            action = urljoin(url, form.get("action") or "").partition("?")[0]
            if not {"{", "}"} & set(action):
                yield f"{action}?{f'{query}&' if query else ''}{place}"


def _with_place(marked: str, values: set[str], today: date) -> str | None:
    """The address with a place in the form that reads all values as days that have been."""
    fitting = [(newest, form) for form in FORMS if (newest := _newest(values, form, today)) is not None]
    if not fitting:
        return None
    form = max(fitting, key=lambda pair: (pair[0], -FORMS.index(pair[1])))[1]
    address = marked.replace(_MARK, f"{{date:{form}}}")
    return address if check_places(address) is None else None


def _newest(values: set[str], form: str, today: date) -> date | None:
    try:
        days = [datetime.strptime(value, form).date() for value in values]
    except ValueError:
        return None
    newest = max(days)
    return newest if today - _RECENT <= newest <= today + timedelta(days=1) else None


def _by_parts(addresses: Iterable[str]) -> Iterator[str]:
    """Day, month and year in parameters of their own."""
    for address in addresses:
        parts = urlsplit(address)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        placed = []
        used = set()
        for name, value in pairs:
            form = next((form for form, names in _PARTS.items() if re.fullmatch(names, name, re.I)), None)
            if form and value.isdigit():
                used.add(form)
                placed.append(f"{name}={{date:{form}}}")
            else:
                placed.append(urlencode({name: value}))
        place = parts._replace(query="&".join(placed)).geturl()
        if used == set(_PARTS) and check_places(place) is None:
            yield place
