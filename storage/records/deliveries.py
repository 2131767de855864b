"""One mail to one person: claimed, handed to the server, and what became of it; never sent twice without need.

``waiting -> claimed -> handing -> sent``. A sender that dies while it has a mail claimed has not sent it; one that dies
while handing it over may have: it is sent once more, since the same Message-ID lets the reader's side drop a double,
and after a second such loss never again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from scraper.clock import now
from scraper.errors import StorageError
from storage.records.bounces import note_arrival, note_failure
from storage.records.tables_people import DeliveryRow, MailingRow

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240))
"""Pauses after the first, second, ... temporary refusal; then the last one again and again until the mail expires."""
AFTER_LOSS = timedelta(minutes=5)
LOSSES = 2
"""After so many lost answers nobody can say whether the mail arrived, and it is not tried again."""

IsDead = Callable[[str | None, datetime], bool]
"""Whether the sender with this lease, which it used at this moment, lives no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One mail that a sender has claimed."""

    mailing: str
    email: str
    token: str | None
    mark: str | None
    """Names this one mail; ``None`` for one that was addressed by an older version."""


def claim_deliveries(session: Session, *, lease: str, limit: int) -> list[Delivery]:
    """Take mails that are due; nobody else gets them while the holder of the lease lives."""
    query = (
        select(DeliveryRow)
        .join(MailingRow, MailingRow.id == DeliveryRow.digest)
        .where(DeliveryRow.state == "waiting", _is_due())
        .order_by(DeliveryRow.digest, DeliveryRow.email)
        .limit(limit)
    )
    rows = session.scalars(query).all()
    for row in rows:
        row.state, row.lease, row.attempted_at = "claimed", lease, now()
    return [Delivery(mailing=row.digest, email=row.email, token=row.token, mark=row.mark) for row in rows]


def begin_handing(session: Session, delivery: Delivery, *, lease: str) -> None:
    """Note that the server gets the text now; raises StorageError where the claim is gone."""
    row = _claimed(session, delivery, lease)
    row.state, row.attempted_at, row.attempts = "handing", now(), row.attempts + 1


def note_sent(session: Session, delivery: Delivery, *, lease: str) -> None:
    """The server took the mail."""
    row = _claimed(session, delivery, lease)
    row.state, row.attempted_at, row.error, row.next_attempt_at = "sent", now(), None, None
    note_arrival(session, row.email)


def note_refused(session: Session, delivery: Delivery, *, lease: str, error: str, unknown: bool) -> None:
    """The server refused the mail for good; ``unknown`` says that it does not know the address."""
    row = _claimed(session, delivery, lease)
    row.state, row.attempted_at, row.error, row.next_attempt_at = "refused", now(), error, None
    note_failure(session, row, gone=unknown)


def note_postponed(session: Session, delivery: Delivery, *, lease: str, error: str) -> None:
    """The server could not take the mail yet: try again after a pause that grows."""
    row = _claimed(session, delivery, lease)
    if row.state == "claimed":  # an attempt that did not come to the text is one too
        row.attempts += 1
    pause = BACK_OFF[min(row.attempts, len(BACK_OFF)) - 1]
    row.state, row.attempted_at, row.error, row.next_attempt_at = "waiting", now(), error, now() + pause


def note_lost(session: Session, delivery: Delivery, *, lease: str, error: str) -> None:
    """The server had the text, and its answer did not come."""
    row = _claimed(session, delivery, lease)
    _lose(row, error)
    row.next_attempt_at = now() + AFTER_LOSS


def settle(session: Session, is_dead: IsDead) -> int:
    """Take up what dead senders left and drop what has expired; gives how many mails are unsure now."""
    held = select(DeliveryRow).where(DeliveryRow.state.in_(("claimed", "handing")))
    unsure = 0
    for row in session.scalars(held).all():
        if not is_dead(row.lease, row.attempted_at):
            continue
        if row.state == "claimed":
            row.state, row.attempted_at = "waiting", now()
        else:
            _lose(row, "the sender died before the server's answer came")
            unsure += row.state == "unsure"
    living = select(MailingRow.id).where(MailingRow.expires_at > now())
    over = (DeliveryRow.state == "waiting", DeliveryRow.digest.not_in(living))
    session.execute(update(DeliveryRow).where(*over).values(state="expired", attempted_at=now()))
    return unsure


def release(session: Session, *, lease: str) -> None:
    """Give back what a sender claimed and did not come to."""
    held = (DeliveryRow.lease == lease, DeliveryRow.state == "claimed")
    session.execute(update(DeliveryRow).where(*held).values(state="waiting", attempted_at=now()))


def delivery_counts(session: Session, *, mailing: str | None = None) -> dict[str, int]:
    """State -> number of mails, of one mailing or of all."""
    query = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
    if mailing is not None:
        query = query.where(DeliveryRow.digest == mailing)
    return {state: count for state, count in session.execute(query)}


def next_attempt(session: Session) -> datetime | None:
    """When the next waiting mail is due; ``None`` where none waits."""
    at = DeliveryRow.next_attempt_at
    query = select(func.count(), func.count(at), func.min(at)).where(DeliveryRow.state == "waiting")
    waiting, planned, first = session.execute(query).one()
    if not waiting:
        return None
    return first if planned == waiting else now()


def _is_due() -> ColumnElement[bool]:
    pause_over = or_(DeliveryRow.next_attempt_at.is_(None), DeliveryRow.next_attempt_at <= now())
    return pause_over & (MailingRow.expires_at > now())


def _claimed(session: Session, delivery: Delivery, lease: str) -> DeliveryRow:
    row = session.get(DeliveryRow, (delivery.mailing, delivery.email))
    if row is None or row.lease != lease or row.state not in ("claimed", "handing"):
        raise StorageError(f"mail {delivery.mailing} to {delivery.email} was not claimed by this sender")
    return row


def _lose(row: DeliveryRow, error: str) -> None:
    row.lost += 1
    row.state = "waiting" if row.lost < LOSSES else "unsure"
    row.attempted_at, row.error, row.next_attempt_at = now(), error, None
