"""``pantau db`` and ``pantau reindex``: care of the records and of what is built from them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pantau.cli.output import progress, say
from scraper.errors import StorageError

app = typer.Typer(help="Upgrade, check and back up the database.", no_args_is_help=True)


@app.command()
def upgrade() -> None:
    """Bring the database to the schema of this version; safe to repeat."""
    from pantau.cli.workspace import open_workspace

    open_workspace(upgrade=True)
    say("the database is up to date")


@app.command()
def check() -> None:
    """Look for orphans, broken spans, pages that are gone and an index that lags; exit code 1 where there is one."""
    from pantau.cli.workspace import open_workspace
    from storage.checking import check_index, check_records

    workspace = open_workspace()
    with progress("Memeriksa") as advance:
        faults = check_records(workspace.db, workspace.config.data, progress=advance)
    faults += check_index(workspace.index())
    for fault in faults:
        say(fault)
    if faults:
        raise StorageError(f"{len(faults)} faults found")
    say("no faults found")


@app.command()
def backup(
    path: Annotated[Path | None, typer.Argument(help="File to write the copy to.")] = None,
    *,
    nightly: Annotated[
        bool, typer.Option("--nightly", help="Into PANTAU_DATA/backups, where the newest PANTAU_BACKUPS are kept.")
    ] = False,
) -> None:
    """Copy the database while it is in use."""
    from pantau.cli.workspace import open_workspace
    from storage.backups import nightly_copy

    if (path is None) != nightly:
        raise typer.BadParameter("name a file, or give --nightly")
    workspace = open_workspace()
    if path is None:
        path = nightly_copy(workspace.db, workspace.config.data, keep=workspace.config.work.backups)
    else:
        workspace.db.backup(path)
    say(f"backed up to {path}")


@app.command()
def restore(path: Annotated[Path, typer.Argument(help="Backup that `pantau db backup` wrote.")]) -> None:
    """Put a backup in the place of the database; the one that was there is kept under another name.

    Refused while another process has the database open. The backup is checked before anything is changed.
    """
    from scraper.config import load_config
    from storage.restore import restore as put_back

    kept = put_back(load_config(), path)
    say(f"{path} is the database now" + (f"; the old one is {kept}" if kept else ""))
    reindex()


@app.command()
def prune() -> None:
    """Remove what nobody needs any more: jobs that ended more than PANTAU_JOBS_KEPT days ago, processes long gone."""
    from pantau.cli.workspace import open_workspace
    from scraper.clock import now
    from storage.presence import JOBS
    from storage.records.job_history import prune_jobs
    from storage.records.processes import forget_processes

    workspace = open_workspace()
    with workspace.db.write(only=JOBS) as session:
        gone = prune_jobs(session, before=now() - workspace.config.work.jobs_kept)
        forget_processes(session)
    say(f"{gone} old jobs removed")


def reindex() -> None:
    """Build the search index anew from the database."""
    from pantau.cli.workspace import open_workspace

    workspace = open_workspace()
    with progress("Mengindeks ulang") as advance:
        count = workspace.index().rebuild(progress=advance)
    say(f"{count} articles indexed")
