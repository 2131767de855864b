"""Second looks: stored articles asked for again, to see corrections and removals."""

from __future__ import annotations

from collections.abc import Iterable

from scraper.crawl.session import CrawlSession
from scraper.crawl.store import Reread, Validators

CONDITIONAL = [304]
"""Statuses that a conditional request lets through beside the good ones."""


def conditions(validators: Validators) -> dict[str, str]:
    """Request headers that let a site answer 304 where nothing changed (RFC 9110, 13.1)."""
    headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in headers.items() if value}


async def due(session: CrawlSession, *, limit: int, asked: Iterable[str]) -> list[Reread]:
    """Articles whose next look is due, entered into the run; those that it asked for anyway are left out."""
    asked = set(asked)
    looks = [look for look in await session.due(limit) if look.key not in asked]
    for look in looks:
        session.counts.add("reread")
        session.ledger.enter(look.key)
    return looks


async def unchanged(session: CrawlSession, look: Reread) -> None:
    """The site says that the page is as it was."""
    await session.looked(look.key, "unchanged")
    session.settle(look.key, "unchanged")


async def gone(session: CrawlSession, look: Reread) -> None:
    """The page is not there any more."""
    await session.looked(look.key, "gone")
    session.settle(look.key, "gone")
