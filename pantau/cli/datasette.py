"""``pantau datasette``: the tables as a database of their own that Datasette opens."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pantau.cli.output import progress, say
from scraper.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "datasette.db"


def datasette(
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Database to write; without it datasette.db in PANTAU_DATA.")
    ] = None,
    query: Annotated[str | None, typer.Option(help="Only the articles that this search finds.")] = None,
    include_private: Annotated[
        bool, typer.Option("--include-private", help="Also name people without a public office.")
    ] = False,
    serve: Annotated[bool, typer.Option("--serve", help="Then open it with Datasette on this machine.")] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of Datasette.")] = 8001,
) -> None:
    """Write all tables to a read-only SQLite database with search, facets and the data dictionary; show it."""
    from pantau.cli.workspace import open_workspace
    from pantau.exports.companion import build_companion
    from pantau.exports.manifest import Asked
    from pantau.exports.run import ALL, open_export

    if serve:
        _refuse_without_datasette()
    workspace = open_workspace()
    path = output or workspace.config.data / NAME
    asked = Asked(table=ALL, format="sqlite", query=query, private=include_private)
    with (
        progress("Menulis basis data") as advance,
        open_export(workspace.db, asked=asked, index=workspace.fresh_index) as export,
    ):
        counts = build_companion(export.counting(advance), path)
    say(f"{sum(counts.values())} rows in {len(counts)} tables written to {path}")
    if serve:
        subprocess.run(serving(path, port=port), check=False)
    else:
        say(f"open it with: {' '.join(serving(path, port=port)[2:])}")


def serving(path: Path, *, port: int) -> Sequence[str]:
    """The command that shows a companion database to this machine only."""
    from pantau.exports.companion import metadata_path

    told = ("--metadata", str(metadata_path(path)), "--host", "127.0.0.1", "--port", str(port))
    return (sys.executable, "-m", "datasette", "serve", "--immutable", str(path), *told)


def _refuse_without_datasette() -> None:
    if importlib.util.find_spec("datasette") is None:
        raise ConfigError("Datasette is not installed; run: pip install 'pantau[datasette]', or leave --serve out")
