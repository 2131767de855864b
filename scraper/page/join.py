"""Several pages of one story put together in order, without what each page repeats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from scraper.page.layout import fold
from scraper.page.lines import SENTENCE_END

_LONG = 40
"""A shorter line (a subhead, an item of a list) may stand in a story twice."""
_WHOLE = 0.9
"""A later page with so much of what came before has everything: it takes its place."""
_CUT_OFF = re.compile(r"\s*(?:\.{2,}|…|\[…\])\s*$")


def join_pages(pages: Iterable[Sequence[str]]) -> list[str]:
    """The lines of all pages in order.

    A paragraph that an earlier page has, or has within a longer one, is left out; of one that an earlier page breaks
    off, the whole stays; a sentence that goes on over the page's end is put together.
    """
    out: list[str] = []
    for page in pages:
        has_all = bool(out) and _share_in(out, page) >= _WHOLE
        out = list(page) if has_all else _continued(out, _fresh(out, page))
    return out


def _share_in(earlier: Sequence[str], page: Sequence[str]) -> float:
    """Share of the earlier text that stands on a page too, 0 to 1."""
    text = _text(page)
    folded = [fold(line) for line in earlier]
    return sum(len(line) for line in folded if f" {line} " in text) / max(1, sum(map(len, folded)))


def _fresh(earlier: Sequence[str], page: Sequence[str]) -> list[str]:
    """The lines of a page that are new; short ones go only at its head, where titles and subheads are repeated."""
    text, lines = _text(earlier), {fold(line) for line in earlier}
    out: list[str] = []
    for line in page:
        folded = fold(line)
        repeated = f" {folded} " in text if len(folded) >= _LONG else folded in lines and not out
        if not repeated:
            out.append(line)
    return out


def _continued(earlier: list[str], page: list[str]) -> list[str]:
    """Both, with the paragraph between them mended where the page's end cut it."""
    if not earlier or not page:
        return earlier + page
    last, first = earlier[-1], page[0]
    begun = fold(_CUT_OFF.sub("", last))
    if len(begun) >= _LONG // 2 and fold(first).startswith(f"{begun} "):
        return [*earlier[:-1], *page]
    if first[:1].islower() and not SENTENCE_END.search(last) and len(last) > _LONG:
        return [*earlier[:-1], f"{last} {first}", *page[1:]]
    return earlier + page


def _text(lines: Sequence[str]) -> str:
    return f" {' '.join(map(fold, lines))} "
