"""The headline of a page: the heading that the page's title agrees with, without the outlet's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from scraper.page.decode import tidy
from scraper.page.layout import Line, fold
from scraper.page.lines import is_boilerplate
from scraper.page.moments import moments_in
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
_PARAGRAPH = 80
_ABOVE = 8
_RANK = {"h1": 0, "h2": 1, "h3": 2}


def find_title(
    root: HtmlElement,
    data: Structured,
    rules: SiteRules,
    *,
    outlets: Sequence[str] = (),
    lines: Sequence[Line] = (),
) -> str:
    """The headline, or an empty string where the page has none.

    ``outlets`` are names and hosts of the site, ``lines`` the visible ones of the page: a title that stands nowhere
    among them is the site's, and the heading above the story is the headline.
    """
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
        or _above_story(stripped, lines, outlets)
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


def _above_story(claims: Sequence[str], lines: Sequence[Line], outlets: Sequence[str]) -> str:
    """The heading right above the first paragraph of a page whose titles it does not show."""
    shown = {line.folded for line in lines}
    if any(fold(claim) in shown for claim in claims):
        return ""
    first = next((index for index, line in enumerate(lines) if _opens_story(line)), 0)
    above = [line for line in lines[max(0, first - _ABOVE) : first] if _may_be_headline(line, outlets)]
    ranked = [(rank, line.text) for line in above if (rank := _look(line)) is not None]
    return min(ranked, key=lambda pair: pair[0], default=(0, ""))[1]


def _opens_story(line: Line) -> bool:
    return len(line.text) >= _PARAGRAPH and not line.linked and line.text[-1:] in '.”"' and not line.in_chrome


def _may_be_headline(line: Line, outlets: Sequence[str]) -> bool:
    own = _TITLE_CLASS.search(line.label) is not None and _look(line) in (0, 1, 2)
    if (line.linked and not own) or line.in_chrome or not 20 <= len(line.text) <= MAX_TITLE or _words(line.text) < 4:
        return False
    return not (moments_in(line.text) or is_outlet(line.text, outlets) or is_boilerplate(line.text))


def _look(line: Line) -> int | None:
    """How much a line is set like a headline, 0 the most; None where it is plain."""
    near = [line.node, *line.node.iterancestors()][:3]
    tags = [node.tag for node in near]
    for rank, tag in enumerate(("h1", "h2", "h3", "h4")):
        if tag in tags:
            return rank
    if any(_TITLE_CLASS.search(label_of(node)) for node in near):
        return 4
    return 5 if any(tag in ("b", "strong", "big") for tag in tags) else None


def _words(text: str) -> int:
    return len(fold(text).split())
