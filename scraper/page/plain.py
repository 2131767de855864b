"""A page that was saved as plain text: headline, byline, caption, body and tag line told apart by their shape."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.errors import ExtractionError
from scraper.items import Article, DatedBy
from scraper.language import language_of
from scraper.page.dateline import split_dateline
from scraper.page.decode import MAX_BYTES, tidy
from scraper.page.kinds import kind_of
from scraper.page.layout import fold
from scraper.page.lines import clean_lines, is_boilerplate, is_caption, split_signature
from scraper.page.moments import moments_in
from scraper.page.names import is_name, names_in
from scraper.page.story_dates import date_in_address, date_in_body
from scraper.page.taglines import TAG_LINE, split_tags
from scraper.page.text import MIN_TEXT
from scraper.page.titles import cut_title, strip_outlet
from scraper.rows import text_key
from scraper.urls import host_of, normalise_url

_HEAD = 8
"""Lines in which headline, byline and caption stand."""


def read_plain_text(text: str, *, url: str | None = None) -> Article:
    """The article in a page's plain text; the date of the visit at its top is no evidence.

    Raises ExtractionError (``empty``, ``no-text``, ``too-large``).
    """
    if len(text) > MAX_BYTES:
        raise ExtractionError(
            "too-large",
            "the text has %(count)s characters, the limit is %(max_bytes)s; it is skipped",
            count=len(text),
            max_bytes=MAX_BYTES,
        )
    lines = [line for line in map(tidy, text.split("\n")) if line]
    if not lines:
        raise ExtractionError("empty", "the text file is empty; save the page again")
    lines, tag_line = _without_tags(lines)
    title, rest = _headline(lines)
    moment, authors, kicker, story = _head(rest)
    kept, signature = split_signature(clean_lines(story, known=[title]))
    language = language_of("\n".join(kept))
    dateline = split_dateline(kept[0])[0] if kept and language in ("id", "ms") else None
    prose = "\n\n".join(kept)
    if len(prose) < MIN_TEXT:
        raise ExtractionError(
            "no-text",
            "%(title)r is followed by %(count)s characters of story; nothing to read",
            title=title[:60],
            count=len(prose),
        )
    title, cut = cut_title(title)
    published = moment or (date_in_address(url) if url else None) or date_in_body(kept)
    return Article(
        canonical_url=normalise_url(url) if url else text_key(title, prose),
        title=title,
        text=prose,
        url=url,
        site=host_of(url) if url else "",
        published=published,
        authors=authors or tuple(names_in(signature or "")),
        tags=split_tags(tag_line, title=title, text="\n".join(lines)),
        dateline=dateline,
        kind=kind_of(title, slots=kicker, text=prose),
        language=language,
        extractor="plain-text",
        flags=(*(["title-cut"] if cut else []), *(["date-unknown"] if published is None else [])),
    )


def _without_tags(lines: list[str]) -> tuple[list[str], str]:
    """The lines before the tag line, and that line's content."""
    for index in range(len(lines) - 1, max(len(lines) * 2 // 3 - 1, 0), -1):
        match = TAG_LINE.match(lines[index])
        if match and len(lines[index]) <= 300:
            tail = " | ".join(lines[index + 1 :]) if not match["tags"] else ""
            return lines[:index], match["tags"] or tail
    return lines, ""


def _headline(lines: Sequence[str]) -> tuple[str, list[str]]:
    """The first line that is neither a date nor a label, and what follows it."""
    for index, line in enumerate(lines[:_HEAD]):
        if not _is_date_line(line) and not is_boilerplate(line) and len(fold(line).split()) >= 3:
            return strip_outlet(line), list(lines[index + 1 :])
    return strip_outlet(lines[0]), list(lines[1:])


def _head(lines: list[str]) -> tuple[DatedBy | None, tuple[str, ...], list[str], list[str]]:
    """Date, authors and byline pieces between headline and story; captions there are dropped."""
    dated: DatedBy | None = None
    pieces: list[str] = []
    for index, line in enumerate(lines[:_HEAD]):
        found = moments_in(line) if len(line) <= 120 else []
        if found and dated is None and (_is_date_line(line) or "|" in line or found[0].hour is not None):
            dated = DatedBy(value=found[0].value(), evidence="byline", raw=found[0].raw)
            pieces += [piece.strip(" |-–—") for piece in re.split(r"[|•·]", line[: found[0].start])]
        elif not (is_caption(line) and len(line) <= 300) and not is_name(line):
            return dated, _authors(pieces), pieces, lines[index:]
        elif is_name(line):
            pieces.append(line)
    return dated, _authors(pieces), pieces, lines[_HEAD:]


def _authors(pieces: Sequence[str]) -> tuple[str, ...]:
    names = [name for piece in pieces for name in re.split(r"\s*[,/]\s*|\s+dan\s+", piece)]
    return tuple(dict.fromkeys(name for name in names if is_name(name)))


def _is_date_line(line: str) -> bool:
    """A line that is a date and little more."""
    found = moments_in(line)
    return bool(found) and len(line) - len(found[0].raw) <= 8
