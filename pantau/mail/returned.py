"""Mail that came back: each report is held against the mail that it brings back, and what it means is noted."""

from __future__ import annotations

import mailbox
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

from pantau.mail.reports import LARGEST, Report, read_report
from scraper.errors import InputError
from storage.database import Database
from storage.records.bounces import note_bounce

Outcome = Literal["given up", "counted", "noted", "known", "unknown", "no report"]
"""``noted`` changes nothing: a refusal of what we are, or of an address that the mail was passed on to."""
_FROM = b"From "


def take_report(db: Database, raw: bytes) -> tuple[Outcome, str]:
    """Note what one mail reports; gives what came of it, and the reader's address where the mail was ours."""
    report = read_report(raw)
    if report is None:
        return "no report", ""
    with db.write(only=("mail",)) as session:
        for mark in report.marks:
            done = note_bounce(
                session, mark, recipients=report.recipients, error=_told(report), gone=report.gone,
                counts=not report.is_policy,
            )  # fmt: skip
            if done.effect != "unknown":
                return done.effect, done.email
    return "unknown", ""


def take_all(db: Database, mails: Iterable[bytes]) -> tuple[Counter[Outcome], list[str]]:
    """Note what many mails report; gives how many did what, and the addresses that are given up."""
    counts: Counter[Outcome] = Counter()
    ended = []
    for raw in mails:
        outcome, email = take_report(db, raw)
        counts[outcome] += 1
        if outcome == "given up":
            ended.append(email)
    return counts, ended


def mails_in(path: Path) -> Iterator[bytes]:
    """The mails of a file with one mail, an mbox, a Maildir or a folder of files; raises InputError."""
    try:
        if (path / "new").is_dir() and (path / "cur").is_dir():
            paths = [file for name in ("new", "cur") for file in sorted((path / name).iterdir())]
        else:
            paths = sorted(path.iterdir()) if path.is_dir() else [path]
        for file in paths:
            if file == path or file.is_file():
                yield from _file(file)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error}); give a mail, an mbox or a folder of mails") from error


def _file(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        raw = file.read(LARGEST)
    if not raw.startswith(_FROM):
        yield raw
        return
    with closing(mailbox.mbox(path, create=False)) as box:
        for key in box.iterkeys():
            yield box.get_bytes(key)


def _told(report: Report) -> str:
    return f"{report.status} {report.diagnostic}".strip()[:500]
