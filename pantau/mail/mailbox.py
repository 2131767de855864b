"""The mailbox that undeliverable mail comes back to, read by IMAP: reports are marked as read, all else is left."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from pantau.mail.compose import one_line
from pantau.mail.reports import LARGEST
from scraper.bounce_settings import BounceMailbox
from scraper.errors import ConfigError, DeliveryError

NEWEST = 2000
"""Unread mails that are looked at; older ones are people's letters that nobody reads."""
AT_ONCE = 100
_UID = re.compile(rb"\bUID (\d+)")


def unread_reports(settings: BounceMailbox) -> Iterator[bytes]:
    """Each unread report, marked as read when the next one is asked for.

    Other mails are not touched. Safe to end at any point: what was not marked comes again. Raises DeliveryError where
    the server cannot be used, ConfigError where a certificate cannot be read.
    """
    with open_mailbox(settings) as client:
        for uid in _reports(client):
            yield from _fetched(client, uid, f"BODY.PEEK[]<0.{LARGEST}>").values()
            _ask(client, "STORE", uid, "+FLAGS.SILENT", r"(\Seen)")


@contextmanager
def open_mailbox(settings: BounceMailbox) -> Iterator[imaplib.IMAP4]:
    """The folder of the settings, with a login; raises as :func:`unread_reports` does."""
    where = f"mailbox {settings.user} at {settings.host}:{settings.port}"
    client = None
    try:
        client = _connect(settings)
        client.login(settings.user, settings.password)
        name = settings.folder.replace("\\", "\\\\").replace('"', '\\"')
        answer, said = client.select(f'"{name}"')
        if answer != "OK":
            raise DeliveryError(
                f"{where} has no folder {settings.folder!r} ({_words(said)}); set PANTAU_BOUNCES_FOLDER"
            )
        yield client
    except (imaplib.IMAP4.error, OSError, UnicodeError) as error:  # it speaks ASCII only, names and passwords too
        raise DeliveryError(f"{where} cannot be read ({_reason(error)}); check PANTAU_BOUNCES_*") from error
    finally:
        if client is not None:
            with suppress(imaplib.IMAP4.error, OSError):
                client.logout()


def _connect(settings: BounceMailbox) -> imaplib.IMAP4:
    if settings.security == "tls":
        return imaplib.IMAP4_SSL(settings.host, settings.port, ssl_context=_tls(settings), timeout=settings.timeout)
    client = imaplib.IMAP4(settings.host, settings.port, timeout=settings.timeout)
    if settings.security == "starttls":
        client.starttls(_tls(settings))
    return client


def _tls(settings: BounceMailbox) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.ca_file is not None:
        try:
            context.load_verify_locations(settings.ca_file)
        except OSError as error:
            raise ConfigError(f"PANTAU_MAIL_CA={settings.ca_file} cannot be read ({error})") from error
    return context


def _reports(client: imaplib.IMAP4) -> list[str]:
    """The numbers of the unread mails that are reports by their header."""
    [found, *_] = _ask(client, "SEARCH", "UNSEEN")
    uids = (found or b"").decode("ascii").split()[-NEWEST:]
    chosen = []
    for start in range(0, len(uids), AT_ONCE):
        some = ",".join(uids[start : start + AT_ONCE])
        headers = _fetched(client, some, "BODY.PEEK[HEADER.FIELDS (CONTENT-TYPE)]")
        chosen += [uid for uid, header in headers.items() if b"multipart/report" in header.lower()]
    return chosen


def _fetched(client: imaplib.IMAP4, uids: str, what: str) -> dict[str, bytes]:
    """Number -> what was asked for; the server may tell the number before or after it."""
    answer = _ask(client, "FETCH", uids, f"(UID {what})")
    found = {}
    for number, part in enumerate(answer):
        if isinstance(part, tuple):
            after = answer[number + 1] if number + 1 < len(answer) else b""
            uid = _UID.search(part[0]) or _UID.search(after if isinstance(after, bytes) else b"")
            if uid is not None:
                found[uid[1].decode("ascii")] = part[1]
    return found


def _ask(client: imaplib.IMAP4, command: str, *arguments: str) -> list[Any]:
    answer, said = client.uid(command, *arguments)
    if answer != "OK":
        raise imaplib.IMAP4.error(f"{command}: {_words(said)}")
    return said


def _reason(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    return one_line(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(error))


def _words(said: list[Any]) -> str:
    return one_line(" ".join(part.decode("utf-8", "replace") for part in said if isinstance(part, bytes)))
