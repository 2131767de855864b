"""The addresses under which an article was seen (amp, print, http, www, ...)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.records.changes import chunks
from storage.records.cleaning import clean_string, is_address
from storage.records.tables import ArticleRow, ArticleUrlRow

_UPSERTS = {
    dialect.dialect.name: (made := dialect.insert(ArticleUrlRow)).on_conflict_do_update(
        index_elements=["url"], set_={"article_id": made.excluded.article_id}
    )
    for dialect in (sqlite, postgresql)
}
"""Database -> the statement that stores an address, made once."""


def remember(session: Session, article_id: str, urls: Iterable[str]) -> None:
    """Store addresses of an article; one that led to another article now leads to this one, an endless one to none."""
    wanted = sorted({clean_string(url) for url in urls if url and is_address(url)})
    if wanted:
        statement = _UPSERTS[session.get_bind().dialect.name]
        session.execute(statement, [{"url": url, "article_id": article_id} for url in wanted])


def addresses(session: Session, rows: Sequence[ArticleRow]) -> dict[str, tuple[str, ...]]:
    """Article id -> all its addresses, its own first."""
    found: dict[str, list[str]] = {row.id: [row.url or row.canonical_url] for row in rows}
    for part in chunks(list(found)):
        query = select(ArticleUrlRow).where(ArticleUrlRow.article_id.in_(part))
        for address in sorted(session.scalars(query), key=lambda row: row.url):
            if address.url not in found[address.article_id]:
                found[address.article_id].append(address.url)
    return {article_id: tuple(urls) for article_id, urls in found.items()}
