"""``pantau digest``: the weekly summary, its readers, and the mail to them."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pantau.cli.output import JsonOption, plain, say, show_rows
from scraper.errors import DeliveryError, InputError

if TYPE_CHECKING:
    from pantau.cli.workspace import Workspace
    from pantau.digests.sending import Desk

app = typer.Typer(help="The weekly digest: what it says, who gets it, and sending it.", no_args_is_help=True)
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="Mail address, without a name.")]
Query = Annotated[str, typer.Option(help="A search, as on the search page; without it the digest is of everything.")]


@app.command()
def preview(
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="HTML file; without it the text is shown.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day of the week; yesterday without it.")
    ] = None,
    query: Query = "",
    whatsapp: Annotated[bool, typer.Option("--whatsapp", help="As a message to copy into WhatsApp.")] = False,
) -> None:
    """Build last week's digest from what is stored; as text on the terminal, or as HTML with -o."""
    from pantau.digests.render import render_html, render_text, render_whatsapp
    from pantau.mail.compose import EXAMPLE, SLOT

    digest = _desk().digest(query=query, until=until.date() if until else None)
    if output is None:
        text = render_whatsapp(digest) if whatsapp else render_text(digest)
        sys.stdout.write(plain(text.replace(SLOT, EXAMPLE)))
        return
    try:
        output.write_text(render_html(digest, chart=False).replace(SLOT, EXAMPLE), encoding="utf-8")
    except OSError as error:
        raise DeliveryError(f"{output} cannot be written ({error}); check the folder and its rights") from error
    say(f"digest written to {output}")


@app.command()
def subscribe(
    email: Address,
    *,
    query: Query = "",
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Ask the owner of the address first, by mail; else it is added at once.")
    ] = False,
) -> None:
    """Add a reader of the weekly digest, or change the search of one."""
    from pantau.cli.workspace import open_workspace
    from pantau.mail.confirming import address_confirmation
    from storage.records import subscriptions
    from storage.search.query import parse_query

    parse_query(query)
    workspace = open_workspace()
    with workspace.db.write(only=("mail",)) as session:
        added = subscriptions.subscribe(session, email, query=query, added_by=None if confirm else "pantau digest")
    if added.state == "pending":
        address_confirmation(workspace.db, workspace.config, added)
        _send(workspace)
        say(f"{added.email} was asked; the digest is sent once the link in that mail is followed")
    else:
        say(f"{added.email} gets the digest")


@app.command()
def unsubscribe(email: Address) -> None:
    """End the subscription of an address."""
    from pantau.cli.workspace import open_workspace
    from storage.records import subscriptions

    with open_workspace().db.write(only=("mail",)) as session:
        found = subscriptions.find_subscription(session, email=email)
        if found is None:
            raise InputError(f"{email} is no subscriber; see pantau digest subscribers")
        subscriptions.unsubscribe(session, found.token)
    say(f"{found.email} gets no digest any more")


@app.command()
def subscribers(*, as_json: JsonOption = False) -> None:
    """Show all readers with their state: pending, active, ended, bounced."""
    from pantau.cli.workspace import open_workspace
    from scraper.clock import WIB
    from storage.records import subscriptions

    with open_workspace().db.read() as session:
        rows = [
            {
                "email": reader.email,
                "state": reader.state,
                "since": reader.since.astimezone(WIB).isoformat(timespec="seconds"),
                "query": reader.query or None,
                "added_by": reader.added_by,
                "bounces": reader.bounces,
            }
            for reader in subscriptions.subscribers(session)
        ]
    columns = ("email", "state", "since", "query", "bounces")
    show_rows(rows, as_json=as_json, columns=columns, empty="nobody; add one with pantau digest subscribe")


@app.command()
def send(
    *,
    due: Annotated[
        bool, typer.Option("--due", help="What the last appointment owes each subscriber, and what was postponed.")
    ] = False,
    to: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="The digest of the last seven days to this address only.")
    ] = None,
    query: Query = "",
    dry_run: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write .eml files instead; nothing is sent or noted.")
    ] = None,
) -> None:
    """Send the digest by mail: to all who are owed it, once each, or to one address to look at.

    The exit code is 1 where the server could not be used; what was not sent waits for the next time.
    """
    if due == (to is not None):
        raise typer.BadParameter("choose either --due or --to ADDRESS")
    desk = _desk()
    if dry_run is not None:
        _write_files(desk, dry_run, to=to, query=query)
        return
    if to is not None:
        from pantau.digests.sending import address_preview
        from storage.records.subscriptions import bare_address

        address_preview(desk, bare_address(to), query=query)
    else:
        _address_due(desk)
    _send(desk)


def _desk() -> Desk:
    from pantau.cli.workspace import open_workspace
    from pantau.digests.sending import Desk

    workspace = open_workspace()
    return Desk(workspace.db, workspace.fresh_index(), workspace.config)


def _address_due(desk: Desk) -> None:
    from pantau.digests.sending import address_due
    from storage.records.mailings import forget_old

    _count, faults = address_due(desk)
    for fault in faults:
        say(f"no digest for {fault}")
    with desk.db.write(only=("mail",)) as session:
        forget_old(session)


def _write_files(desk: Desk, folder: Path, *, to: str | None, query: str) -> None:
    from pantau.digests.sending import example_messages
    from pantau.mail.files import write_eml

    count = 0
    for count, (email, message) in enumerate(example_messages(desk, to=to, query=query), start=1):
        write_eml(folder, email, message, number=count)
    say(f"{count} mails written to {folder}; nothing was sent")


def _send(workspace: Workspace | Desk) -> None:
    from pantau.cli.mailing import send_mail

    send_mail(workspace.db, workspace.config)
