"""Articles as a press office clips them: the article with its tags, what the office judged and knows of the outlet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from storage.datasets.reading import articles, batches
from storage.datasets.snapshot import Snapshot
from storage.records.articles import iter_articles
from storage.records.assessments import Assessment, latest_assessments
from storage.records.stored import StoredArticle
from storage.records.tables import ArticleRow
from storage.records.tables_work import OutletRow, PickupRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One article for a press office."""

    stored: StoredArticle
    outlet: str
    """Its name for readers."""
    tier: int | None = None
    """Weight of the outlet as the office sees it; 1 is the highest."""
    medium: str = "online"
    """online, print, tv, radio or social."""
    page: str | None = None
    """Of a printed paper."""
    ran_release: bool = False
    """Whether a press release of the office was found in it."""
    assessment: Assessment | None = None
    """The newest judgement."""
    private: bool = False
    """Whether people without a public office may be named."""


def read_clips(snapshot: Snapshot) -> Iterator[Clip]:
    """The articles of a snapshot in their order."""
    session = snapshot.session
    outlets = {row.site: row for row in session.scalars(select(OutletRow))}
    for ids in batches(snapshot):
        kept = articles(session, ids, ArticleRow.medium, ArticleRow.printed_page)
        judged = latest_assessments(session, ids)
        ran = set(session.scalars(select(PickupRow.article_id).where(PickupRow.article_id.in_(ids))))
        for stored in iter_articles(session, ids=ids):
            known = outlets.get(stored.article.site)
            yield Clip(
                stored=stored,
                outlet=known.label or known.site if known else stored.article.site,
                tier=known.tier if known else None,
                medium=kept[stored.id].medium,
                page=kept[stored.id].printed_page,
                ran_release=stored.id in ran,
                assessment=judged.get(stored.id),
                private=snapshot.private,
            )
