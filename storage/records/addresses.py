"""The addresses under which an article was seen (amp, print, http, www, ...)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from storage.records.changes import chunks
from storage.records.cleaning import clean_string
from storage.records.tables import ArticleRow, ArticleUrlRow

_STORED = select(ArticleUrlRow).where(ArticleUrlRow.url.in_(bindparam("urls", expanding=True)))


def remember(session: Session, article_id: str, urls: Iterable[str]) -> None:
    """Store addresses of an article; an address that led to another article now leads to this one."""
    wanted = {clean_string(url) for url in urls if url}
    stored = {row.url: row for row in session.scalars(_STORED, {"urls": sorted(wanted)})}
    for url in sorted(wanted):
        row = stored.get(url)
        if row is None:
            session.add(ArticleUrlRow(url=url, article_id=article_id))
        elif row.article_id != article_id:
            row.article_id = article_id


def addresses(session: Session, rows: Sequence[ArticleRow]) -> dict[str, tuple[str, ...]]:
    """Article id -> all its addresses, its own first."""
    found: dict[str, list[str]] = {row.id: [row.url or row.canonical_url] for row in rows}
    for part in chunks(list(found)):
        query = select(ArticleUrlRow).where(ArticleUrlRow.article_id.in_(part)).order_by(ArticleUrlRow.url)
        for address in session.scalars(query):
            if address.url not in found[address.article_id]:
                found[address.article_id].append(address.url)
    return {article_id: tuple(urls) for article_id, urls in found.items()}
