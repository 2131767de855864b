"""``pantau trends``: how much was written, over time."""

from __future__ import annotations

from typing import Annotated

import typer

from pantau.cli.output import JsonOption, show_rows
from pantau.cli.search import Query


def trends(
    query: Query,
    *,
    by: Annotated[str, typer.Option(help="day, week or month.")] = "month",
    as_json: JsonOption = False,
) -> None:
    """Count the articles of a query by day, week or month, beside how many were crawled in all."""
    if by not in {"day", "week", "month"}:
        raise typer.BadParameter("by is 'day', 'week' or 'month'")
    from pantau.cli.workspace import open_workspace

    index = open_workspace().fresh_index()
    points = index.volume(query, by=by)  # type: ignore[arg-type]
    show_rows(
        [{"start": p.start.isoformat(), "count": p.count, "crawled": p.crawled_total} for p in points],
        as_json=as_json,
        columns=("start", "count", "crawled"),
        empty="Tidak ada hasil.",
    )
