"""The headline of a page: the heading that the page's title agrees with, without the outlet's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from scraper.page.decode import tidy
from scraper.page.layout import fold
from scraper.page.names import is_outlet
from scraper.page.rules import SiteRules
from scraper.page.structured import Structured
from scraper.page.text import select
from scraper.page.tree import label_of, text_of

MAX_TITLE = 300
"""A longer headline is cut at a word: some page put its text there."""

_PARTS = re.compile(r"\s+[|·•»–—~:]\s+|\s+-{1,2}\s+|\s*[|»]\s*|\s::\s")
_BEFORE = re.compile(r"^(?P<outlet>[^|:–—-]{3,30}?)\s*(?:\||:|\s[–—-])\s+")
_PREFIX = re.compile(r"^\s*([\w.]+\.(?:com|co\.id|id|net|news)|[A-Z]\w+\.com)\s*[:|-]\s+", re.I)
_SITE_WORD = re.compile(
    r"\.(?:com|id|net|org|co|news|tv)\b|\b(?:news|online|berita|media|portal|halaman all|page all|halaman \d+)\b", re.I
)
_TITLE_CLASS = re.compile(r"(?<![a-z])(?:title|judul|jdl|headline|heading)(?![a-z])")
_PAGE = re.compile(r"\s+(?:halaman|page) (?:all|\d{1,2})$", re.I)
_MIN_WORDS = 2
_RANK = {"h1": 0, "h2": 1, "h3": 2}


def find_title(root: HtmlElement, data: Structured, rules: SiteRules, *, outlets: Sequence[str] = ()) -> str:
    """The headline, or an empty string where the page has none; ``outlets`` are names and hosts of the site."""
    if rules.title:
        ruled = next((text for text in map(text_of, select(root, rules.title)) if text), "")
        if ruled:
            return ruled
    claims = [claim for claim in _claims(root, data) if _words(claim) >= _MIN_WORDS and not is_outlet(claim, outlets)]
    headings = [(tag, text) for tag, text in _headings(root) if not is_outlet(text, outlets)]
    agreed = _agreed(headings, claims)
    if agreed:
        return agreed
    stripped = [strip_outlet(claim, outlets=outlets) for claim in claims]
    similar = _similar([text for tag, text in headings if tag == "h1"], stripped)
    return (
        similar
        or next((text for text in stripped if text), "")
        or min(headings, key=lambda pair: _RANK.get(pair[0], len(_RANK)), default=("", ""))[1]
        or next(filter(None, _claims(root, data)), "")
    )


def cut_title(title: str) -> tuple[str, bool]:
    """A headline of at most ``MAX_TITLE`` characters, and whether it had to be cut."""
    if len(title) <= MAX_TITLE:
        return title, False
    return title[:MAX_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…", True


def strip_outlet(title: str, *, outlets: Sequence[str] = ()) -> str:
    """A page title without the outlet's name before or after it."""
    text = _PREFIX.sub("", title)
    before = _BEFORE.match(text)
    if before and is_outlet(before["outlet"], outlets):
        text = text[before.end() :]
    while True:
        cuts = list(_PARTS.finditer(text))
        if not cuts:
            break
        head, tail = text[: cuts[-1].start()], text[cuts[-1].end() :]
        if not _is_outlet(tail, outlets) or len(fold(head).split()) < _MIN_WORDS:
            break
        text = head
    return _PAGE.sub("", text).strip()


def _is_outlet(part: str, outlets: Sequence[str]) -> bool:
    words = fold(part).split()
    if not words or is_outlet(part, outlets):
        return True
    return len(words) <= 5 and (_SITE_WORD.search(part) is not None or (len(words) <= 3 and part[:1].isupper()))


def _claims(root: HtmlElement, data: Structured) -> Iterator[str]:
    yield data.text("headline")
    yield data.first("og:title")
    yield data.first("twitter:title", "title", "dc.title")
    yield tidy(root.findtext(".//head/title") or root.findtext(".//title") or "")


def _headings(root: HtmlElement) -> Iterator[tuple[str, str]]:
    for node in root.iter("h1", "h2", "h3", "div", "span", "p"):
        is_titled = len(node) < 4 and _TITLE_CLASS.search(label_of(node))
        text = text_of(node) if node.tag in ("h1", "h2", "h3") or is_titled else ""
        if text and len(text) <= 3 * MAX_TITLE:
            yield node.tag, text


def _agreed(headings: list[tuple[str, str]], claims: list[str]) -> str:
    """The fullest heading that a claim contains; ``h1`` goes before ``h2`` and the rest."""
    folded = [f" {fold(claim)} " for claim in claims]
    hits = [(tag, text) for tag, text in headings if _words(text) >= _MIN_WORDS and _is_within(text, folded)]
    covering = [hit for hit in hits if any(_covers(hit[1], claim) for claim in claims)]
    return min(covering, key=lambda hit: (_RANK.get(hit[0], len(_RANK)), -len(hit[1])), default=("", ""))[1]


def _is_within(text: str, folded: list[str]) -> bool:
    return any(f" {fold(text)} " in claim for claim in folded)


def _covers(text: str, claim: str) -> bool:
    """A heading must be most of the claim: a section's name is in many titles too."""
    return f" {fold(text)} " in f" {fold(claim)} " and _words(text) >= 0.5 * _words(claim)


def _similar(headings: list[str], claims: list[str]) -> str:
    """The main heading that shares most words with a claim (search engines are often told another headline)."""
    best = ("", 0.0)
    for text in headings:
        words = set(fold(text).split())
        for claim in claims:
            other = set(fold(claim).split())
            share = len(words & other) / max(1, min(len(words), len(other)))
            if len(words) >= 3 and share > best[1]:
                best = (text, share)
    return best[0] if best[1] >= 0.5 else ""


def _words(text: str) -> int:
    return len(fold(text).split())
