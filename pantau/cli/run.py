"""``pantau run`` and ``pantau worker``: everything by itself, in one process and the children that do its jobs."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Coroutine, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pantau.cli.logs import Format, LogFormat, set_up_logs
from pantau.cli.output import say
from pantau.cli.serve import Host, Port, server_settings
from scraper.errors import ConfigError

if TYPE_CHECKING:
    import uvicorn

    from pantau.cli.workspace import Workspace
    from pantau.jobs.runner import Runner
    from pantau.jobs.scheduler import Scheduler


def run(*, host: Host = "127.0.0.1", port: Port = 8000, log_format: LogFormat = None) -> None:
    """Run everything: page, scheduler and jobs, until interrupted.

    Crawls each source that is on at its own rhythm, tags, groups and indexes what is new, sends alerts and the weekly
    digest, copies the database at night. What was missed while it did not run is done once. Ctrl-C or SIGTERM ends
    the jobs that run; they go on at the next start. A second one does not wait for them.
    """
    from pantau.jobs.runner import Runner
    from pantau.jobs.scheduler import Scheduler

    workspace = _workspace(log_format)
    server = _server(workspace, host, port)
    scheduler = Scheduler(workspace.db, workspace.config)
    runner = Runner(workspace.db, workspace.config, "run")
    say(f"Pantau runs on http://{host}:{port} (Ctrl-C stops it)")
    asyncio.run(_everything(runner, at_once=workspace.config.work.jobs_at_once, scheduler=scheduler, server=server))


def worker(
    *,
    concurrency: Annotated[int, typer.Option(min=1, help="Jobs that run side by side.")] = 2,
    log_format: LogFormat = None,
) -> None:
    """Run jobs only, on this machine, for a `pantau run` elsewhere; needs PostgreSQL. Any number of them may run.

    The jobs of a worker that dies are run again by another one.
    """
    from pantau.jobs.runner import Runner

    workspace = _workspace(log_format)
    if workspace.db.engine.dialect.name != "postgresql":
        raise ConfigError(
            "workers need a database that machines share: set PANTAU_DATABASE_URL to PostgreSQL "
            "(docs/postgresql.md); with SQLite `pantau run` runs the jobs itself"
        )
    runner = Runner(workspace.db, workspace.config, "worker")
    say(f"Pantau works on {concurrency} jobs at once (Ctrl-C stops it)")
    asyncio.run(_everything(runner, at_once=concurrency))


def _workspace(log_format: Format | None) -> Workspace:
    from pantau.cli.workspace import open_workspace

    workspace = open_workspace()
    set_up_logs(workspace.config, log_format)
    return workspace


def _server(workspace: Workspace, host: str, port: int) -> uvicorn.Server:
    """The page's server, which leaves signals to us: jobs have to end before this process does."""
    import uvicorn

    class Server(uvicorn.Server):
        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

    return Server(server_settings(workspace, host=host, port=port))


async def _everything(
    runner: Runner, *, at_once: int, scheduler: Scheduler | None = None, server: uvicorn.Server | None = None
) -> None:
    """Run until a signal comes or a part fails; then end the jobs and whatever is left, in this order."""
    stop = asyncio.Event()
    _on_signals(stop, runner)
    parts = [_tend(runner, scheduler, stop), *_queue(runner, at_once, stop)]
    tasks = {asyncio.create_task(part) for part in parts}
    if server is not None:
        tasks.add(asyncio.create_task(server.serve()))
    if scheduler is not None:
        scheduler.start()
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({stopped, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    failed = not stop.is_set()
    stop.set()
    if scheduler is not None:
        scheduler.stop()
    await runner.stop()
    if server is not None:
        server.should_exit = True
    try:
        await asyncio.gather(*tasks)
    finally:
        await runner.leave()
    if failed:
        raise ConfigError("the page's server ended by itself; the log above says why")


def _queue(runner: Runner, at_once: int, stop: asyncio.Event) -> list[Coroutine[Any, Any, None]]:
    """What brings jobs to the runner; nothing where they are left to others."""
    if not at_once:
        return []
    if not runner.shared:
        from pantau.jobs.local import work

        return [work(runner, at_once=at_once, stop=stop)]
    from pantau.jobs.worker import work as work_for_all

    return [work_for_all(runner, at_once=at_once, stop=stop)]


async def _tend(runner: Runner, scheduler: Scheduler | None, stop: asyncio.Event) -> None:
    from pantau.jobs.runner import TEND

    while not stop.is_set():
        await runner.tend()
        if scheduler is not None:
            scheduler.mend_clock()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), TEND)


def _on_signals(stop: asyncio.Event, runner: Runner) -> None:
    def heard() -> None:
        if stop.is_set():
            runner.kill()
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, heard)
