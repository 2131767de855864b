"""``pantau export``: a tidy table for Excel, R or Python."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pantau.cli.output import progress, say


def export(
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write.")],
    format_name: Annotated[str, typer.Option("--format", help="csv or jsonl.")] = "csv",
    table: Annotated[
        str, typer.Option(help="articles, mentions, statements, figures, programmes, coverage or outages.")
    ] = "articles",
    query: Annotated[str | None, typer.Option(help="Only what this search finds.")] = None,
    full_text: Annotated[bool, typer.Option("--full-text", help="With the text; mind the publishers' rights.")] = False,
) -> None:
    """Write one table; the file appears whole or not at all, and the same data gives the same bytes."""
    from pantau.cli.workspace import open_workspace
    from pantau.exports.denominators import DENOMINATORS
    from pantau.exports.formats import FORMATS, export_table, write_whole
    from pantau.exports.tables import TABLES
    from storage.records.articles import iter_articles

    if format_name not in FORMATS:
        raise typer.BadParameter(f"format is one of {', '.join(sorted(FORMATS))}")
    if table not in TABLES | DENOMINATORS:
        raise typer.BadParameter(f"table is one of {', '.join(TABLES | DENOMINATORS)}")
    if table in DENOMINATORS and query is not None:
        raise typer.BadParameter(f"{table} holds what was crawled, whatever it says; leave --query out")
    workspace = open_workspace()
    if (denominator := DENOMINATORS.get(table)) is not None:
        with workspace.db.read() as session:
            rows = denominator.rows(session)
            count = write_whole(rows, columns=denominator.columns, writer=FORMATS[format_name], path=output)
        say(f"{count} rows written to {output}")
        return
    ids = None
    if query is not None:
        ids = workspace.fresh_index().find_ids(query)
    with progress("Mengekspor") as advance, workspace.db.read() as session:
        count = export_table(
            iter_articles(session, ids=ids),
            table=TABLES[table],
            writer=FORMATS[format_name],
            path=output,
            full_text=full_text,
            advance=lambda done: advance(done, len(ids) if ids is not None else None),
        )
    say(f"{count} rows written to {output}")
