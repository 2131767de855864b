"""``pantau trends``: how much was written of what, when, by whom, and what has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pantau.cli.output import JsonOption, show_rows
from pantau.cli.search import Limit, Query

if TYPE_CHECKING:
    from storage.search.engine import SearchIndex
    from storage.trends.spans import Span

Rows = list[dict[str, Any]]
FACETS = ("pejabat", "narasumber", "program", "media", "wilayah", "topik", "jenis", "kanal")
STEPS = ("day", "week", "month")
_FACET = f"One of {', '.join(FACETS)}."
Facet = Annotated[str | None, typer.Option(help=f"The most frequent values of a facet. {_FACET}")]
Movers = Annotated[
    str | None, typer.Option(help=f"Values of a facet whose share changed since the span before. {_FACET}")
]
Together = Annotated[str | None, typer.Option(help=f"Values of a facet that go with the query. {_FACET}")]


def trends(
    query: Query = "",
    *,
    by: Annotated[str, typer.Option(help="day, week or month.")] = "month",
    beside: Annotated[list[str] | None, typer.Option("--with", help="Another query to compare; up to four.")] = None,
    facet: Facet = None,
    movers: Movers = None,
    together: Together = None,
    voices: Annotated[bool, typer.Option("--voices", help="Who is named and who speaks, counted apart.")] = False,
    bursts: Annotated[bool, typer.Option("--bursts", help="Times with far more articles than before.")] = False,
    first: Annotated[bool, typer.Option("--first", help="The earliest article.")] = False,
    days: Annotated[int, typer.Option(min=1, max=366, help="Length of the span of --movers.")] = 7,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day of that span.")] = None,
    limit: Limit = 20,
    as_json: JsonOption = False,
) -> None:
    """Count the articles of a query over time, beside how many were crawled in all; or ask one other question of them.

    Counts are of articles; a share is that of all articles crawled from the same outlets, and empty where there were
    none. ``chance`` says how probable a difference is by chance (an exact test): small counts hardly ever differ.
    """
    if by not in STEPS:
        raise typer.BadParameter(f"by is one of {', '.join(STEPS)}")
    views: dict[str, Callable[[SearchIndex], Rows]] = {
        "facet": lambda index: _facet(index, query, _known(facet), limit),
        "movers": lambda index: _movers(index, query, _known(movers), _span(days, until), limit),
        "together": lambda index: _together(index, query, _known(together), limit),
        "voices": lambda index: _voices(index, query, limit),
        "bursts": lambda index: _bursts(index, [query, *(beside or [])], by),
        "first": lambda index: _first(index, query),
        "volume": lambda index: _volume(index, [query, *(beside or [])], by),
    }
    asked = (facet is not None, movers is not None, together is not None, voices, bursts, first)
    chosen = [name for name, is_asked in zip(views, asked, strict=False) if is_asked]
    if len(chosen) > 1:
        raise typer.BadParameter(f"--{chosen[0]} and --{chosen[1]} are two questions; ask one at a time")
    for name in (name for name in (facet, movers, together) if name is not None):
        _known(name)
    from pantau.cli.workspace import open_workspace

    rows = views[chosen[0] if chosen else "volume"](open_workspace().fresh_index())
    show_rows(rows, as_json=as_json, columns=tuple(rows[0]) if rows else (), empty="Tidak ada hasil.")


def _volume(index: SearchIndex, queries: list[str], by: str) -> Rows:
    from storage.trends.questions import compare

    found = compare(index, queries, by=by)  # type: ignore[arg-type]
    named = len(queries) > 1
    return [
        ({"query": one.query} if named else {})
        | {"start": point.start.isoformat(), "count": point.count, "crawled": point.crawled_total}
        | {"share": _rounded(point.share)}
        | ({"share_of_voice": one.share_of_voice} if named else {})
        for one in found
        for point in one.points
    ]


def _bursts(index: SearchIndex, queries: list[str], by: str) -> Rows:
    from storage.trends.questions import compare

    found = compare(index, queries, by=by)  # type: ignore[arg-type]
    return [{"query": one.query} | _plain(asdict(burst)) for one in found for burst in one.bursts]


def _facet(index: SearchIndex, query: str, name: str, limit: int) -> Rows:
    total = index.count(query) or 1
    return [
        {name: item.value, "articles": item.count, "share": _rounded(item.count / total)}
        for item in index.facet(query, name, limit=limit)
    ]


def _movers(index: SearchIndex, query: str, name: str, span: Span, limit: int) -> Rows:
    from storage.trends.questions import movers

    found = movers(index, name, span, query=query, limit=limit)
    return [
        {name: item.value, "now": item.now, "before": item.before}
        | {"chance": _rounded(item.chance), "significant": item.is_significant}
        for item in found
    ]


def _together(index: SearchIndex, query: str, name: str, limit: int) -> Rows:
    from storage.trends.questions import mentioned_together

    found = mentioned_together(index, query, name, limit=limit)
    return [{name: item.value} | {k: v for k, v in _plain(asdict(item)).items() if k != "value"} for item in found]


def _voices(index: SearchIndex, query: str, limit: int) -> Rows:
    from storage.trends.questions import voices

    return [asdict(voice) for voice in voices(index, query, limit=limit)]


def _first(index: SearchIndex, query: str) -> Rows:
    from pantau.hit_rows import hit_row
    from storage.trends.questions import first_mention

    hit = first_mention(index, query)
    row = hit_row(hit) if hit else {}
    return [{name: row[name] for name in ("published", "outlet", "title", "url", "id")}] if row else []


def _span(days: int, until: datetime | None) -> Span:
    from scraper.clock import today
    from storage.trends.spans import Span

    last = until.date() if until else today().date() - timedelta(days=1)
    return Span(last - timedelta(days=days - 1), last)


def _known(facet: str | None) -> str:
    if facet not in FACETS:
        raise typer.BadParameter(f"{facet!r} is no facet; choose one of {', '.join(FACETS)}")
    return facet


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else _rounded(value) if isinstance(value, float) else value
        for name, value in row.items()
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")
