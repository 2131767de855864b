"""``pantau jobs``: what Pantau does by itself, or was asked to do."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pantau.cli.output import JsonOption, say, show_rows

if TYPE_CHECKING:
    from storage.records.jobs import Job

app = typer.Typer(help="List, ask for and cancel the jobs of `pantau run`.", no_args_is_help=True)
COLUMNS = {
    "id": "id",
    "what": "pekerjaan",
    "state": "keadaan",
    "asked_by": "diminta",
    "started": "mulai",
    "took": "lama",
    "far": "sampai",
    "message": "pesan",
}


class State(StrEnum):
    """How a job stands."""

    queued = "queued"
    running = "running"
    done = "done"
    failed = "failed"
    cancelled = "cancelled"


@app.command("list")
def list_all(
    *,
    state: Annotated[list[State] | None, typer.Option("--state", help="Only these; may be repeated.")] = None,
    name: Annotated[str | None, typer.Option(help="Only jobs of this name, e.g. crawl.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """Show jobs, the latest first, with who asked for them, how far they are and how they ended."""
    from dataclasses import asdict

    from pantau.cli.mailing import UNSET_ID
    from pantau.cli.workspace import open_workspace
    from storage.health.mail import mail_state
    from storage.records.job_history import list_jobs
    from storage.records.processes import scheduler_runs

    workspace = open_workspace()
    with workspace.db.read() as session:
        found = list_jobs(session, states=tuple(state or ()), name=name, limit=limit)
        runs, mail = scheduler_runs(session), mail_state(session)
    if as_json:
        show_rows(map(asdict, found), as_json=True, columns=(), empty="")
        return
    shown = [{heading: row[field] for field, heading in COLUMNS.items()} for row in map(_row, found)]
    show_rows(shown, as_json=False, columns=list(COLUMNS.values()), empty="Belum ada pekerjaan.")
    if not runs:
        say("Tidak ada penjadwal yang berjalan: jalankan `pantau run`.")
    if mail.is_wanted and not workspace.config.mail.is_set_up:
        say(f"Surel belum diatur, jadi tidak ada yang dikirim: {UNSET_ID}.")


@app.command("run")
def ask(
    name: Annotated[str, typer.Argument(help="Name of the job, e.g. crawl, tag, digest, backup.")],
    key: Annotated[str, typer.Argument(metavar="[KEY]", help="What it is about: a source, an address.")] = "",
) -> None:
    """Ask `pantau run`, or a worker, to do a job now; it comes before what is done by itself."""
    from pantau.cli.workspace import open_workspace
    from pantau.jobs.submit import submit
    from storage.records.processes import processes

    workspace = open_workspace()
    job, new = submit(workspace.db, name, key=key, asked_by="command line")
    with workspace.db.read() as session:
        someone = any(process.kind != "command" for process in processes(session))
    say(f"job {job.id} waits" if new else f"job {job.id} is {job.state} already")
    if not someone:
        say("no `pantau run` or `pantau worker` runs: it waits until one does")


@app.command()
def cancel(
    number: Annotated[int, typer.Argument(metavar="ID", help="Number, as `pantau jobs list` shows it.")],
) -> None:
    """Cancel a job that waits, or end one that runs."""
    from pantau.cli.workspace import open_workspace
    from scraper.errors import InputError
    from storage.presence import JOBS
    from storage.records.jobs import ask_to_stop

    workspace = open_workspace()
    with workspace.db.write(only=JOBS) as session:
        job = ask_to_stop(session, number)
    if job is None:
        raise InputError(f"there is no job {number} that waits or runs; `pantau jobs list` shows all")
    say(f"job {number} is {'cancelled' if job.state == 'cancelled' else 'being ended'}")


def _row(job: Job) -> dict[str, Any]:
    """A job as people read it."""
    from pantau import wording

    ended = job.finished_at - job.started_at if job.finished_at and job.started_at else None
    return {
        "id": job.id,
        "what": f"{job.name} {job.key}".strip(),
        "state": wording.job_state(job.state),
        "asked_by": job.asked_by,
        "started": wording.short_moment(job.started_at) if job.started_at else None,
        "took": f"{ended.total_seconds():,.0f} s" if ended else None,
        "far": f"{job.done:,}/{job.total:,}" if job.done is not None and job.total else None,
        "message": (job.message or "")[:80] or None,
    }
