"""Who gets the digest, and which digest went to whom: each one at most once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scraper.clock import now
from scraper.errors import StorageError
from storage.records.tables_people import DeliveryRow, SubscriptionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One reader of the digest."""

    email: str
    query: str
    """In the query language; empty for everything."""
    token: str
    """Unsubscribes without a login."""
    created_at: datetime


def subscribe(session: Session, email: str, *, query: str = "") -> Subscription:
    """Add a reader, or change the query of one; the token stays. Raises StorageError for what is no address."""
    address = email.strip().lower()
    if (
        not address
        or address.count("@") != 1
        or address[0] == "@"
        or address[-1] == "@"
        or any(c.isspace() or not c.isprintable() for c in address)
    ):
        raise StorageError(f"{email!r} is no mail address; write name@example.id")
    row = session.scalars(select(SubscriptionRow).where(SubscriptionRow.email == address)).one_or_none()
    if row is None:
        row = SubscriptionRow(email=address, token=secrets.token_urlsafe(32), created_at=now())
        session.add(row)
    row.query, row.ended_at = query, None
    session.flush()
    return _subscription(row)


def unsubscribe(session: Session, token: str) -> bool:
    """End the subscription of a token; ``False`` where there is none."""
    row = session.scalars(select(SubscriptionRow).where(SubscriptionRow.token == token)).one_or_none()
    if row is None:
        return False
    row.ended_at = row.ended_at or now()
    return True


def subscribers(session: Session) -> list[Subscription]:
    """All who get the digest, by address."""
    query = select(SubscriptionRow).where(SubscriptionRow.ended_at.is_(None)).order_by(SubscriptionRow.email)
    return [_subscription(row) for row in session.scalars(query)]


def claim_delivery(session: Session, *, digest: str, email: str) -> bool:
    """Take the right to send a digest to an address; ``False`` where it was sent or somebody is sending it.

    Commit before sending: a crash between the two leaves the mail unsent, never sent twice.
    """
    row = session.get(DeliveryRow, (digest, email))
    if row is not None and row.state != "failed":
        return False
    if row is None:
        row = DeliveryRow(digest=digest, email=email)
        session.add(row)
    row.state, row.attempted_at, row.error = "claimed", now(), None
    session.flush()
    return True


def finish_delivery(session: Session, *, digest: str, email: str, error: str | None = None) -> None:
    """Note that a claimed mail was sent, or why it failed; a failed one may be claimed again."""
    row = session.get(DeliveryRow, (digest, email))
    if row is None:
        raise StorageError(f"digest {digest} to {email} was not claimed; claim it before sending")
    row.state, row.error = ("failed", error) if error else ("sent", None)


def _subscription(row: SubscriptionRow) -> Subscription:
    return Subscription(email=row.email, query=row.query, token=row.token, created_at=row.created_at)
