"""``pantau digest``: the weekly summary."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pantau.cli.output import plain, say
from scraper.errors import DeliveryError

app = typer.Typer(help="The weekly digest.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The weekly digest."""


@app.command()
def preview(
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="HTML file; without it the text is shown.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day of the week; yesterday without it.")
    ] = None,
    region: Annotated[str, typer.Option(help="Name in the heading.")] = "Tangerang Raya",
    base_url: Annotated[str, typer.Option(help="Address of the page that links point to.")] = "http://127.0.0.1:8000",
) -> None:
    """Build last week's digest from what is stored; as text on the terminal, or as HTML with -o."""
    from pantau.cli.workspace import open_workspace
    from pantau.digests.build import build_digest
    from pantau.digests.render import render_html, render_text

    workspace = open_workspace()
    with workspace.db.read() as session:
        day = until.date() if until else None
        digest = build_digest(session, region=region, until=day, base_url=base_url)
    if output is None:
        sys.stdout.write(plain(render_text(digest)))
        return
    try:
        output.write_text(render_html(digest), encoding="utf-8")
    except OSError as error:
        raise DeliveryError(f"{output} cannot be written ({error}); check the folder and its rights") from error
    say(f"digest written to {output}")
