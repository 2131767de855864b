"""The whole story: the body that was found, mended by the page's reading order, and what its later pages add."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from scraper.errors import ExtractionError
from scraper.language import language_of
from scraper.page.address import find_address
from scraper.page.dateline import split_dateline
from scraper.page.edges import in_page_order, without_head, without_lead_in, without_stubs, without_teasers
from scraper.page.gaps import fill_gaps, without_entries
from scraper.page.join import join_pages
from scraper.page.later import Frame, frame_of, story_on, without_labels
from scraper.page.layout import Layout, Line, lay_out
from scraper.page.leads import with_lead
from scraper.page.lines import without_notes
from scraper.page.parsed import ParsedPage, parse_page
from scraper.page.rules import SiteRules
from scraper.page.text import MIN_TEXT, Body, find_body, is_checked
from scraper.page.titles import cut_title, find_title

LOCAL = ("id", "ms")
"""Languages of outlets with datelines, western Indonesian clocks and a link to another story between paragraphs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Headline and text of an article, and where they stand on its first page."""

    title: str
    address: str
    """The address that the page states for itself, else the one it was read from; empty where neither is known."""
    lines: tuple[str, ...]
    """Paragraphs, subheads and items of all pages."""
    dateline: str | None
    language: str
    layout: Layout
    extractor: str
    flags: tuple[str, ...]
    signature: str | None
    opinions: int
    """2 where more than one extractor was asked."""

    @property
    def text(self) -> str:
        """The lines, parted by a blank one."""
        return "\n\n".join(self.lines)


def find_story(page: ParsedPage, *, rules: SiteRules, more_pages: Sequence[bytes] = ()) -> Story:
    """The story of a page and of its later pages; raises ExtractionError ``no-text`` where there is none."""
    title, cut = cut_title(find_title(page.root, page.data, rules, outlets=page.outlets, lines=page.lines))
    address = find_address(page.root, page.data, page.url, title=title)
    known = [title, *page.captions]
    found = find_body(copy.deepcopy(page.root), rules=rules, known=known, checked=is_checked(page.url))
    found = _mended(found, page.lines, title=title, url=address)
    pages = _readable(more_pages)
    found = replace(found, lines=without_labels(found.lines, (later.lines for later in pages)))
    layout = lay_out(page.lines, title=title, body=found.lines)
    frame = frame_of(layout)
    more = (_later_lines(later, frame, rules=rules, title=title, known=known) for later in pages)
    lines = join_pages([found.lines, *more])
    if sum(map(len, lines)) < MIN_TEXT:
        shown = sum(map(len, lines))
        raise ExtractionError(
            "no-text",
            "%(value)r shows %(shown)s characters of story; nothing to read",
            value=page.url or title,
            shown=shown,
        )
    language = language_of("\n".join(lines), declared=page.declared_language)
    dateline, lines = _with_dateline(lines, layout) if language in LOCAL else (None, lines)
    return Story(
        title=title,
        address=address,
        lines=tuple(lines),
        dateline=dateline,
        language=language,
        layout=layout,
        extractor=found.extractor,
        flags=(*found.flags, *(["title-cut"] if cut else [])),
        signature=found.signature,
        opinions=found.opinions,
    )


def _mended(found: Body, visible: tuple[Line, ...], *, title: str, url: str) -> Body:
    """What the generic path found, checked against the page's reading order; a site's own rules are trusted."""
    lines = found.lines
    if found.extractor != "profile":
        local = language_of("\n".join(lines)) in LOCAL
        lines = without_entries(in_page_order(lines, visible), visible, url=url, single=local)
        lines = without_head(without_lead_in(lines, visible, title), visible)
        lines = fill_gaps(without_stubs(without_teasers(lines, visible), visible), visible, title=title, url=url)
        lines = with_lead(lines, visible, title=title, local=local)
    return replace(found, lines=without_notes(lines))


def _with_dateline(lines: list[str], layout: Layout) -> tuple[str | None, list[str]]:
    """The dateline and the lines that begin with it: a line of its own above the story (``Jakarta -``) joins them."""
    above = layout.lines[layout.start - 1].text if 0 < layout.start < len(layout.lines) else ""
    if above[-1:] in ("-", "–", "—"):
        dateline = split_dateline(f"{above} {lines[0][:80]}")[0]
        if dateline:
            rest = lines[1:] if lines[0] == above and lines[1:] else lines
            return dateline, [f"{above} {rest[0]}", *rest[1:]]
    return split_dateline(lines[0])[0], lines


def _readable(bodies: Sequence[bytes]) -> list[ParsedPage]:
    """The later pages; one that cannot be read adds nothing."""
    pages = []
    for body in bodies:
        with suppress(ExtractionError):
            pages.append(parse_page(body, url=None))
    return pages


def _later_lines(page: ParsedPage, frame: Frame, *, rules: SiteRules, title: str, known: Sequence[str]) -> list[str]:
    known = [*known, *page.captions]
    found = find_body(copy.deepcopy(page.root), rules=rules, known=known, checked=False)
    if found.extractor == "profile":
        return list(without_notes(found.lines))
    return story_on(page.lines, _mended(found, page.lines, title=title, url="").lines, frame, known=known)
