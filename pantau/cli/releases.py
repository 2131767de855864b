"""``pantau releases``: which outlets ran a press release, and what they made of it."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pantau.cli.output import JsonOption, json_line, progress, say, show_rows
from pantau.release_rows import pickup_row, release_row, report_row
from scraper.errors import InputError

if TYPE_CHECKING:
    from pantau.cli.workspace import Workspace

app = typer.Typer(help="Watch press releases and report which outlets ran them.", no_args_is_help=True)
_FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M"]


@app.command()
def add(
    path: Annotated[Path, typer.Argument(help="Text file of the release; - is stdin.")],
    *,
    title: Annotated[str, typer.Option(help="Its title; without one the first line of the text.")] = "",
    agency: Annotated[str | None, typer.Option(help="Who issued it.")] = None,
    released: Annotated[
        datetime | None, typer.Option(formats=_FORMATS, help="Day, or day and time, in western Indonesia.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Watch a release, look for articles that ran it, and report them."""
    from pantau.cli.workspace import open_workspace
    from storage.stories.releases import add_release

    workspace, text = open_workspace(), _read(path)
    with workspace.db.write() as session:
        made = add_release(session, text=text, title=title, agency=agency, released=_moment(released), by="cli")
    _report(workspace, made.id, as_json=as_json)


@app.command("list")
def list_releases(
    *,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many rows.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """List the releases, the newest first, with how many articles and outlets ran each."""
    from pantau.cli.workspace import open_workspace
    from storage.stories.releases import releases

    with open_workspace().db.read() as session:
        found = releases(session, limit=limit)
    show_rows(
        [release_row(release) for release in found],
        as_json=as_json,
        columns=("id", "released", "agency", "title", "articles", "outlets"),
        empty="Belum ada rilis.",
    )


@app.command()
def show(
    number: Annotated[int, typer.Argument(metavar="ID", help="As `pantau releases list` shows it.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Report who ran a release: delay, share and sentences that survived, changed figures and quotes, added voices."""
    from pantau.cli.workspace import open_workspace

    _report(open_workspace(), number, as_json=as_json)


@app.command()
def remove(
    number: Annotated[int, typer.Argument(metavar="ID", help="As `pantau releases list` shows it.")],
) -> None:
    """Watch a release no more."""
    from pantau.cli.workspace import open_workspace
    from storage.stories.releases import remove_release

    with open_workspace().db.write() as session:
        if not remove_release(session, number):
            raise InputError(f"there is no release {number}; see `pantau releases list`")
    say(f"release {number} is not watched any more")


def _report(workspace: Workspace, number: int, *, as_json: bool) -> None:
    from storage.stories.pickups import pickup_report, update_pickups

    with progress("Mencari rilis yang dimuat") as advance:
        update_pickups(workspace.db, progress=advance)
    with workspace.db.read() as session:
        report = pickup_report(session, number)
    if as_json:
        json_line(report_row(report))
        return
    say(f"{report.release.id}: {report.release.title}")
    show_rows(
        [_shown(pickup_row(pickup)) for pickup in report.pickups],
        as_json=False,
        columns=("published", "outlet", "title", "delay", "share", "quotes kept", "figures changed", "voices"),
        empty="Belum ada media yang memuat rilis ini.",
    )
    for sentence in report.never_kept:
        say(f"in no article: {sentence}")


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """A pick-up as people read it in a table."""
    quotes = [len(row[name]) for name in ("quotes_kept", "quotes_changed", "quotes_dropped")]
    seconds = row["delay_seconds"]
    return row | {
        "delay": None if seconds is None else _told(timedelta(seconds=seconds)),
        "share": f"{row['share']:.0%}",
        "quotes kept": f"{quotes[0]} of {sum(quotes)}",
        "figures changed": [f"{change['release']} -> {change['article']}" for change in row["figures_changed"]],
    }


def _told(delay: timedelta) -> str:
    """``26 h``; days where those are whole."""
    hours = delay.total_seconds() / 3600
    return f"{delay.days} d" if delay.days and not delay.seconds else f"{hours:.0f} h"


def _moment(released: datetime | None) -> datetime | date | None:
    """A day at midnight is a day."""
    from scraper.clock import WIB

    if released is None:
        return None
    return released.replace(tzinfo=WIB) if released.hour or released.minute else released.date()


def _read(path: Path) -> str:
    """The text of a release; raises InputError where it cannot be read."""
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error}); give a text file in UTF-8") from error
