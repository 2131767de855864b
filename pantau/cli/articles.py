"""``pantau articles``: what an office does with single articles."""

from __future__ import annotations

from typing import Annotated

import typer

from pantau.cli.output import say
from scraper.errors import InputError

app = typer.Typer(help="Withdraw single articles.", no_args_is_help=True)


@app.callback()
def articles() -> None:
    """Do something with single articles."""


@app.command()
def withdraw(
    article_id: Annotated[str, typer.Argument(metavar="ID", help="As `pantau search --json` and the page show it.")],
    *,
    reason: Annotated[str | None, typer.Option(help="Why, for whoever finds it gone.")] = None,
) -> None:
    """Drop an article's text, earlier texts and tags for good; title, outlet, date and address stay.

    It is found no more and left out of exports; a later crawl does not bring it back.
    """
    from pantau.cli.workspace import open_workspace
    from storage.records.articles import withdraw_article

    workspace = open_workspace()
    with workspace.db.write() as session:
        if not withdraw_article(session, article_id, reason=reason):
            raise InputError(f"there is no article {article_id!r}; look for its id with: pantau search --json")
    workspace.index().catch_up()
    say(f"article {article_id} is withdrawn")
