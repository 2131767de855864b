"""Many articles, or the tags of many, in one transaction: what saving them one by one does, in far fewer statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from scraper.clock import now
from scraper.crawl.store import Saved
from scraper.items import Article, TaggedArticle
from storage.records.articles import first_columns, known_urls, save_article
from storage.records.changes import chunks, touch
from storage.records.cleaning import clean_article, is_address
from storage.records.decisions import identities
from storage.records.found_tags import active_corrections, forget_tags, write_tags
from storage.records.tables import ArticleRow, ArticleUrlRow
from storage.records.tag_rows import to_rows


def save_articles(session: Session, articles: Sequence[Article]) -> list[Saved]:
    """Store articles as ``save_article`` would in that order; tells what became of each."""
    cleaned = [clean_article(article) for article in articles]
    known = _known(session, cleaned)
    fresh = [_claim(known, article) for article in cleaned]
    _insert(session, [article for article, new in zip(cleaned, fresh, strict=True) if new])
    return ["new" if new else save_article(session, article) for article, new in zip(cleaned, fresh, strict=True)]


def save_all_tags(session: Session, tagged: Sequence[TaggedArticle]) -> int:
    """Replace the tags of articles as ``save_tags`` does; gives how many still had the text that was tagged."""
    latest = {item.article.id: item for item in tagged}
    current = _taggable(session, list(latest))
    fitting = {key: row for key, row in current.items() if row.content_hash == _text_version(latest[key])}
    corrections, known = active_corrections(session, fitting), identities(session)
    forget_tags(session, [key for key, row in fitting.items() if row.tag_version is not None])
    rows: dict[type[Any], list[dict[str, Any]]] = defaultdict(list)
    for key, row in fitting.items():
        if key in corrections:
            continue
        for made in to_rows(row, latest[key].tags, known):
            rows[type(made)].append({name: value for name, value in vars(made).items() if name != "_sa_instance_state"})
    for kind, values in rows.items():
        session.execute(insert(kind), values)
    moment = now()
    marks = [
        {"id": key, "tag_version": latest[key].tag_version, "tagged_kind": latest[key].tags.kind, "tagged_at": moment}
        for key in fitting
    ]
    if marks:
        session.execute(update(ArticleRow), marks)
    for key, made in corrections.items():
        write_tags(session, session.get_one(ArticleRow, key), latest[key].tags, corrections=made)
    touch(session, fitting)
    return len(fitting)


def _known(session: Session, articles: Sequence[Article]) -> set[str]:
    """The ids and addresses of the articles that are stored already."""
    known: set[str] = set()
    for part in chunks(sorted({article.id for article in articles})):
        known.update(session.scalars(select(ArticleRow.id).where(ArticleRow.id.in_(part))))
    return known | known_urls(session, (url for article in articles for url in _urls(article)))


def _claim(known: set[str], article: Article) -> bool:
    """Whether the article and its addresses are new; from now on they are known."""
    wanted = {article.id, *_urls(article)}
    new = not wanted & known
    known |= wanted
    return new


def _insert(session: Session, articles: Sequence[Article]) -> None:
    if not articles:
        return
    session.execute(insert(ArticleRow), [first_columns(article) for article in articles])
    urls = [{"url": url, "article_id": article.id} for article in articles for url in sorted(_urls(article))]
    session.execute(insert(ArticleUrlRow), urls)
    touch(session, [article.id for article in articles])


def _urls(article: Article) -> set[str]:
    return {url for url in (article.canonical_url, article.url) if url and is_address(url)}


def _taggable(session: Session, ids: Iterable[str]) -> dict[str, Any]:
    columns = (
        ArticleRow.id, ArticleRow.title, ArticleRow.content_hash, ArticleRow.tag_version, ArticleRow.published_day,
    )  # fmt: skip
    found: dict[str, Any] = {}
    for part in chunks(list(ids)):
        query = select(*columns).where(ArticleRow.id.in_(part), ArticleRow.withdrawn_at.is_(None))
        found |= {row.id: row for row in session.execute(query)}
    return found


def _text_version(item: TaggedArticle) -> str:
    return item.text_version or item.article.content_hash
