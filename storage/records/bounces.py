"""Addresses that take no mail: refused at once, or sent and returned later; who is given up, and when.

An address that a server says does not exist gets nothing more. Any other is given up after three failures in a row,
counted by when the mails were sent: a bounce comes back hours after its mail, maybe after the next one left.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from scraper.clock import now
from storage.records.tables_people import DeliveryRow, SubscriptionRow

GIVEN_UP = 3
"""After so many failures in a row an address is given up, also where no server says that it does not exist."""
FAILED = ("refused", "bounced")
ANSWERED = ("sent", *FAILED)
Effect = Literal["given up", "counted", "noted", "known", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced:
    """What a returned mail did."""

    effect: Effect
    """``noted``: it says nothing of the reader's address; ``known``: a second time; ``unknown``: none of ours."""
    email: str = ""


def note_bounce(
    session: Session, mark: str, *, recipients: Collection[str], error: str, gone: bool, counts: bool = True
) -> Bounced:
    """A mail of ours was returned for good; ``gone`` says that the address does not exist.

    It counts only with ``counts`` and where ``recipients``, the addresses that the report names, hold the reader's own
    (or none is named): one of many to whom the reader's address passes its mail on may be gone without the reader.
    """
    row = session.scalars(select(DeliveryRow).where(DeliveryRow.mark == mark)).one_or_none()
    if row is None:
        return Bounced(effect="unknown")
    if row.state not in ("sent", "unsure"):
        return Bounced(effect="known", email=row.email)
    row.error = error
    if not counts or (recipients and row.email not in recipients):
        return Bounced(effect="noted", email=row.email)
    row.state = "bounced"
    given_up = note_failure(session, row, gone=gone)
    return Bounced(effect="given up" if given_up else "counted", email=row.email)


def note_failure(session: Session, row: DeliveryRow, *, gone: bool) -> bool:
    """A mail was refused or returned; gives whether its address is given up now."""
    row.gone = gone
    session.flush()
    reader = _reader(session, row.email)
    since = reader.confirmed_at if reader is not None else None
    failures = _failures(session, row.email, upto=row.attempted_at, since=since)
    if reader is not None:
        reader.bounces = failures
        if reader.state == "active" and (gone or failures >= GIVEN_UP):
            reader.state, reader.ended_at = "bounced", now()
    return gone or failures >= GIVEN_UP


def note_arrival(session: Session, email: str) -> None:
    """A server took a mail to an address; whether it stays there, bounces tell later."""
    reader = _reader(session, email)
    if reader is not None and reader.bounces:
        reader.bounces = 0


def given_up(session: Session, emails: Collection[str]) -> set[str]:
    """Those of the addresses that take no mail any more, until one arrives again."""
    return {email for email in set(emails) if _is_given_up(session, email)}


def _is_given_up(session: Session, email: str) -> bool:
    query = select(DeliveryRow.state, DeliveryRow.gone).where(*_answered(email)).order_by(*_LATEST_FIRST)
    last = session.execute(query.limit(GIVEN_UP)).all()
    if last and last[0].gone:
        return True
    return len(last) == GIVEN_UP and all(state in FAILED for state, _ in last)


def _failures(session: Session, email: str, *, upto: datetime, since: datetime | None) -> int:
    """How many mails in a row failed, back from one."""
    query = select(DeliveryRow.state).where(*_answered(email), DeliveryRow.attempted_at <= upto)
    if since is not None:
        query = query.where(DeliveryRow.attempted_at >= since)
    count = 0
    for state in session.scalars(query.order_by(*_LATEST_FIRST).limit(GIVEN_UP)):
        if state not in FAILED:
            break
        count += 1
    return count


def _answered(email: str) -> tuple[ColumnElement[bool], ...]:
    return DeliveryRow.email == email, DeliveryRow.state.in_(ANSWERED)


_LATEST_FIRST = (DeliveryRow.attempted_at.desc(), DeliveryRow.digest.desc())


def _reader(session: Session, email: str) -> SubscriptionRow | None:
    return session.scalars(select(SubscriptionRow).where(SubscriptionRow.email == email)).one_or_none()
