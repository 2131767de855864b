"""``pantau alerts``: mails about new stories of saved searches, unusual volumes and silent sources."""

from __future__ import annotations

import typer

from pantau.cli.output import say

app = typer.Typer(
    help="Mails about what is new: saved searches, unusual volumes, silent sources.", no_args_is_help=True
)


@app.callback()
def group() -> None:
    """Mails about what is new."""


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
