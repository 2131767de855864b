"""``pantau run``: the page, and crawl and tagging at a fixed rhythm, in one process tree."""

from __future__ import annotations

import threading
from typing import Annotated

import typer

from pantau.cli.output import complain
from pantau.cli.serve import Host, Port, serve_pages
from scraper.errors import PantauError


def run(
    *,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    every: Annotated[int, typer.Option(min=1, help="Minutes between two crawls.")] = 60,
) -> None:
    """Crawl the enabled sources, tag what is new and serve the page, until interrupted."""
    from pantau.cli.workspace import open_workspace

    workspace = open_workspace()
    stop = threading.Event()
    worker = threading.Thread(target=_keep_fresh, args=(stop, every * 60), name="freshness", daemon=True)
    worker.start()
    try:
        serve_pages(workspace, host=host, port=port)
    finally:
        stop.set()


def _keep_fresh(stop: threading.Event, seconds: float) -> None:
    """Crawl and tag as child processes until told to stop; a failure is told and tried again next time."""
    from pantau.cli.children import run_command

    while True:
        for command in ("crawl", "tag"):
            try:
                run_command(command)
            except PantauError as error:
                complain(str(error))
        if stop.wait(seconds):
            return
