"""``pantau export``: tidy tables for Excel, R or Python."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pantau.cli.output import progress, say

if TYPE_CHECKING:
    from pantau.exports.manifest import Asked, Manifest


def export(
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; for all tables a folder or a .zip.")
    ] = None,
    format_name: Annotated[str | None, typer.Option("--format", help="csv (default) or jsonl.")] = None,
    table: Annotated[
        str | None, typer.Option(help="articles (default), another table of docs/data-dictionary.md, or all.")
    ] = None,
    query: Annotated[str | None, typer.Option(help="Only what this search finds.")] = None,
    full_text: Annotated[bool, typer.Option("--full-text", help="With the text; mind the publishers' rights.")] = False,
    include_private: Annotated[
        bool, typer.Option("--include-private", help="Also name people without a public office.")
    ] = False,
    since_export: Annotated[
        str | None,
        typer.Option("--since-export", help="Only what changed since that export: its id or its manifest.json."),
    ] = None,
    dictionary: Annotated[bool, typer.Option("--dictionary", help="Print what every column means, and stop.")] = False,
) -> None:
    """Write one table or all; each file appears whole or not at all, and the same data gives the same bytes."""
    if dictionary:
        from pantau.exports.dictionary import dictionary as text

        sys.stdout.write(text())
        return
    if output is None:
        raise typer.BadParameter("name the file to write: -o FILE")
    from pantau.cli.workspace import open_workspace
    from pantau.exports.manifest import Manifest
    from pantau.exports.run import open_export, write_export

    workspace = open_workspace()
    since = Manifest.find(since_export, data=workspace.config.data) if since_export else None
    asked = _asked(table, format_name, query, full_text, include_private, since)
    with (
        progress("Mengekspor") as advance,
        open_export(workspace.db, asked=asked, index=workspace.fresh_index, since=since) as opened,
    ):
        say(f"{len(opened.rows.articles)} articles, about {_bytes(opened.size())} to write")
        manifest = write_export(opened, output, advance=advance)
    manifest.keep(workspace.config.data)
    _tell(manifest, output)


def _asked(
    table: str | None,
    format_name: str | None,
    query: str | None,
    full_text: bool,
    private: bool,
    since: Manifest | None,
) -> Asked:
    """What is wanted; what is not given is as in the export that is gone on from, and nothing may differ from it."""
    from pantau.exports.formats import FORMATS
    from pantau.exports.manifest import Asked
    from pantau.exports.run import ALL
    from storage.datasets.tables import TABLES

    old = since.asked if since else Asked(table="articles", format="csv")
    asked = Asked(
        table=table or old.table,
        format=format_name or old.format,
        query=old.query if query is None else query,
        full_text=full_text or old.full_text,
        private=private or old.private,
    )
    if asked.format not in FORMATS:
        raise typer.BadParameter(f"format is one of {', '.join(sorted(FORMATS))}, not {asked.format!r}")
    if asked.table not in {*TABLES, ALL}:
        raise typer.BadParameter(f"table is one of {', '.join([*TABLES, ALL])}, not {asked.table!r}")
    if (
        query is not None
        and asked.table != ALL
        and asked.table in {"coverage", "outages", "occupancies", "withdrawals"}
    ):
        raise typer.BadParameter(f"{asked.table} is about everything, whatever articles say; leave --query out")
    if since and (asked.table, asked.query, asked.full_text, asked.private) != (
        old.table, old.query, old.full_text, old.private
    ):  # fmt: skip
        raise typer.BadParameter(
            f"export {since.id} was of table {old.table!r}, query {old.query!r}; only the same can go on from it"
        )
    return asked


def _tell(manifest: Manifest, output: Path) -> None:
    files = manifest.values["files"]
    rows, size = sum(file["rows"] for file in files), sum(file["bytes"] for file in files)
    say(f"{rows} rows in {len(files)} file(s), {_bytes(size)}, written to {output}; export {manifest.id}")
    if not manifest.values["index_complete"]:
        say("the search index was behind the database: the newest articles may be missing; export again later")


def _bytes(size: int) -> str:
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size = round(size / 1000)
    return f"{size:.0f} GB"
