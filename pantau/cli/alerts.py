"""``pantau alerts``: mails about new stories of saved searches, unusual volumes and silent sources."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from pantau.cli.languages import LanguageOption
from pantau.cli.output import JsonOption, say, show_rows

app = typer.Typer(
    help="Mails about what is new: saved searches, unusual volumes, silent sources.", no_args_is_help=True
)


class Rhythm(StrEnum):
    """How often new stories are mailed."""

    off = "off"
    now = "now"
    hourly = "hourly"
    daily = "daily"


Email = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Where the mails go.")]
Spike = Annotated[
    bool | None, typer.Option("--spike/--no-spike", help="Also mail when far more than usual is written.")
]


@app.command("list")
def list_all(*, as_json: JsonOption = False) -> None:
    """Show all saved searches, with what each mails to whom."""
    from dataclasses import asdict

    from pantau.cli.workspace import open_workspace
    from storage.records.saved_searches import all_searches

    with open_workspace().db.read() as session:
        rows = [asdict(search) for search in all_searches(session)]
    columns = ("id", "owner", "name", "query", "alert", "spike", "email", "language")
    show_rows(rows, as_json=as_json, columns=columns, empty="none; add one with pantau alerts add")


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What it is called.")],
    query: Annotated[str, typer.Argument(help="A search, as on the search page.")],
    *,
    email: Email = None,
    rhythm: Annotated[Rhythm, typer.Option(help="How often new stories are mailed.")] = Rhythm.now,
    spike: Spike = False,
    language: LanguageOption = None,
) -> None:
    """Save a search and mail what is new in it."""
    from pantau.cli.workspace import open_workspace
    from storage.records.saved_searches import save_search

    facts: dict[str, Any] = {"alert": rhythm.value, "spike": bool(spike), "email": email}
    if language is not None:
        facts["language"] = language.value
    with open_workspace().db.write() as session:
        saved = save_search(session, owner="", name=name, query=query, **facts)
    say(f"search {saved.id} mails {saved.alert} to {saved.email}")


@app.command("set")
def change(
    number: Annotated[int, typer.Argument(metavar="ID", help="Number, as `pantau alerts list` shows it.")],
    *,
    email: Email = None,
    rhythm: Annotated[Rhythm | None, typer.Option(help="How often new stories are mailed.")] = None,
    spike: Spike = None,
    language: LanguageOption = None,
) -> None:
    """Change what a saved search mails, of whomever it is; what is not given stays."""
    from pantau.cli.workspace import open_workspace
    from scraper.errors import InputError
    from storage.records.saved_searches import all_searches, change_search

    given = {"email": email, "alert": rhythm, "spike": spike, "language": language}
    facts = {name: getattr(value, "value", value) for name, value in given.items() if value is not None}
    with open_workspace().db.write() as session:
        found = next((search for search in all_searches(session) if search.id == number), None)
        if found is None:
            raise InputError(f"there is no saved search {number}; see pantau alerts list")
        saved = change_search(session, number, owner=found.owner, **facts)
    say(f"search {saved.id} mails {saved.alert} to {saved.email or 'nobody'}")


@app.command()
def send() -> None:
    """Look at the saved searches that are due and mail what is new, one mail a reader; tell admins of silent sources.

    In its quiet hours a search is not looked at; what comes up meanwhile is in the first mail after them. They are
    those of the settings where its owner chose no others.
    The exit code is 1 where the mail server could not be used; what was not sent waits for the next time.
    """
    from pantau.alerts.looking import is_quiet
    from pantau.alerts.sending import address_alerts, address_troubles
    from pantau.cli.health import check_health
    from pantau.cli.mailing import send_mail
    from pantau.cli.workspace import open_workspace
    from scraper.clock import now
    from storage.records.deliveries import next_attempt

    workspace = open_workspace()
    workspace.refresh()
    check_health(workspace)
    found = address_alerts(workspace.db, workspace.index(), workspace.config)
    quiet = is_quiet(workspace.config, now())
    told = 0 if quiet else address_troubles(workspace.db, workspace.config)
    for fault in found.faults:
        say(f"no alert for {fault}")
    say(f"{found.stories} new stories in {found.mails} mails, {told} sources")
    with workspace.db.read() as session:
        due = next_attempt(session)
    if due is not None and due <= now() and (found.mails or not quiet):
        send_mail(workspace.db, workspace.config)
