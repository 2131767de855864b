"""Several pages of one story put together in order, without what each page repeats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scraper.page.layout import fold


def join_pages(pages: Iterable[Sequence[str]]) -> list[str]:
    """The lines of all pages; a line that an earlier page has already is left out."""
    out: list[str] = []
    earlier: set[str] = set()
    for page in pages:
        fresh = [line for line in page if fold(line) not in earlier]
        out += fresh
        earlier.update(map(fold, fresh))
    return out
