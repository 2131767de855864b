"""Artikel: one article with its tags in the text, what people said about it, and its other versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from pantau.translations import gettext as _
from pantau.web.access import needs
from pantau.web.context import Context, context
from pantau.web.differences import compare_texts, compare_words, likeness
from pantau.web.marking import paragraphs
from pantau.web.refusals import Refusal
from pantau.web.tag_entries import KINDS, entries
from scraper.items import Tags
from storage.records.articles import get_article
from storage.records.assessments import history
from storage.records.corrections import corrections_of
from storage.records.decisions import decisions
from storage.records.stored import StoredArticle
from storage.stories.siblings import siblings

router = APIRouter()
Ctx = Annotated[Context, Depends(context)]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts that are compared."""

    label: str
    title: str
    text: str
    link: str = ""


@router.get("/artikel/{article_id}", response_class=HTMLResponse)
@needs("viewer")
def article_page(article_id: str, ctx: Ctx, baru: int | None = None, putusan: str = "") -> HTMLResponse:
    """The article, or a page that says it is not there.

    ``baru`` is a correction that was just made, ``putusan`` the kind and key that were just merged or given a name.
    """
    with ctx.db.read() as session:
        stored = get_article(session, article_id)
        if stored is None:
            return ctx.page("missing.html", status=404, article_id=article_id)
        story = siblings(session, [stored.cluster]).get(stored.cluster, [])
        judged, corrections = history(session, article_id), corrections_of(session, article_id)
        decided = next((made for made in decisions(session) if putusan == f"{made.kind}:{made.key}"), None)
    tags = stored.tags or Tags()
    listed = entries(tags)
    made = next((made for made in corrections if made.id == baru and made.undone_at is None), None)
    return ctx.page(
        "article.html",
        stored=stored,
        article=stored.article,
        tags=tags,
        entries=listed,
        kinds=KINDS,
        paragraphs=paragraphs(stored.article.text, listed),
        made=made,
        decided=decided,
        others=[other for other in story if other.id != article_id],
        judged=judged,
        assessment=judged[0] if judged else None,
        corrections=corrections,
    )


@router.get("/artikel/{article_id}/versi/{number}", response_class=HTMLResponse)
@needs("viewer")
def version_page(article_id: str, number: int, ctx: Ctx) -> HTMLResponse:
    """An earlier state beside what replaced it; states are counted from 1, the oldest."""
    stored = _article(ctx, article_id)
    if not 1 <= number <= len(stored.versions):
        raise Refusal(404, _("Artikel ini tidak punya versi ke-%(number)s.") % {"number": number})
    old = stored.versions[number - 1]
    later = stored.versions[number] if number < len(stored.versions) else stored.article
    new_label = _("Versi %(number)s") % {"number": number + 1} if number < len(stored.versions) else _("Sekarang")
    left = Side(_("Versi %(number)s") % {"number": number}, old.title, old.text)
    return _compared(ctx, stored, left, Side(new_label, later.title, later.text), version=old)


@router.get("/artikel/{article_id}/banding/{other_id}", response_class=HTMLResponse)
@needs("viewer")
def compare_page(article_id: str, other_id: str, ctx: Ctx) -> HTMLResponse:
    """The article beside another outlet's."""
    stored, other = _article(ctx, article_id), _article(ctx, other_id)
    sides = [
        Side(one.article.site, one.article.title, one.article.text, f"/artikel/{one.id}") for one in (stored, other)
    ]
    return _compared(ctx, stored, *sides, version=None)


def _article(ctx: Context, article_id: str) -> StoredArticle:
    with ctx.db.read() as session:
        stored = get_article(session, article_id)
    if stored is None:
        raise Refusal(404, _("Artikel %(code)s tidak ditemukan.") % {"code": article_id})
    return stored


def _compared(ctx: Context, stored: StoredArticle, left: Side, right: Side, *, version: Any) -> HTMLResponse:
    rows = compare_texts(left.text, right.text)
    return ctx.page(
        "compare.html",
        stored=stored,
        left=left,
        right=right,
        rows=rows,
        titles=compare_words(left.title, right.title),
        alike=likeness(rows),
        version=version,
    )
