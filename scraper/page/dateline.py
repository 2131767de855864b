"""The place and outlet before a story's first sentence: ``TANGERANG, KOMPAS.com -``, ``Jakarta (ANTARA) -``."""

from __future__ import annotations

import re

_DOMAIN = r"[A-Za-z][\w-]*\.(?:com|co\.id|id|co|net|org|news|tv|or\.id)"
_CAPS = r"[A-Z][A-Z0-9.'’/]+"
_WORD = r"[A-Z][\w.'’/]*"
_AGENCY = r"\s*\([A-Za-z][\w .,&/-]{1,30}\)"
_DASH = r"(?:-{1,3}|–|—|―)"
_DATE = r"(?:\s*[,(/|]\s*(?:[A-Z][a-z]+,?\s*)?\(?\d{1,2}[ /.-][\w/.-]+(?:[ /.-]\d{2,4})?\)?)?"

_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"^(?P<line>{_DOMAIN}(?:\s*[,|/]?\s*{_WORD}(?:[ ,]+{_WORD}){{0,4}})?{_DATE})\s*{_DASH}\s*",
        rf"^(?P<line>{_WORD}(?:[ ,]+{_WORD}){{0,4}}\s*[,/|]\s*{_DOMAIN}{_DATE})\s*{_DASH}\s*",
        rf"^(?P<line>{_WORD}(?:[ ,]+{_WORD}){{0,4}}{_AGENCY}{_DATE})\s*(?:{_DASH}\s*|:\s+)",
        rf"^(?P<line>{_CAPS}(?:[ ,|/]+{_WORD}){{0,5}}{_DATE})(?:\s+{_DASH}{{1,2}}\s*|\s*(?:--|–|—)\s*)",
        rf"^(?P<line>{_CAPS}(?:[ ,]+{_CAPS}){{0,3}})-\s*(?=[\"“'‘]?[A-Z][a-z])",
        rf"^(?P<line>{_WORD}(?:[ ,]+{_WORD}){{0,3}}{_DATE})\s+(?:--|{_DASH})\s+(?=[\"“'‘(]?[A-Z0-9])",
        r"^(?P<line>VIVA|SNOL)\s*(?:-{1,2}|–|—)\s*",
    )
)
_MAX = 70
_NO_DATELINE = frozenset(
    (
        "covid",
        "umkm",
        "apbd",
        "dprd",
        "gerindra",
        "golkar",
        "pdip",
        "pks",
        "pan",
        "pkb",
        "nasdem",
        "ppp",
        "demokrat",
        "tni",
    )
)
"""Words in capitals that open sentences."""


def split_dateline(text: str) -> tuple[str | None, str]:
    """The dateline of a story's first paragraph and the rest; ``(None, text)`` where there is none."""
    for shape in _SHAPES:
        match = shape.match(text)
        if match and len(match["line"]) <= _MAX and _is_dateline(match["line"], match[0], text[match.end() :]):
            return match["line"].strip(" ,"), text[match.end() :]
    return None, text


def _is_dateline(line: str, whole: str, rest: str) -> bool:
    first, after = re.match(r"\w+", line), re.match(r"\w+", rest)
    word = first[0].casefold() if first else ""
    if not rest or rest[:1].islower() or word in _NO_DATELINE:
        return False
    doubled = whole == f"{line}-" and after is not None and after[0].casefold() == word  # UMKM-UMKM
    return not doubled
