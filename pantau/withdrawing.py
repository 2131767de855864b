"""Withdrawing an article from everything that Pantau keeps: the archive of pages first, then the database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scraper.crawl.erasing import erase_pages, find_pages
from scraper.errors import InputError
from storage.database import Database
from storage.records.articles import get_article, withdraw_article

Progress = Callable[[int, int], None]
"""Told how many bytes of the archive were looked through of how many."""


def withdraw(
    db: Database, data: Path, article_id: str, *, reason: str | None = None, progress: Progress | None = None
) -> int:
    """Overwrite every page that was read of an article, and drop its texts and tags; gives at how many places.

    If it is broken off, it can be repeated. Raises InputError where there is no such article, StorageError where a
    page cannot be overwritten; then the database still has the article.
    """
    with db.read() as session:
        stored = get_article(session, article_id)
    if stored is None:
        raise InputError(f"there is no article {article_id!r}; look for its id with: pantau search --json")
    if stored.page is not None:
        erase_pages(data, stored.page)
    earlier = find_pages(data, {stored.article.canonical_url, *stored.urls}, progress=progress)
    for page in earlier:
        erase_pages(data, page)
    with db.erase() as session:
        withdraw_article(session, article_id, reason=reason)
    return len(earlier) + (stored.page is not None)
