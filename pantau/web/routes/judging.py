"""How people judge an article: tone of title and text, what is to be done, and the way back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.context import Context, context
from pantau.web.links import local
from storage.records.assessments import UNCHANGED, Assessment, assess, undo_assessment

router = APIRouter(prefix="/artikel/{article_id}")
Ctx = Annotated[Context, Depends(context)]
Who = Annotated[Visitor, Depends(visitor_of)]
Given = Annotated[str | None, Form()]
Back = Annotated[str, Form()]


@router.post("/tone")
@needs("editor")
def set_tone(
    article_id: str, request: Request, ctx: Ctx, who: Who, judul: Given = None, isi: Given = None, kembali: Back = "/"
) -> Response:
    """Rate the title or the text; ``-`` takes the rating back."""
    with ctx.db.write() as session:
        made = assess(session, article_id, officer=who.name, tone_title=_tone(judul), tone_body=_tone(isi))
    return _answer(ctx, request, article_id, made, kembali)


@router.post("/tindak")
@needs("editor")
def set_follow_up(
    article_id: str, ctx: Ctx, who: Who, status: Given = None, disposisi: Given = None, catatan: Given = None
) -> Response:
    """Say what is done about an article, who does it, and what there is to note; the form always says all three."""
    facts: dict[str, Any] = {"follow_up": status, "disposition": disposisi, "note": catatan}
    with ctx.db.write() as session:
        assess(session, article_id, officer=who.name, **facts)
    return RedirectResponse(f"/artikel/{article_id}#penilaian", 303)


@router.post("/nilai/urung")
@needs("editor")
def take_back(article_id: str, ctx: Ctx, who: Who) -> Response:
    """Judge as before the last judgement."""
    with ctx.db.write() as session:
        undo_assessment(session, article_id, officer=who.name)
    return RedirectResponse(f"/artikel/{article_id}#penilaian", 303)


def _answer(ctx: Context, request: Request, article_id: str, made: Assessment, back: str) -> Response:
    if request.headers.get("HX-Request"):
        return ctx.page("tone_box.html", article_id=article_id, assessment=made, back=local(back))
    return RedirectResponse(f"{local(back)}#tone-{article_id}", 303)


def _tone(value: str | None) -> Any:
    """What a button of the form says: nothing where another one was pressed."""
    return UNCHANGED if value is None else None if value == "-" else value
