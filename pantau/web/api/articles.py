"""One article with its tags, and one story with its articles."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path

from pantau.web.access import needs
from pantau.web.api import shapes
from pantau.web.api.routing import api_router
from pantau.web.context import Context, context
from pantau.web.refusals import Refusal
from scraper.rows import to_row
from storage.records.articles import get_article
from storage.records.stored import StoredArticle
from storage.records.tag_json import tags_to_json
from storage.stories.siblings import siblings

router = api_router("Articles and stories")
Id = Annotated[str, Path(pattern="^[0-9a-f]{16}$", description="16 hex digits.", examples=["0123456789abcdef"])]


@router.get("/articles/{article_id}", responses={404: {"model": shapes.Problem}})
@needs("viewer")
def article(article_id: Id, ctx: Annotated[Context, Depends(context)]) -> shapes.FullArticle:
    """One article row with its text, its tags and what it was before."""
    with ctx.db.read() as session:
        stored = get_article(session, article_id)
    if stored is None:
        raise Refusal(404, f"no article {article_id}")
    return shapes.FullArticle.model_validate(_row(stored))


@router.get("/stories/{cluster}", responses={404: {"model": shapes.Problem}})
@needs("viewer")
def story(cluster: Id, ctx: Annotated[Context, Depends(context)]) -> shapes.Story:
    """The articles of one story, the earliest first; `cluster` stands in each hit and article."""
    with ctx.db.read() as session:
        found = siblings(session, [cluster]).get(cluster)
    if not found:
        raise Refusal(404, f"no story {cluster}")
    return shapes.Story(cluster=cluster, articles=[shapes.Sibling.model_validate(one) for one in found])


def _row(stored: StoredArticle) -> dict[str, object]:
    return to_row(stored.article) | {
        "kind": stored.kind,
        "cluster": stored.cluster,
        "first_seen": stored.first_seen.isoformat(),
        "tag_version": stored.tag_version,
        "labels": tags_to_json(stored.tags) if stored.tags else None,
        "versions": stored.versions,
        "withdrawn_at": stored.withdrawn_at,
        "removed_at": stored.removed_at,
    }
