"""The body of a story: a site's selectors first, then the generic path with its vote."""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cssselect import SelectorError
from lxml import etree, html
from lxml.html import HtmlElement
from readability import Document
from trafilatura import bare_extraction
from trafilatura.metadata import Document as TrafilaturaDocument

from scraper.errors import ProfileError
from scraper.page.clean import prune, unfold_tables, unname_inline, wrap_bare_text
from scraper.page.lines import clean_lines, split_signature
from scraper.page.rules import SiteRules
from scraper.page.tree import drop, lines_of, text_of

MIN_TEXT = 80
"""Fewer characters are no story: the next way is tried."""

_KEPT_SHARE = 0.7
_LONGER = 1.3
_DISAGREE = 0.5
_CHECKED = 10
_PARAGRAPH = 80
_HEAD = 50

for _name in ("trafilatura", "readability"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # both report each hard page as a warning


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The lines of a story and the way they were found."""

    lines: tuple[str, ...]
    extractor: str
    flags: tuple[str, ...] = ()
    signature: str | None = None
    """A reporter's name that stood in capitals or brackets under the last paragraph."""
    opinions: int = 1
    """2 where the first way's find had to be checked by others."""

    def __len__(self) -> int:
        """Characters of all lines."""
        return sum(map(len, self.lines))


def find_body(root: HtmlElement, *, rules: SiteRules, known: Sequence[str], checked: bool = True) -> Body:
    """The story on a page; prunes ``root`` in place. ``known`` are headline and captions, never part of it.

    ``checked`` compares what the rules find with the generic path. Raises ProfileError for a selector that cannot be
    read.
    """
    ruled = _by_rules(root, rules, known) if rules.text else Body(lines=(), extractor="profile")
    if len(ruled) < MIN_TEXT:
        return replace(_generic(root, known), flags=("rules-disagree", "rules-empty") if rules.text else ())
    generic = _generic(root, known) if checked else ruled
    agrees = not generic.lines or overlap(ruled.lines, generic.lines) >= _DISAGREE
    return replace(ruled, flags=() if agrees else ("rules-disagree",))


def is_checked(url: str | None) -> bool:
    """Whether the rules are checked on a page: on one of ten, always the same, and where the address is unknown."""
    return not url or zlib.crc32(url.encode("utf-8", "replace")) % _CHECKED == 0


def select(root: HtmlElement, selector: str) -> list[HtmlElement]:
    """The nodes of a CSS selector; raises ProfileError where it cannot be read."""
    try:
        return [node for node in root.cssselect(selector) if isinstance(node, html.HtmlElement)]
    except (SelectorError, etree.XPathError) as error:
        raise ProfileError(f"selector {selector!r} cannot be read ({error}); mend the site's profile") from error


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """Share of the words of two texts that they have in common, 0 to 1."""
    first, second = _words(one), _words(other)
    return len(first & second) / max(1, len(first | second))


def _words(lines: Sequence[str]) -> set[str]:
    return set(re.findall(r"\w+", " ".join(lines).casefold()))


def _body(lines: Sequence[str], known: Sequence[str], extractor: str) -> Body:
    kept, signature = split_signature(clean_lines(lines, known=known))
    return Body(lines=kept, extractor=extractor, signature=signature)


def _by_rules(root: HtmlElement, rules: SiteRules, known: Sequence[str]) -> Body:
    for selector in rules.drop:
        for node in select(root, selector):
            drop(node)
    nodes = select(root, rules.text)
    outer = [node for node in nodes if not any(parent in nodes for parent in node.iterancestors())]
    lines = [line for node in outer for line in lines_of(node)]
    return _body(lines, known, "profile")


def _generic(root: HtmlElement, known: Sequence[str]) -> Body:
    prune(root)
    unname_inline(root)
    unfold_tables(root)
    wrap_bare_text(root)
    quick = _by_trafilatura(root, known, fast=True)
    if _share_kept(root, quick) >= _KEPT_SHARE and len(quick) >= MIN_TEXT:
        return quick
    return replace(_voted(root, known), opinions=2)


def _voted(root: HtmlElement, known: Sequence[str]) -> Body:
    """The story where the quick pass left too much of the page's prose aside."""
    body = _by_trafilatura(root, known)
    other = _by_readability(root, known)
    if len(other) >= max(_LONGER * len(body), MIN_TEXT):
        return other
    return body if len(body) >= MIN_TEXT else max(body, _by_trafilatura(root, known, precision=False), key=len)


def _by_trafilatura(root: HtmlElement, known: Sequence[str], *, precision: bool = True, fast: bool = False) -> Body:
    found = bare_extraction(root, favor_precision=precision, include_comments=False, fast=fast)
    text = (found.text if isinstance(found, TrafilaturaDocument) else "") or ""
    return _body(text.split("\n"), known, "trafilatura")


def _by_readability(root: HtmlElement, known: Sequence[str]) -> Body:
    try:
        summary = Document(html.tostring(root, encoding="unicode")).summary(html_partial=True)
        tree = html.fragment_fromstring(summary, create_parent="div")
    except Exception:  # readability has no error class of its own, and any of its steps may fail on a hostile page
        return Body(lines=(), extractor="readability")
    return _body(lines_of(tree), known, "readability")


def _share_kept(root: HtmlElement, body: Body) -> float:
    """Share of the page's paragraph text that the body holds: low where half a story or another one was taken."""
    text = " ".join(body.lines)
    paragraphs = [line for line in map(_prose, root.iter("p")) if line]
    kept = sum(len(line) for line in paragraphs if line[:_HEAD] in text)
    return kept / max(1, sum(map(len, paragraphs)))


def _prose(node: HtmlElement) -> str:
    line = text_of(node)
    linked = sum(len(text_of(link)) for link in node.iter("a"))
    return line if len(line) >= _PARAGRAPH and linked < 0.4 * len(line) else ""
