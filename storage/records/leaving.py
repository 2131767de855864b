"""What the unsubscribe link of a mail ends: the digest, or all alerts to an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.records.alerts import has_alerts, switch_off
from storage.records.subscriptions import find_subscription, unsubscribe
from storage.records.tables_people import DeliveryRow


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a token belongs to, and whether that has ended."""

    what: Literal["digest", "alerts", "nothing"]
    email: str = ""
    ended: bool = False


def what_ends(session: Session, token: str) -> Leaving:
    """What following the link of a token would end; changes nothing."""
    subscription = find_subscription(session, token=token)
    if subscription is not None:
        return Leaving("digest", subscription.email, subscription.state == "ended")
    email = _alerted(session, token)
    return Leaving("alerts", email, not has_alerts(session, email)) if email else Leaving("nothing")


def leave(session: Session, token: str) -> Leaving:
    """End what the token belongs to; safe to repeat."""
    if unsubscribe(session, token) is None and (email := _alerted(session, token)):
        switch_off(session, email)
    return what_ends(session, token)


def _alerted(session: Session, token: str) -> str | None:
    """The address to which an alert with this token went."""
    return session.scalars(select(DeliveryRow.email).where(DeliveryRow.token == token).limit(1)).first()
