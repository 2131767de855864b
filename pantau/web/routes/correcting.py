"""How people correct the tags of an article: wrong ones, others, who is who; each change can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pantau.translations import gettext as _
from pantau.web.access import Visitor, needs, visitor_of
from pantau.web.context import Context, context
from pantau.web.fields import RowNumber
from pantau.web.refusals import Refusal
from pantau.web.tag_entries import Entry, entries
from pantau.web.tag_forms import read_form
from scraper.items import PersonTag, Tags
from storage.records.articles import get_article
from storage.records.corrections import correct, redo_correction, undo_correction
from storage.records.decisions import Kind
from storage.records.keys import name_key
from storage.records.profiles import keys_of
from storage.records.registry_edits import add_alias, merge, register, registry_row
from storage.records.stored import StoredArticle
from storage.search.suggestions import Suggestion

router = APIRouter(prefix="/artikel/{article_id}")
REGISTERED = {"person": "persons", "program": "programmes"}
FACETS = {"person": "pejabat", "program": "program"}
MOST_MERGES = 4


async def form_of(request: Request) -> dict[str, str]:
    """FastAPI dependency: the fields of a form that are text."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


Ctx = Annotated[Context, Depends(context)]
Who = Annotated[Visitor, Depends(visitor_of)]
Form = Annotated[dict[str, str], Depends(form_of)]


@router.get("/tag", response_class=HTMLResponse)
@needs("editor")
def edit_form(article_id: str, request: Request, ctx: Ctx, jenis: str, awal: int, akhir: int) -> HTMLResponse:
    """What can be changed about one tag: alone for a page that asks for it, or as a page of its own."""
    stored = _stored(ctx, article_id)
    tags = stored.tags or Tags()
    entry = _entry_at(tags, jenis, awal, akhir)
    name = "tag_form.html" if request.headers.get("HX-Request") else "tag_page.html"
    return ctx.page(
        name, stored=stored, entry=entry, people=tags.people, merges=_merges(ctx, entry), registered=_known(ctx, entry)
    )


@router.post("/tag")
@needs("editor")
def change_tag(article_id: str, ctx: Ctx, who: Who, form: Form) -> Response:
    """Add, change or delete a tag."""
    wanted = read_form(form, _stored(ctx, article_id).article.text)
    with ctx.db.write() as session:
        made = correct(
            session, article_id, kind=wanted.kind, action=wanted.action, by=who.name, start=wanted.start,
            end=wanted.end, values=wanted.values, text_version=wanted.text_version,
        )  # fmt: skip
    return RedirectResponse(f"/artikel/{article_id}?baru={made.id}", 303)


@router.post("/koreksi/{number}/urung")
@needs("editor")
def undo(article_id: str, number: RowNumber, ctx: Ctx, who: Who) -> Response:
    """Take a correction back."""
    with ctx.db.write() as session:
        undo_correction(session, number, by=who.name)
    return RedirectResponse(f"/artikel/{article_id}#riwayat", 303)


@router.post("/koreksi/{number}/pulih")
@needs("editor")
def redo(article_id: str, number: RowNumber, ctx: Ctx) -> Response:
    """Make a correction count again."""
    with ctx.db.write() as session:
        redo_correction(session, number)
    return RedirectResponse(f"/artikel/{article_id}#riwayat", 303)


@router.post("/gabung")
@needs("editor")
def merge_names(article_id: str, ctx: Ctx, who: Who, form: Form) -> Response:
    """Let one person or programme be another one, in all articles; the queue takes it back."""
    kind, key, into = _identity(form), form.get("kunci", ""), form.get("ke", "")
    return _decided(ctx, article_id, kind, key, lambda session: merge(session, kind, key, into=into, by=who.name))


@router.post("/alias")
@needs("editor")
def name_alias(article_id: str, ctx: Ctx, who: Who, form: Form) -> Response:
    """Give a registered person or programme another name; registers it first where nobody has."""
    kind, key, alias = _identity(form), form.get("kunci", ""), form.get("alias", "")

    def carry_out(session: Any) -> None:
        if registry_row(session, REGISTERED[kind], key) is None:
            register(session, kind, key, by=who.name)
        add_alias(session, kind, key, alias, by=who.name)

    return _decided(ctx, article_id, kind, name_key(alias), carry_out)


def _decided(ctx: Context, article_id: str, kind: Kind, key: str, carry_out: Any) -> Response:
    """Carry a decision out and tell of it on the article, with the button that takes it back."""
    with ctx.db.write() as session:
        carry_out(session)
    return RedirectResponse(f"/artikel/{article_id}?{urlencode({'putusan': f'{kind}:{key}'})}", 303)


def _identity(form: Mapping[str, str]) -> Kind:
    kind = form.get("jenis", "")
    if kind not in REGISTERED:
        raise Refusal(400, _("Formulir ini tidak dikenal; muat ulang artikelnya."))
    return cast(Kind, kind)


def _stored(ctx: Context, article_id: str) -> StoredArticle:
    with ctx.db.read() as session:
        stored = get_article(session, article_id)
    if stored is None:
        raise Refusal(404, _("Artikel %(code)s tidak ditemukan.") % {"code": article_id})
    return stored


def _entry_at(tags: Tags, kind: str, start: int, end: int) -> Entry:
    for entry in entries(tags):
        if entry.kind == kind and any((span.start, span.end) == (start, end) for span in entry.spans):
            return entry
    raise Refusal(404, _("Tag itu sudah tidak ada; muat ulang artikelnya."))


def _known(ctx: Context, entry: Entry) -> bool:
    if entry.kind not in REGISTERED:
        return False
    with ctx.db.read() as session:
        return registry_row(session, REGISTERED[entry.kind], entry.key) is not None


def _merges(ctx: Context, entry: Entry) -> list[tuple[str, str]]:
    """Key and name of those that the entry may really be: names with one of its words."""
    if not isinstance(entry.tag, PersonTag) and entry.kind not in REGISTERED:
        return []
    facet = FACETS[entry.kind]
    found: dict[str, Suggestion] = {}
    for word in reversed(entry.name.split()):
        for item in ctx.index.suggest(word, limit=8):
            if item.facet == facet and name_key(item.value) != name_key(entry.name):
                found.setdefault(item.value, item)
    with ctx.db.read() as session:
        keys = keys_of(session, "persons" if entry.kind == "person" else "programmes", list(found)[:MOST_MERGES])
    return [(key, name) for name, key in keys.items() if key != entry.key]
