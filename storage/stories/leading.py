"""The stories of a set of articles, those that most outlets ran first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.records.changes import chunks
from storage.records.tables import ArticleRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """An article in one line."""

    id: str
    title: str
    url: str
    outlet: str
    kind: str
    """By its wording where tagging found that, else by its page."""
    cluster: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingStory:
    """A story, told by its earliest article of the set."""

    first: Brief
    articles: int
    outlets: int
    before: int
    """Articles of the same story in the set before."""


def briefs(session: Session, ids: Sequence[str]) -> list[Brief]:
    """The articles in the order of ``ids``; unknown and withdrawn ones are left out."""
    found = {brief.id: brief for part in chunks(list(dict.fromkeys(ids))) for brief in _briefs(session, part)}
    return [found[key] for key in dict.fromkeys(ids) if key in found]


def leading_stories(
    session: Session, ids: Sequence[str], *, before: Sequence[str] = (), limit: int
) -> list[LeadingStory]:
    """The stories of the articles ``ids`` by outlets, then articles, beside those of the articles ``before``."""
    earlier = Counter(brief.cluster for brief in briefs(session, before))
    groups: dict[str, list[Brief]] = {}
    for brief in sorted(briefs(session, ids), key=lambda brief: (brief.day or date.max, brief.id)):
        groups.setdefault(brief.cluster, []).append(brief)
    stories = [
        LeadingStory(
            first=group[0],
            articles=len(group),
            outlets=len({brief.outlet for brief in group}),
            before=earlier[cluster],
        )
        for cluster, group in groups.items()
    ]
    return sorted(stories, key=_by_size)[:limit]


def _by_size(story: LeadingStory) -> tuple[int, int, int, str]:
    """The larger, then the later ones first."""
    day = story.first.day.toordinal() if story.first.day else 0
    return -story.outlets, -story.articles, -day, story.first.cluster


def _briefs(session: Session, ids: Sequence[str]) -> Iterator[Brief]:
    query = select(
        ArticleRow.id,
        ArticleRow.title,
        func.coalesce(ArticleRow.url, ArticleRow.canonical_url),
        ArticleRow.site,
        func.coalesce(ArticleRow.tagged_kind, ArticleRow.kind),
        ArticleRow.cluster,
        ArticleRow.published_day,
    ).where(ArticleRow.id.in_(ids), ArticleRow.withdrawn_at.is_(None))
    for article_id, title, url, outlet, kind, cluster, day in session.execute(query):
        yield Brief(id=article_id, title=title, url=url, outlet=outlet, kind=kind, cluster=cluster, day=day)
