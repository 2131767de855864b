"""``pantau figures``: the ledger of claims, each with its source, conflicting ones beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pantau.cli.output import JsonOption, say, show_rows
from pantau.cli.search import Limit, Query

if TYPE_CHECKING:
    from pantau.cli.workspace import Workspace
    from storage.trends.claims import Asked, Claim
    from storage.trends.ledger import Ledger

FACTS = (
    "raw", "value", "value_max", "unit", "modifier", "measures", "indicator", "direction", "base", "role", "period",
    "place", "area", "area_name", "outlet", "title", "article_id", "url", "sentence",
)  # fmt: skip


def figures(
    query: Query = "",
    *,
    indicator: Annotated[str | None, typer.Option(help="Claims about one, e.g. umkm, inflasi, pad.")] = None,
    area: Annotated[str | None, typer.Option(help="Code (36.74), name or short name of an area.")] = None,
    period: Annotated[str | None, typer.Option(help="2026, 2026-03, 2026-Q1, 2026-S1 or START/END.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Name of a source.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Who says it: a name, or an id of the registry.")] = None,
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Only claims that contradict another one.")] = False,
    hoaxes: Annotated[bool, typer.Option("--hoaxes", help="Also figures of refuted messages.")] = False,
    limit: Limit = 50,
    as_json: JsonOption = False,
) -> None:
    """List figures with who said them and where: those of the articles that a query finds, or claims about indicators.

    Claims of one thing in one area and period that contradict each other get the same number under ``conflict``;
    nothing is averaged. ``revises`` names the article in which the same outlet stated another value before. A period
    or area that the text does not tell is assumed, and ``assumed`` says so.
    """
    from pantau.cli.workspace import open_workspace
    from storage.trends.claims import claims, with_words
    from storage.trends.ledger import read_ledger

    workspace = open_workspace()
    said = {"indicator": indicator, "area": area, "period": period, "outlet": outlet, "speaker": speaker}
    asked = _asked(workspace, query, said, hoaxes=hoaxes)
    with workspace.db.read() as session:
        ledger = read_ledger(claims(session, asked))
        wanted = _wanted(ledger, only_conflicts=conflicts)
        shown = with_words(session, wanted[:limit])
    show_rows(
        _rows(ledger, shown),
        as_json=as_json,
        columns=("published", "outlet", "raw", "measures", "period", "area_name", "speaker", "conflict"),
        empty="Tidak ada angka.",
    )
    if not as_json and wanted:
        say(f"{len(wanted)} claims, {len(ledger.conflicts)} conflicts, {len(ledger.revisions)} revisions")


def _asked(workspace: Workspace, query: str, said: Mapping[str, str | None], *, hoaxes: bool) -> Asked:
    from storage.records.names import person_keys
    from storage.trends.claims import Asked, area_codes
    from storage.trends.periods import read_period

    with workspace.db.read() as session:
        return Asked(
            indicator=said["indicator"],
            areas=area_codes(session, said["area"]) if said["area"] else None,
            period=read_period(said["period"]) if said["period"] else None,
            outlet=said["outlet"],
            speakers=person_keys(session, said["speaker"]) if said["speaker"] else None,
            articles=workspace.fresh_index().find_ids(query) if query.strip() else None,
            any_figure=bool(query.strip()) and said["indicator"] is None,
            hoaxes=hoaxes,
            sentences=False,
        )


def _wanted(ledger: Ledger, *, only_conflicts: bool) -> list[Claim]:
    """All claims, the newest first; or those of the conflicts, one conflict after the other."""
    if not only_conflicts:
        return list(reversed(ledger.claims))
    return [claim for conflict in ledger.conflicts for claim in conflict.claims]


def _rows(ledger: Ledger, shown: Sequence[Claim]) -> list[dict[str, Any]]:
    numbers = {
        (claim.article_id, claim.start): number
        for number, conflict in enumerate(ledger.conflicts, 1)
        for claim in conflict.claims
    }
    revised = {(r.after.article_id, r.after.start): r.before.article_id for r in ledger.revisions}
    return [_row(claim, numbers, revised) for claim in shown]


def _row(claim: Claim, numbers: dict[tuple[str, int], int], revised: dict[tuple[str, int], str]) -> dict[str, Any]:
    key = (claim.article_id, claim.start)
    return {
        "published": claim.published.isoformat() if claim.published else None,
        **{name: getattr(claim, name) for name in FACTS},
        "speaker": claim.speaker_name or claim.speaker,
        "flags": list(claim.flags),
        "assumed": list(claim.assumed),
        "conflict": numbers.get(key),
        "revises": revised.get(key),
    }
