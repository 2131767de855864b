"""``pantau search`` and ``pantau figures``: questions to the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pantau.cli.output import JsonOption, say, show_rows

if TYPE_CHECKING:
    from storage.search.results import SearchResult

Limit = Annotated[int, typer.Option(min=1, max=1000, help="At most so many rows.")]
Query = Annotated[str, typer.Argument(help='Words, "phrases", -not, OR, judul: pejabat: program: media: dari: sampai:')]


def search(
    query: Query,
    *,
    limit: Limit = 20,
    sort: Annotated[str, typer.Option(help="relevance or date.")] = "relevance",
    as_json: JsonOption = False,
) -> None:
    """Find articles; one row a story, with the number of other outlets that ran it."""
    if sort not in {"relevance", "date"}:
        raise typer.BadParameter("sort is 'relevance' or 'date'")
    from pantau.cli.workspace import open_workspace
    from pantau.hit_rows import hit_row

    index = open_workspace().fresh_index()
    result = index.search(query, limit=limit, sort=sort, facets=())  # type: ignore[arg-type]
    show_rows(
        [hit_row(hit) | {"score": round(hit.score, 4)} for hit in result.hits],
        as_json=as_json,
        columns=("published", "outlet", "title", "others", "id"),
        empty="Tidak ada hasil.",
    )
    if not as_json:
        say(_told(result))


def _told(result: SearchResult) -> str:
    said = [f"{result.total} articles, about {result.stories} stories"]
    said += [f'no article has "{typed}", this is "{used}"' for typed, used in result.corrected.items()]
    said += ["no article has all of the words"] if result.relaxed and result.total else []
    said += [f"the index is {result.behind} changes behind"] if result.behind else []
    return "; ".join(said)
