"""Who gets the digest: asked for, confirmed, ended by a token, or given up because the address does not exist."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scraper.clock import now
from scraper.errors import InputError
from scraper.mail_settings import mail_address
from storage.records.tables_people import DeliveryRow, SubscriptionRow

State = Literal["pending", "active", "ended", "bounced"]
DEFAULT_LANGUAGE = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One reader of the digest."""

    email: str
    query: str
    """In the query language; empty for everything."""
    token: str
    """Confirms and unsubscribes without a login."""
    state: State
    since: datetime
    """When the state began, as far as that is known."""
    added_by: str | None
    """Who added the address; nobody where it was asked for and confirmed by its owner."""
    bounces: int
    """How many of the last mails failed, one after the other."""
    language: str
    """Code of the language of its mails."""


def subscribe(
    session: Session,
    email: str,
    *,
    query: str | None = None,
    added_by: str | None = None,
    language: str | None = None,
) -> Subscription:
    """Add a reader, or change query and language of one; what is not given stays, and the token always.

    With ``added_by`` the digest is sent from now on, else it waits for the owner's confirmation. Raises InputError
    for what is no address.
    """
    address = bare_address(email)
    row = session.scalars(select(SubscriptionRow).where(SubscriptionRow.email == address)).one_or_none()
    if row is None:
        row = SubscriptionRow(email=address, query="", language=DEFAULT_LANGUAGE, created_at=now(), state="ended")
        row.token = secrets.token_urlsafe(32)
        session.add(row)
    row.query = row.query if query is None else query
    row.language = language or row.language
    if row.state != "active":
        row.ended_at, row.bounces, row.added_by = None, 0, added_by
        row.state, row.confirmed_at = ("active", now()) if added_by else ("pending", None)
    session.flush()
    return _subscription(row)


def confirm(session: Session, token: str, *, language: str | None = None) -> Subscription | None:
    """Begin the subscription whose owner was asked, who may choose a language.

    Gives ``None`` for an unknown token or one that was ended.
    """
    row = _by_token(session, token)
    if row is None or row.state not in ("pending", "active"):
        return None
    if row.state == "pending":
        row.state, row.confirmed_at = "active", now()
        row.language = language or row.language
    return _subscription(row)


def speak(session: Session, email: str, language: str) -> Subscription:
    """Change the language of a reader; raises InputError where there is none."""
    row = session.scalars(select(SubscriptionRow).where(SubscriptionRow.email == bare_address(email))).one_or_none()
    if row is None:
        raise InputError("%(email)r is no subscriber; add the address first", email=email)
    row.language = language
    return _subscription(row)


def unsubscribe(session: Session, token: str) -> Subscription | None:
    """End the subscription of a token, also of what waits to be sent; ``None`` where there is none. Safe to repeat."""
    row = _by_token(session, token)
    if row is None:
        return None
    if row.state != "ended":
        row.state, row.ended_at = "ended", now()
    unsent = (DeliveryRow.token == token, DeliveryRow.state == "waiting")
    session.execute(update(DeliveryRow).where(*unsent).values(state="cancelled", attempted_at=now()))
    return _subscription(row)


def find_subscription(session: Session, *, token: str | None = None, email: str | None = None) -> Subscription | None:
    """The subscription of a token or an address."""
    if token is not None:
        row = _by_token(session, token)
    else:
        address = (email or "").strip().lower()
        row = session.scalars(select(SubscriptionRow).where(SubscriptionRow.email == address)).one_or_none()
    return _subscription(row) if row else None


def subscribers(session: Session, *, active: bool = False) -> list[Subscription]:
    """All readers by address; ``active`` leaves only those who are sent the digest."""
    query = select(SubscriptionRow).order_by(SubscriptionRow.email)
    if active:
        query = query.where(SubscriptionRow.state == "active")
    return [_subscription(row) for row in session.scalars(query)]


def bare_address(email: str) -> str:
    """The address without a name, in lower case; raises InputError for what is none."""
    try:
        address = mail_address(email.strip())
    except ValueError as error:
        raise InputError("%(email)r is no mail address; write nama@kantor.go.id", email=email) from error
    if address.display_name:
        raise InputError("%(email)r has a name in it; write the mail address alone", email=email)
    return address.addr_spec.lower()


def _by_token(session: Session, token: str) -> SubscriptionRow | None:
    return session.scalars(select(SubscriptionRow).where(SubscriptionRow.token == token)).one_or_none()


def _subscription(row: SubscriptionRow) -> Subscription:
    return Subscription(
        email=row.email,
        query=row.query,
        token=row.token,
        state=row.state,  # type: ignore[arg-type]  # written from a State
        since=row.ended_at or row.confirmed_at or row.created_at,
        added_by=row.added_by,
        bounces=row.bounces,
        language=row.language,
    )
