"""The other articles of many stories at once: what a list of hits shows when one is opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.records.changes import chunks
from storage.records.stored import dated_of
from storage.records.tables import ArticleRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """One article of a story."""

    id: str
    title: str
    outlet: str
    url: str
    published: datetime | date | None
    kind: str


def siblings(session: Session, clusters: Iterable[str]) -> dict[str, list[Sibling]]:
    """Story -> its articles, the earliest first, undated ones last."""
    found: dict[str, list[Sibling]] = defaultdict(list)
    kind = func.coalesce(ArticleRow.tagged_kind, ArticleRow.kind).label("kind")
    columns = (
        ArticleRow.id, ArticleRow.title, ArticleRow.site, ArticleRow.url, ArticleRow.canonical_url,
        ArticleRow.published_at, ArticleRow.published_day, kind, ArticleRow.cluster,
    )  # fmt: skip
    for part in chunks(sorted(set(clusters))):
        query = select(*columns).where(ArticleRow.cluster.in_(part), ArticleRow.withdrawn_at.is_(None))
        for row in session.execute(query):
            found[row.cluster].append(
                Sibling(
                    id=row.id,
                    title=row.title,
                    outlet=row.site,
                    url=row.url or row.canonical_url,
                    published=dated_of(row.published_at, row.published_day),
                    kind=row.kind,
                )
            )
    return {cluster: sorted(rows, key=_age) for cluster, rows in found.items()}


def _age(item: Sibling) -> tuple[bool, str, bool, float, str]:
    moment = item.published
    day = moment.isoformat()[:10] if moment else ""
    return moment is None, day, not isinstance(moment, datetime), _seconds(moment), item.id


def _seconds(moment: datetime | date | None) -> float:
    return moment.timestamp() if isinstance(moment, datetime) else 0.0
