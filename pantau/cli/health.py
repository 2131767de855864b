"""``pantau health``: is every source alive, and is what is stored also tagged and indexed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pantau.cli.output import JsonOption, say, show_rows

if TYPE_CHECKING:
    from storage.records.runs import Run


def health(*, as_json: JsonOption = False) -> None:
    """Show the last run of each source, and how far tagging and the index are behind."""
    from nlp.version import tag_version
    from pantau.cli.workspace import open_workspace
    from storage.records.articles import counts_by_source
    from storage.records.runs import last_runs
    from storage.records.tags import untagged_count

    workspace = open_workspace()
    with workspace.db.read() as session:
        counts, runs = counts_by_source(session), last_runs(session)
        untagged = untagged_count(session, version=tag_version())
    rows = [
        {
            "source": name,
            "articles": counts.get(name, 0),
            "outcome": runs[name].outcome if name in runs else "imported",
            "finished": _finished(runs.get(name)),
        }
        for name in sorted(counts | runs)
    ]
    show_rows(rows, as_json=as_json, columns=("source", "articles", "outcome", "finished"), empty="no articles yet")
    if not as_json:
        say(f"{untagged} articles wait for tags; the index is {workspace.index().behind()} changes behind")


def _finished(run: Run | None) -> str | None:
    return run.finished_at.isoformat() if run and run.finished_at else None
