"""``pantau mail``: does mail get out, and what came back."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from pantau.cli.output import say
from scraper.errors import ConfigError

app = typer.Typer(help="Check the mail server, and read what could not be delivered.", no_args_is_help=True)


@app.command()
def check() -> None:
    """Connect to the mail server and to the mailbox of bounces, as far as they are set; nothing is sent."""
    import asyncio

    from pantau.cli.mailing import need_mail
    from pantau.cli.workspace import open_workspace
    from pantau.mail.compose import Letterhead
    from pantau.mail.connection import Postman
    from pantau.mail.mailbox import open_mailbox

    config = open_workspace().config
    need_mail(config)
    mail = config.mail

    async def connect() -> None:
        postman = Postman(mail, sender=Letterhead.of(config).sender.addr_spec)
        try:
            await postman.connect()
        finally:
            await postman.close()

    asyncio.run(connect())
    say(f"mail server {mail.host}:{mail.port} takes our login; `pantau digest send --to ADDRESS` sends a first mail")
    if not mail.mailbox.host:
        say("no mailbox of bounces is set (PANTAU_BOUNCES_HOST); addresses that fail later are not noticed")
        return
    with open_mailbox(mail.mailbox):
        say(f"mailbox {mail.mailbox.user} at {mail.mailbox.host} can be read")


@app.command()
def bounces(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...", help="A mail, an mbox, a Maildir or a folder of mails; - is standard input."
        ),
    ] = None,
) -> None:
    """Read reports of undeliverable mail: from the mailbox of the settings, or from files.

    An address that does not exist gets nothing more; any other is given up after three failures in a row. A report
    counts only with the mark of the mail that it returns, so that nobody can end another's subscription.
    """
    from pantau.cli.workspace import open_workspace
    from pantau.mail.mailbox import unread_reports
    from pantau.mail.returned import take_all

    workspace = open_workspace()
    mailbox = workspace.config.mail.mailbox
    if not files and not mailbox.host:
        raise ConfigError("no mailbox is set; set PANTAU_BOUNCES_HOST, _USER and _PASSWORD, or name files")
    counts, ended = take_all(workspace.db, _given(files) if files else unread_reports(mailbox))
    for email in ended:
        say(f"{email} gets no mail any more")
    say(", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "nothing came back")


def _given(files: Iterable[Path]) -> Iterable[bytes]:
    from pantau.mail.reports import LARGEST
    from pantau.mail.returned import mails_in

    for path in files:
        if str(path) == "-":
            yield sys.stdin.buffer.read(LARGEST)
        else:
            yield from mails_in(path)
