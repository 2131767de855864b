"""``pantau crawl``: fetch what is new from the sources that this office follows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from pantau.cli.alone import alone
from pantau.cli.crawl_progress import crawl_progress, tell
from pantau.cli.health import check_health
from pantau.cli.job_mode import is_job
from pantau.cli.output import JsonOption, say, show_rows
from scraper.errors import ProfileError

if TYPE_CHECKING:
    from pantau.cli.workspace import Workspace
    from scraper.crawl.report import RunReport
    from spiders.base import SiteSpider

COLUMNS = ("source", "outcome", "discovered", "known", "new", "changed", "skipped", "failed", "left", "requests")
BROKEN_OFF = 130
"""What a shell says of a program that Ctrl-C ended."""


def crawl(
    names: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE ...]", help="Names; none means all.")] = None,
    *,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Walk the archive back to this day.")
    ] = None,
    max_articles: Annotated[int | None, typer.Option(min=1, help="Stop a source after so many articles.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Crawl sources side by side; robots.txt is always obeyed, and what is known is not fetched again.

    Ctrl-C lets what is on its way come in; pressed again, it breaks off at once, and loses nothing that was stored.
    The exit code is 0 when the runs were recorded, also where a source was blocked or unreachable; 130 when they were
    broken off.
    """
    from pantau.cli.workspace import open_workspace
    from spiders.runner import crawl as run_crawl

    workspace = open_workspace()
    chosen = _chosen(workspace, names or [])
    if not chosen:
        return
    day: date | None = since.date() if since else None
    with (
        alone(workspace, "crawl", [source.name for source in chosen]) as free,
        crawl_progress(shown=not as_json) as watch,
    ):
        mine = _mine(chosen, free)
        if not mine:
            return
        reports = run_crawl(mine, config=workspace.config, since=day, max_articles=max_articles, progress=watch)
    _show(reports, as_json=as_json)
    if any(report.outcome == "killed" for report in reports):
        raise typer.Exit(BROKEN_OFF)
    check_health(workspace)
    workspace.refresh()


def _chosen(workspace: Workspace, names: list[str]) -> list[type[SiteSpider]]:
    """The sources of these names, or all that are on. Raises ProfileError for one that is not on."""
    from scraper.crawl.agent import HINT
    from spiders.sources import load_sources

    known = {source.name: source for source in load_sources(workspace.config.data, names=names or None)}
    for name in names:
        if name not in known:
            raise ProfileError(f"source {name!r} is not enabled; see `pantau sources list`")
    chosen = [known[name] for name in names] if names else list(known.values())
    if not chosen:
        say("No source is enabled. `pantau sources list` shows the catalogue, `pantau sources enable NAME` adds one.")
    elif not workspace.config.contact and not all(source.host_guard().on_loopback for source in chosen):
        say(HINT)
    return chosen


def _mine(chosen: list[type[SiteSpider]], free: Collection[str]) -> list[type[SiteSpider]]:
    """Those that nobody else is crawling."""
    for source in chosen:
        if source.name not in free:
            say(f"{source.name} is being crawled already; `pantau jobs list` shows by whom")
    return [source for source in chosen if source.name in free]


def _show(reports: Sequence[RunReport], *, as_json: bool) -> None:
    show_rows([report.as_row() for report in reports], as_json=as_json, columns=COLUMNS, empty="no runs")
    for report in reports if is_job() else ():
        say(f"{report.source}: {report.outcome}, {tell(report.counts)}")
