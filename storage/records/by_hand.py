"""Articles that people put in: a page or text that they pasted, print, television, radio and social items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args

from sqlalchemy.orm import Session

from scraper.clock import now
from scraper.crawl.store import Saved
from scraper.errors import InputError
from scraper.items import Article, ArticleKind, DatedBy, PagePointer
from scraper.rows import text_key
from scraper.urls import host_of, normalise_url
from storage.records.addresses import remember
from storage.records.articles import save_row
from storage.records.changes import touch
from storage.records.cleaning import clean_article, clean_string
from storage.records.identity import Settled, settle
from storage.records.outlets import Medium
from storage.records.tables import ArticleRow

_SAME: Saved = "same"
_SCHEME = re.compile(r"https?://[^\s/]+\.?[^\s]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article that somebody put in."""

    article_id: str
    saved: Saved
    """``same`` where it was stored already, perhaps under another address."""


def make_article(
    *,
    title: str,
    text: str,
    outlet: str,
    url: str = "",
    published: datetime | date | None = None,
    authors: Sequence[str] = (),
    section: str = "",
    kind: ArticleKind = "news",
) -> Article:
    """An article of what a person typed or pasted; without an address it is keyed by title and text.

    Raises InputError where title, text or outlet are missing or the address is none.
    """
    title, url = " ".join(clean_string(title).split()), clean_string(url).strip()
    paragraphs = _paragraphs(clean_string(text))
    if not title or not paragraphs:
        raise InputError("an article needs a title and a text; of a broadcast write what was said")
    if url and not _SCHEME.fullmatch(url):
        raise InputError("%(url).100r is no address; it begins with https:// or http://", url=url)
    if not outlet.strip() and not url:
        raise InputError("say which outlet it is from")
    if kind not in get_args(ArticleKind):
        raise InputError("%(kind)r is no kind; choose %(known)s", kind=kind, known=", ".join(get_args(ArticleKind)))
    return Article(
        canonical_url=normalise_url(url) if url else text_key(title, paragraphs),
        title=title,
        text=paragraphs,
        url=url or None,
        site=" ".join(clean_string(outlet).split()) or host_of(url),
        published=DatedBy(value=published, evidence="given", raw=str(published)) if published else None,
        authors=tuple(name for author in authors if (name := " ".join(clean_string(author).split()))),
        section=" ".join(clean_string(section).split()) or None,
        kind=kind,
        extractor="given",
        flags=() if published else ("date-unknown",),
        fetched_at=now(),
    )


def add_by_hand(
    session: Session,
    article: Article,
    *,
    by: str,
    medium: Medium = "online",
    page: str | None = None,
    programme: str | None = None,
    fetched: bool = False,
    archived: PagePointer | None = None,
) -> Added:
    """Store an article that a person put in, the way the crawl does; it is marked with who did.

    ``page`` is that of a printed paper, ``programme`` that of a broadcast. What is stored already stays as it is,
    unless this was ``fetched``: then it is brought up to date, as the crawl does. Raises InputError for no medium.
    """
    if medium not in get_args(Medium):
        raise InputError("%(medium)r is no medium; choose %(known)s", medium=medium, known=", ".join(get_args(Medium)))
    article, saved = clean_article(article), _SAME
    settled = settle(session, article, ()) if article.url else Settled(article, (), session.get(ArticleRow, article.id))
    if settled.row is not None and not fetched:
        remember(session, settled.row.id, (settled.article.canonical_url, *settled.aliases))
        row = settled.row
    else:
        row, saved = save_row(session, settled.row, settled.article, page=archived, aliases=settled.aliases)
    if saved == "new":
        row.added_by, row.medium = by, medium
    facts = {"printed_page": page, "broadcast": programme}
    told = {name: cleaned for name, value in facts.items() if (cleaned := " ".join(clean_string(value or "").split()))}
    for name, value in told.items():
        setattr(row, name, value)
    session.flush()
    if told:
        touch(session, [row.id])
    return Added(row.id, saved)


def _paragraphs(text: str) -> str:
    """Paragraphs with one blank line between; where none is blank, each line is one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = re.split(r"\n\s*\n", text) if re.search(r"\n\s*\n", text.strip()) else text.split("\n")
    return "\n\n".join(part for part in (" ".join(part.split()) for part in parts) if part)
