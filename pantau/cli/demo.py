"""``pantau demo``: the whole way through the house on the bundled newsroom."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from pantau.cli.output import say
from pantau.cli.serve import Host, Port, check_address, check_reach, serve_pages
from scraper.errors import ConfigError

if TYPE_CHECKING:
    from pantau.cli.workspace import Workspace

DAY_FILE = "demo-day.txt"
"""Marks a folder as the demonstration's own, with the day its stories are counted back from."""


def demo(
    *,
    once: Annotated[bool, typer.Option("--once", help="Do everything, print the summary and end.")] = False,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    sites_port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the four sites.")] = 8180,
) -> None:
    """Crawl, tag and index four invented news sites on this machine, then serve the page.

    Uses PANTAU_DATA (a folder of its own is best); PANTAU_NOW fixes the day for equal runs.
    """
    from demo.newsroom import Newsroom
    from demo.registry_rows import demo_registry
    from pantau.cli.children import run_command
    from pantau.cli.workspace import open_workspace
    from scraper.clock import now, today
    from storage.records.registry import load_registry

    refuse_other_sources()
    start_afresh_on_another_day()
    workspace = open_workspace()
    if not once:
        check_reach(workspace, host)
        check_address(host, port)
    with workspace.db.write() as session:
        load_registry(session, layer="local", rows=demo_registry(today().date()), others=True)
    times: dict[str, float] = {}
    with Newsroom.start(today().date(), now=now(), port=sites_port) as newsroom:
        newsroom.write_sources(workspace.config.data)
        with _timed(times, "crawl, extract, store"):
            run_command("crawl")
        with _timed(times, "tag, group, index"):
            run_command("tag")
        _summary(workspace, times)
        if not once:
            serve_pages(workspace, host=host, port=port)


def refuse_other_sources() -> None:
    """Raise ConfigError where the data folder follows real sources: the demonstration must not mix with them."""
    from demo.newsroom import SITES
    from scraper.config import load_config
    from spiders.sources import load_sources

    data = load_config().data
    others = sorted({source.name for source in load_sources(data)} - set(SITES))
    if others:
        raise ConfigError(f"{data} follows other sources ({', '.join(others)}); set PANTAU_DATA to a folder of its own")


def start_afresh_on_another_day() -> None:
    """Remove what an earlier day's demonstration left: its stories are dated from that day.

    Raises ConfigError where the folder holds articles that are not the demo's.
    """
    from scraper.clock import today
    from scraper.config import load_config

    data, day = load_config().data, today().date().isoformat()
    marker = data / DAY_FILE
    if not marker.exists() and (data / "pantau.db").exists():
        raise ConfigError(f"{data} holds other articles; set PANTAU_DATA to a folder of its own, e.g. ./data/demo")
    if marker.exists() and marker.read_text(encoding="utf-8") != day:
        for name in ("index", "pages", "sources", "crawl"):
            shutil.rmtree(data / name, ignore_errors=True)
        for file in data.glob("pantau.db*"):
            file.unlink()
    data.mkdir(parents=True, exist_ok=True)
    marker.write_text(day, encoding="utf-8")


@contextmanager
def _timed(times: dict[str, float], stage: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    times[stage] = time.monotonic() - started


def _summary(workspace: Workspace, times: dict[str, float]) -> None:
    from storage.records.articles import counts_by_source
    from storage.records.tags import tag_counts

    with workspace.db.read() as session:
        articles, tags = counts_by_source(session), tag_counts(session)
    for title, rows in (
        ("Articles per source", {name: f"{count:,}" for name, count in articles.items()}),
        ("Tags per kind", {name: f"{count:,}" for name, count in tags.items()}),
        ("Seconds per stage", {name: f"{seconds:.1f}" for name, seconds in times.items()}),
    ):
        say(title)
        for name, value in rows.items():
            say(f"  {name:24} {value:>8}")
