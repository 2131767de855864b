"""The archived pages of an article: shown as text, or handed out as files that no browser opens here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response
from lxml import html
from lxml.etree import Comment, ParserError, strip_elements

from pantau.reasons import reason
from pantau.translations import gettext as _
from pantau.web.access import needs
from pantau.web.context import Context, context
from pantau.web.refusals import Refusal
from scraper.crawl.archive import RawPage, read_pages
from scraper.errors import InputError
from scraper.page.decode import decode
from storage.records.articles import get_article
from storage.records.stored import StoredArticle

router = APIRouter(prefix="/artikel/{article_id}/arsip")
LONGEST = 200_000
"""Characters of a page that are shown."""
UNSEEN = ("script", "style", "noscript", "template", "head", "iframe", "object", "svg")
SANDBOX = "sandbox; default-src 'none'"
"""Policy of a page that is handed out: even where a browser opens it, it runs nothing and has no origin."""
_BLANK = re.compile(r"[ \t\r\f\v\xa0]+")
_LINES = re.compile(r"\n\s*\n\s*")
Ctx = Annotated[Context, Depends(context)]


@dataclass(frozen=True, slots=True)
class Shown:
    """One archived page as text."""

    url: str
    status: int
    kind: str
    size: int
    text: str


@router.get("", response_class=HTMLResponse)
@needs("viewer")
def archive_page(article_id: str, ctx: Ctx) -> HTMLResponse:
    """The text of the archived pages."""
    stored, pages = _pages(ctx, article_id)
    shown = [Shown(p.url, p.status, p.content_type or "", len(p.body), visible_text(p)) for p in pages]
    return ctx.page("archive.html", stored=stored, pages=shown)


@router.get("/{number}")
@needs("viewer")
def archive_file(article_id: str, number: int, ctx: Ctx) -> Response:
    """One archived page as it was fetched; pages are counted from 1."""
    _stored, pages = _pages(ctx, article_id)
    if not 1 <= number <= len(pages):
        raise Refusal(404, _("Arsip ini tidak punya halaman ke-%(number)s.") % {"number": number})
    headers = {
        "Content-Disposition": f'attachment; filename="arsip-{article_id}-{number}.html"',
        "Content-Security-Policy": SANDBOX,
    }
    return Response(pages[number - 1].body, media_type="application/octet-stream", headers=headers)


def visible_text(page: RawPage) -> str:
    """What a reader of the page would read, without its markup."""
    text = decode(page.body, content_type=page.content_type)[: 10 * LONGEST]
    try:
        tree = html.fromstring(text)
    except (ParserError, ValueError):
        return text[:LONGEST]
    strip_elements(tree, *UNSEEN, Comment, with_tail=False)
    for element in tree.iter("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "section", "article"):
        element.tail = "\n" + (element.tail or "")
    lines = _LINES.sub("\n\n", _BLANK.sub(" ", str(tree.xpath("string()"))))
    return lines.strip()[:LONGEST]


def _pages(ctx: Context, article_id: str) -> tuple[StoredArticle, list[RawPage]]:
    with ctx.db.read() as session:
        stored = get_article(session, article_id)
    if stored is None or stored.page is None or stored.withdrawn_at:
        raise Refusal(404, _("Halaman artikel ini tidak diarsipkan."))
    try:
        return stored, read_pages(ctx.config.data, stored.page)
    except InputError as error:
        raise Refusal(404, reason(error)) from error
