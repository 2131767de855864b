"""Commands typed by hand that must not run beside the same job: they are rows among the jobs as long as they run."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pantau.cli.job_mode import is_job
from scraper.errors import StorageError

if TYPE_CHECKING:
    from pantau.cli.workspace import Workspace
    from storage.presence import Presence

BEAT = 10.0
BY_HAND = "command line"
"""Who asks."""


@contextmanager
def alone(workspace: Workspace, name: str, keys: Iterable[str] = ("",)) -> Iterator[list[str]]:
    """Hold the keys of a job that nobody runs; gives those. In a job its runner holds them already."""
    if is_job():
        yield list(keys)
        return
    from storage.presence import JOBS, Presence, bury_dead
    from storage.records import jobs

    bury_dead(workspace.db, workspace.config.data, lost_after=workspace.config.work.jobs_lost_after)
    presence = Presence(workspace.db, workspace.config.data, "command")
    held: dict[str, int] = {}
    with workspace.db.write(only=JOBS) as session:
        for key in keys:
            values = {"name": name, "key": key, "asked_by": BY_HAND, "token": presence.token}
            if (job := jobs.begin(session, args=(), **values)) is not None:
                held[key] = job.id
    code, ended = 1, threading.Event()
    threading.Thread(target=_beat, args=(presence, ended), name="beat", daemon=True).start()
    try:
        yield list(held)
        code = 0
    finally:
        ended.set()
        with workspace.db.write(only=JOBS) as session:
            for job_id in held.values():
                jobs.finish(session, job_id, token=presence.token, exit_code=code)
        presence.leave()


def _beat(presence: Presence, ended: threading.Event) -> None:
    while not ended.wait(BEAT):
        try:
            presence.beat()
        except StorageError:  # the lease on this machine says it too; the next beat comes soon
            continue
