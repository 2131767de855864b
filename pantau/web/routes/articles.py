"""Artikel: one article with its tags in the text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from pantau.web.access import needs
from pantau.web.context import Context, context
from pantau.web.marking import paragraphs
from scraper.items import Tags
from storage.records.articles import get_article
from storage.stories.clusters import members

router = APIRouter()


@router.get("/artikel/{article_id}", response_class=HTMLResponse)
@needs("viewer")
def article_page(article_id: str, ctx: Annotated[Context, Depends(context)]) -> HTMLResponse:
    """The article, or a page that says it is not there."""
    with ctx.db.read() as session:
        stored = get_article(session, article_id)
        if stored is None:
            return ctx.page("missing.html", status=404, article_id=article_id)
        others = [other for other in members(session, stored.cluster) if other.article.id != article_id]
    tags = stored.tags or Tags()
    return ctx.page(
        "article.html",
        stored=stored,
        article=stored.article,
        tags=tags,
        names={person.key: person.name for person in tags.people},
        paragraphs=paragraphs(stored.article.text, tags),
        others=others,
    )
