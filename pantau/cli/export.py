"""``pantau export``: tidy tables for Excel, R or Python."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pantau.cli.output import progress, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pantau.exports.manifest import Manifest


Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="File to write; for all tables a folder or a .zip.")
]
FormatName = Annotated[
    str | None, typer.Option("--format", help="csv (default), jsonl, parquet, xlsx, datapackage, conll or kliping.")
]
TableName = Annotated[
    str | None, typer.Option(help="articles (default), another table of docs/data-dictionary.md, or all.")
]
FullText = Annotated[bool, typer.Option("--full-text", help="With the text; mind the publishers' rights.")]
Private = Annotated[bool, typer.Option("--include-private", help="Also name people without a public office.")]
Since = Annotated[
    str | None,
    typer.Option("--since-export", help="Only what changed since that export: its id, its file or its manifest.json."),
]
ExcelId = Annotated[
    bool, typer.Option("--excel-id", help="CSV for Excel on an Indonesian computer: semicolons, decimal commas.")
]
Partition = Annotated[
    str | None, typer.Option(help="month: Parquet in a folder, one file for each month of publication.")
]
Heading = Annotated[str | None, typer.Option(help="First line of a kliping, e.g. 'Pemerintah Kota Tangerang Selatan'.")]


def export(
    *,
    output: Output = None,
    format_name: FormatName = None,
    table: TableName = None,
    query: Annotated[str | None, typer.Option(help="Only what this search finds.")] = None,
    full_text: FullText = False,
    include_private: Private = False,
    since_export: Since = None,
    excel_id: ExcelId = False,
    partition: Partition = None,
    heading: Heading = None,
    dictionary: Annotated[bool, typer.Option("--dictionary", help="Print what every column means, and stop.")] = False,
) -> None:
    """Write one table or all; each file appears whole or not at all, and the same data gives the same bytes."""
    if dictionary:
        from pantau.exports.dictionary import dictionary as text

        sys.stdout.write(text())
        return
    if output is None:
        raise typer.BadParameter("name the file to write: -o FILE")
    given = {
        "table": table,
        "format": _format(format_name, excel_id=excel_id),
        "query": query,
        "full_text": full_text or None,
        "private": include_private or None,
        "partition": partition,
        "heading": heading,
    }
    _write(output, given, since_export)


def _write(output: Path, given: Mapping[str, object], since_export: str | None) -> None:
    from pantau.cli.workspace import open_workspace
    from pantau.exports.asking import completed, refusal
    from pantau.exports.manifest import Manifest
    from pantau.exports.run import open_export, write_export

    workspace = open_workspace()
    since = Manifest.find(since_export, data=workspace.config.data) if since_export else None
    asked = completed(given, since=since)
    if (reason := refusal(asked, since=since)) is not None:
        raise typer.BadParameter(reason)
    with (
        progress("Mengekspor") as advance,
        open_export(workspace.db, asked=asked, index=workspace.fresh_index, since=since) as opened,
    ):
        say(f"{len(opened.rows.articles)} articles, about {_bytes(opened.size())} to write")
        manifest = write_export(opened, output, advance=advance)
    manifest.keep(workspace.config.data)
    _tell(manifest, output)


def _format(name: str | None, *, excel_id: bool) -> str | None:
    if excel_id and name not in {None, "csv"}:
        raise typer.BadParameter("--excel-id is for --format csv; an .xlsx file needs nothing of the kind")
    return "csv-id" if excel_id else name


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
