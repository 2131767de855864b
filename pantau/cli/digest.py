"""``pantau digest``: the weekly summary, its readers, and the mail to them."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pantau.cli.languages import LanguageOption
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
    language: LanguageOption = None,
) -> None:
    """Build last week's digest from what is stored; as text on the terminal, or as HTML with -o."""
    from pantau.digests.render import render_html, render_text, render_whatsapp
    from pantau.mail.compose import EXAMPLE, SLOT
    from pantau.translations import use_language

    with use_language(language):
        digest = _desk().digest(query=query, until=until.date() if until else None)
        text = render_whatsapp(digest) if whatsapp else render_text(digest)
        html = render_html(digest, chart=False)
    if output is None:
        sys.stdout.write(plain(text.replace(SLOT, EXAMPLE)))
        return
    try:
        output.write_text(html.replace(SLOT, EXAMPLE), encoding="utf-8")
    except OSError as error:
        raise DeliveryError(f"{output} cannot be written ({error}); check the folder and its rights") from error
    say(f"digest written to {output}")


@app.command()
def subscribe(
    email: Address,
    *,
    query: Annotated[
        str | None, typer.Option(help='A search, as on the search page; "" is everything, as it is for a new reader.')
    ] = None,
    language: LanguageOption = None,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Ask the owner of the address first, by mail; else it is added at once.")
    ] = False,
) -> None:
    """Add a reader of the weekly digest, or change search and language of one."""
    from pantau.cli.mailing import need_mail
    from pantau.cli.workspace import open_workspace
    from pantau.mail.confirming import address_confirmation
    from storage.records import subscriptions
    from storage.search.query import parse_query

    parse_query(query or "")
    workspace = open_workspace()
    if confirm:
        need_mail(workspace.config)
    by = None if confirm else "pantau digest"
    with workspace.db.write(only=("mail",)) as session:
        added = subscriptions.subscribe(session, email, query=query, added_by=by, language=language)
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
                "language": reader.language,
                "added_by": reader.added_by,
                "bounces": reader.bounces,
            }
            for reader in subscriptions.subscribers(session)
        ]
    columns = ("email", "state", "since", "query", "language", "bounces")
    show_rows(rows, as_json=as_json, columns=columns, empty="nobody; add one with pantau digest subscribe")


@app.command()
def editions(*, as_json: JsonOption = False) -> None:
    """Show the digests that were built, sent or not; the page shows them whole (Pengaturan > Pratinjau digest)."""
    from dataclasses import asdict

    from pantau.cli.workspace import open_workspace
    from storage.records import mailings

    with open_workspace().db.read() as session:
        rows = [asdict(edition) for edition in mailings.editions(session, limit=100)]
    show_rows(rows, as_json=as_json, columns=("id", "subject", "sent"), empty="none was built yet")


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
    language: LanguageOption = None,
    dry_run: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write .eml files instead; nothing is sent or noted.")
    ] = None,
) -> None:
    """Send the digest by mail: to all who are owed it, once each, or to one address to look at.

    The exit code is 1 where the server could not be used; what was not sent waits for the next time. Where no server
    is set, --due builds and keeps the digest all the same, and says so. --query and --language go with --to.
    """
    if due == (to is not None):
        raise typer.BadParameter("choose either --due or --to ADDRESS")
    from pantau.translations import use_language

    desk = _desk()
    with use_language(language):
        if dry_run is not None:
            _write_files(desk, dry_run, to=to, query=query)
            return
        if to is not None:
            _address_one(desk, to, query)
    if due:
        _address_due(desk)
    _send(desk)


def _desk() -> Desk:
    from pantau.cli.workspace import open_workspace
    from pantau.digests.sending import Desk

    workspace = open_workspace()
    return Desk(workspace.db, workspace.fresh_index(), workspace.config)


def _address_one(desk: Desk, to: str, query: str) -> None:
    from pantau.cli.mailing import need_mail
    from pantau.digests.sending import address_preview
    from storage.records.subscriptions import bare_address

    need_mail(desk.config)
    address_preview(desk, bare_address(to), query=query)


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
