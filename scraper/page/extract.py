"""The door of this room: the bytes of a page to one Article. Pure: no network, clock or settings."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from lxml.html import HtmlElement

from scraper.errors import ExtractionError
from scraper.items import Article
from scraper.language import language_of
from scraper.page.address import find_address
from scraper.page.bylines import find_credits
from scraper.page.dateline import split_dateline
from scraper.page.dates import Page, find_modified, find_published
from scraper.page.decode import decode, tidy
from scraper.page.gaps import fill_gaps
from scraper.page.join import join_pages
from scraper.page.kinds import kind_of, slots_of
from scraper.page.labels import find_image, find_section, find_tags
from scraper.page.layout import Layout, Line, lay_out, read_lines, without_lead_in, without_teasers
from scraper.page.pagekind import Read, refuse_other
from scraper.page.reveal import reveal
from scraper.page.rules import GENERIC, SiteRules
from scraper.page.structured import Structured, read_structured
from scraper.page.text import MIN_TEXT, Body, find_body, select
from scraper.page.titles import cut_title, find_title
from scraper.page.tree import parse, text_of
from scraper.page.version import extraction_version
from scraper.rows import text_key
from scraper.urls import host_of, normalise_url

_LATER_TEXT = 40
"""Fewer characters on a later page are no part of a story."""


def extract_article(
    body: bytes,
    *,
    url: str | None,
    rules: SiteRules = GENERIC,
    content_type: str | None = None,
    site: str = "",
    canonical_url: str | None = None,
    more_pages: Sequence[bytes] = (),
    fetched_at: datetime | None = None,
) -> Article:
    """The article on a page.

    ``more_pages`` are the later pages of the same story, in order. Raises ExtractionError (``empty``, ``no-text``,
    ``too-large``, ``not-html``, ``not-article``, ``soft-404``), and ProfileError for a selector in ``rules`` that
    cannot be read.
    """
    source = decode(body, content_type=content_type)
    root = parse(source)
    visible = read_lines(root)
    if reveal(root, visible, url=url):
        visible = read_lines(root)
    data = read_structured(root)
    title, cut = cut_title(find_title(root, data, rules))
    found = _body(root, visible, rules=rules, title=title)
    later = (_later_lines(page, rules, _known(root, title)) for page in more_pages)
    lines = join_pages([found.lines, *later])
    language = language_of("\n".join(lines), declared=_declared(root, data))
    text = "\n\n".join(lines)
    if len(text) < MIN_TEXT:
        raise ExtractionError("no-text", f"{url or title!r} shows {len(text)} characters of story; nothing to read")
    layout = lay_out(visible, title=title, body=found.lines)
    address = find_address(root, data, url, title=title)
    section = find_section(root, data, rules, url=address)
    page = Page(
        data=data,
        layout=layout,
        body=lines,
        addresses=[part for part in (url, address) if part],
        language=language,
        html=source,
        fetched_at=fetched_at,
        pinned=_pinned(root, rules),
    )
    published = find_published(page)
    refuse_other(root, url=url, data=data, read=Read(title=title, lines=lines, dated=published is not None))
    credits = find_credits(layout, data, signature=found.signature, site=data.first("og:site_name"))
    dateline, text = _dateline(text, layout) if language in ("id", "ms") else (None, text)
    return Article(
        canonical_url=canonical_url or (normalise_url(address) if address else text_key(title, text)),
        title=title,
        text=text,
        url=url,
        site=site or host_of(url or address),
        published=published,
        modified=find_modified(page),
        authors=credits.authors,
        editor=credits.editor,
        tags=find_tags(root, layout, data, rules, title=title, body=lines),
        section=section,
        dateline=dateline,
        kind=kind_of(title, slots=slots_of(layout, data, section), text=text),
        language=language,
        image=find_image(root, data, url=address),
        extractor=found.extractor,
        flags=(*found.flags, *(["title-cut"] if cut else []), *(["date-unknown"] if published is None else [])),
        extraction=extraction_version(rules),
        fetched_at=fetched_at,
    )


def _body(root: HtmlElement, visible: tuple[Line, ...], *, rules: SiteRules, title: str) -> Body:
    """The first page's story; what the generic path found is checked against the page's reading order."""
    found = find_body(copy.deepcopy(root), rules=rules, known=_known(root, title))
    if found.extractor == "profile":
        return found
    lines = without_teasers(without_lead_in(found.lines, visible, title), visible)
    return replace(found, lines=fill_gaps(lines, visible, title=title))


def _dateline(text: str, layout: Layout) -> tuple[str | None, str]:
    """The dateline and the text that begins with it: a line of its own above the story (``Jakarta -``) joins it."""
    above = layout.lines[layout.start - 1].text if 0 < layout.start < len(layout.lines) else ""
    if above[-1:] in ("-", "–", "—"):
        dateline = split_dateline(f"{above} {text[:80]}")[0]
        if dateline:
            first, _, rest = text.partition("\n\n")
            return dateline, f"{above} {rest if first == above else text}"
    return split_dateline(text.split("\n", 1)[0])[0], text


def _known(root: HtmlElement, title: str) -> list[str]:
    """What stands elsewhere on the page and is no paragraph of the story: headline, captions."""
    captions = [text_of(node) for node in root.iter("figcaption")]
    pictures = [tidy(node.get("alt") or "") for node in root.iter("img")]
    return [title, *captions, *pictures]


def _later_lines(body: bytes, rules: SiteRules, known: Sequence[str]) -> tuple[str, ...]:
    """A later page's lines; one that cannot be read adds nothing."""
    try:
        found = find_body(parse(decode(body)), rules=rules, known=known)
    except ExtractionError:
        return ()
    return found.lines if len(found) >= _LATER_TEXT else ()


def _pinned(root: HtmlElement, rules: SiteRules) -> list[str]:
    """The date strings that a site's rules point at: an attribute for machines, else the text."""
    nodes = [node for selector in (rules.published, rules.byline) if selector for node in select(root, selector)]
    return [node.get("datetime") or node.get("content") or text_of(node) for node in nodes]


def _declared(root: HtmlElement, data: Structured) -> str:
    return root.get("lang") or data.first("og:locale", "language", "content-language", "inlanguage")
