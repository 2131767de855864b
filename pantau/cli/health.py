"""``pantau health``: is every source alive, and is what is stored also tagged and indexed?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pantau.cli.output import JsonOption, json_line, say, show_rows
from scraper.errors import ProfileError

if TYPE_CHECKING:
    from pantau.cli.workspace import Workspace
    from storage.health.checks import SourceHealth
    from storage.health.counted import Stated

Row = dict[str, Any]
COLUMNS = {
    "source": "sumber",
    "state": "keadaan",
    "why": "sebab",
    "week": "7 hari",
    "last_success": "terakhir berhasil",
    "last_outcome": "hasil terakhir",
    "articles": "berita",
    "undated": "tanpa tanggal",
    "due": "perlu dibaca ulang",
}
"""What the table shows, with its heading."""
GIGABYTE = 1e9


def health(*, as_json: JsonOption = False) -> None:
    """Show how each source fares, those in trouble first, and how far tagging and the index are behind.

    A source is compared with its own last weeks: silent (nothing, or too little), blocked, unreachable, drifting (its
    pages changed under our reading). The answer is also kept in the database, table source_health.
    """
    from pantau.cli.workspace import open_workspace
    from storage.crawl_store import close_killed_runs

    workspace = open_workspace()
    close_killed_runs(workspace.db, workspace.config.data)
    found = check_health(workspace)
    rows, system = _rows(workspace, found), _system(workspace)
    if as_json:
        show_rows(rows, as_json=True, columns=(), empty="")
        json_line({"source": None, **system})
        return
    shown = [{heading: row[name] for name, heading in COLUMNS.items()} for row in map(_worded, rows)]
    show_rows(shown, as_json=False, columns=list(COLUMNS.values()), empty="Belum ada sumber maupun berita.")
    say(
        f"{system['untagged']} berita belum ditandai; indeks tertinggal {system['index_behind']} perubahan; "
        f"ruang disk kosong {system['disk_free'] / GIGABYTE:.1f} GB"
    )
    say(
        f"penjadwal {'berjalan' if system['scheduler'] else 'tidak berjalan'}; "
        f"{system['jobs_queued']} pekerjaan menunggu, yang tertua {system['queue_age'] // 60} menit; "
        f"{system['jobs_running']} berjalan"
    )
    say(_mail_line(system))
    last = [{"pekerjaan": name, "terakhir berhasil": at} for name, at in system["jobs_last_success"].items()]
    if last:
        show_rows(last, as_json=False, columns=("pekerjaan", "terakhir berhasil"), empty="")


def check_health(workspace: Workspace) -> list[SourceHealth]:
    """Compare every source with its profile's word and its own past, and write down how it fares."""
    from storage.health.checks import check_sources

    followed, paused = _sources(workspace)
    with workspace.db.write() as session:
        return check_sources(session, followed, paused)


def _sources(workspace: Workspace) -> tuple[dict[str, Stated], set[str]]:
    """What the profiles of the followed sources state, and the names of the paused ones."""
    from scraper.followed import FOLDER
    from spiders.sources import load_source
    from storage.health.counted import Stated

    followed, paused = {}, set()
    for path in sorted((workspace.config.data / FOLDER).glob("*.toml")):
        try:
            source = load_source(path)
        except ProfileError as error:
            say(str(error))
            source = None
        if source is None:
            paused.add(path.stem)
        else:
            expect = source.expect
            followed[path.stem] = Stated(per_week=expect.articles_per_week, dated=expect.published_at)
    return followed, paused


def _rows(workspace: Workspace, found: list[SourceHealth]) -> list[Row]:
    """One row a source, also for those that were only imported."""
    from storage.health.drift import undated_shares
    from storage.records.articles import counts_by_source
    from storage.records.looks import due_counts
    from storage.records.runs import FINISHED, last_runs

    with workspace.db.read() as session:
        counts, due, undated = counts_by_source(session), due_counts(session), undated_shares(session)
        last, success = last_runs(session), last_runs(session, outcome=FINISHED)
    rows = [_health_row(health) for health in found]
    rows += [{"source": name, "state": "imported"} for name in counts if name not in {row["source"] for row in rows}]
    for row in rows:
        name = row["source"]
        row |= {
            "last_success": _iso(success[name].finished_at) if name in success else None,
            "last_outcome": last[name].outcome or "running" if name in last else None,
            "articles": counts.get(name, 0),
            "undated": round(undated[name].count / undated[name].of, 3) if name in undated else None,
            "due": due.get(name, 0),
        }
    return rows


def _health_row(health: SourceHealth) -> Row:
    return {
        "source": health.source,
        "state": health.state,
        "reason": health.reason,
        "since": _iso(health.since),
        "expected": health.expected,
        "least": health.least,
        "got": health.got,
        "expected_by_weekday": list(health.weekdays),
        "checked_at": _iso(health.checked_at),
    }


def _worded(row: Row) -> Row:
    """A row as people read it."""
    from datetime import datetime

    from pantau import wording

    since = datetime.fromisoformat(row["since"]) if row.get("since") else None
    success = datetime.fromisoformat(row["last_success"]) if row["last_success"] else None
    return row | {
        "state": wording.state_label(row["state"]),
        "why": wording.health_reason(row.get("reason"), since),
        "week": f"{row['got']}/{row['expected']:.0f}" if "got" in row else None,
        "last_success": wording.short_moment(success) if success else None,
        "last_outcome": wording.outcome_label(row["last_outcome"]) if row["last_outcome"] else None,
        "undated": None if row["undated"] is None else f"{row['undated']:.0%}",
    }


def _system(workspace: Workspace) -> Row:
    """What concerns no single source."""
    from nlp.version import tag_version
    from storage.health.system import system_state

    with workspace.db.read() as session:
        state = system_state(session, workspace.config.data, version=tag_version())
    return {
        "untagged": state.untagged,
        "index_behind": workspace.index().behind(),
        "disk_free": state.disk_free,
        "jobs_queued": state.queued,
        "jobs_running": state.running,
        "queue_age": round(state.queue_age),
        "scheduler": state.scheduler,
        "mail_set_up": workspace.config.mail.is_set_up,
        "mails_waiting": state.mail.waiting,
        "mails_failed": state.mail.failed,
        "jobs_last_success": {name: _iso(moment) for name, moment in sorted(state.last_success.items())},
    }


def _mail_line(system: Row) -> str:
    from pantau.cli.mailing import UNSET_ID

    said = f"{system['mails_waiting']} surel menunggu; {system['mails_failed']} gagal dalam 7 hari"
    return said if system["mail_set_up"] else f"surel belum diatur: {UNSET_ID}; {said}"


def _iso(moment: Any) -> str | None:
    from scraper.clock import WIB

    return moment.astimezone(WIB).isoformat(timespec="seconds") if moment else None
