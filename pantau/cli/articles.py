"""``pantau articles``: what an office does with single articles."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pantau.cli.output import JsonOption, cell, json_line, plain, progress, say
from scraper.errors import InputError

if TYPE_CHECKING:
    from storage.database import Database
    from storage.records.stored import StoredArticle

app = typer.Typer(help="Show or withdraw single articles.", no_args_is_help=True)
PATIENCE = 120.0
"""Seconds to wait for another writer of the index."""
Id = Annotated[str, typer.Argument(metavar="ID", help="As `pantau search --json` and the page show it.")]


@app.callback()
def articles() -> None:
    """Do something with single articles."""


@app.command()
def show(article_id: Id, *, as_json: JsonOption = False) -> None:
    """Show what is kept of an article: its row, how it was read, and how much was found in it."""
    from pantau.cli.workspace import open_workspace

    row = _row(_stored(open_workspace().db, article_id))
    if as_json:
        json_line(row)
        return
    text = row.pop("text")
    for name, value in row.items():
        print(f"{name:20} {plain(cell(value))}")
    print(f"\n{plain(text)}")


@app.command()
def withdraw(
    article_id: Id,
    *,
    reason: Annotated[str | None, typer.Option(help="Why, for whoever finds it gone.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; there is no way back.")] = False,
) -> None:
    """Drop an article's text, earlier texts, archived pages and tags for good; outlet, title, date and address stay.

    It is found no more and left out of exports; a later crawl does not bring it back. The search index is built anew,
    since one that only drops an article keeps its words for a while.
    """
    from pantau.cli.workspace import open_workspace
    from pantau.withdrawing import withdraw as withdraw_everywhere

    workspace = open_workspace()
    stored = _stored(workspace.db, article_id)
    if not yes:
        _confirm(stored)
    with progress("Mencari halaman di arsip") as advance:
        places = withdraw_everywhere(workspace.db, workspace.config.data, article_id, reason=reason, progress=advance)
    with progress("Membangun ulang indeks pencarian") as advance:
        workspace.index().rebuild(advance, patience=PATIENCE)
    say(f"article {article_id} is withdrawn; its pages were overwritten at {places} place(s) of the archive")


def _confirm(stored: StoredArticle) -> None:
    """Ask whoever is there; raises InputError where nobody is."""
    if not sys.stdin.isatty():
        raise InputError("a withdrawal cannot be undone; say --yes if that is wanted")
    say(f"{stored.article.site}: {stored.article.title}")
    typer.confirm("Teks, halaman arsip, dan tandanya dihapus untuk selamanya. Lanjutkan?", abort=True)


def _stored(db: Database, article_id: str) -> StoredArticle:
    from storage.records.articles import get_article

    with db.read() as session:
        stored = get_article(session, article_id)
    if stored is None:
        raise InputError(f"there is no article {article_id!r}; look for its id with: pantau search --json")
    return stored


def _row(stored: StoredArticle) -> dict[str, Any]:
    from scraper.rows import to_row

    tags = stored.tags
    found = {name: len(getattr(tags, name)) for name in ("people", "programs", "figures", "quotes")} if tags else {}
    return to_row(stored.article) | {
        "kind": stored.kind,
        "cluster": stored.cluster,
        "first_seen": stored.first_seen.isoformat(timespec="seconds"),
        "urls": list(stored.urls),
        "extractor": stored.article.extractor,
        "flags": list(stored.article.flags),
        "versions": len(stored.versions),
        "tag_version": stored.tag_version,
        "found": found,
        "withdrawn": stored.withdrawn_at.isoformat(timespec="seconds") if stored.withdrawn_at else None,
        "withdrawn_reason": stored.withdrawn_reason,
        "removed": stored.removed_at.isoformat(timespec="seconds") if stored.removed_at else None,
    }
