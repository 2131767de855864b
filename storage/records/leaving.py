"""What the unsubscribe link of a mail ends: the digest, or all alerts to an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.records.alerts import has_alerts, switch_off
from storage.records.subscriptions import find_subscription, unsubscribe
from storage.records.tables_people import DeliveryRow, MailingRow


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a token belongs to, and whether that has ended."""

    what: Literal["digest", "alerts", "nothing"]
    email: str = ""
    ended: bool = False
    language: str = ""
    """Of its mails."""


def what_ends(session: Session, token: str) -> Leaving:
    """What following the link of a token would end; changes nothing."""
    subscription = find_subscription(session, token=token)
    if subscription is not None:
        return Leaving("digest", subscription.email, subscription.state == "ended", subscription.language)
    alerted = _alerted(session, token)
    if alerted is None:
        return Leaving("nothing")
    return Leaving("alerts", alerted.email, not has_alerts(session, alerted.email), _language(session, alerted))


def leave(session: Session, token: str) -> Leaving:
    """End what the token belongs to; safe to repeat."""
    if unsubscribe(session, token) is None and (alerted := _alerted(session, token)):
        switch_off(session, alerted.email)
    return what_ends(session, token)


def _alerted(session: Session, token: str) -> DeliveryRow | None:
    """The alert with this token."""
    return session.scalars(select(DeliveryRow).where(DeliveryRow.token == token).limit(1)).first()


def _language(session: Session, alerted: DeliveryRow) -> str:
    """That of the mail, as long as it is kept."""
    mailing = session.get(MailingRow, alerted.digest)
    return mailing.language if mailing is not None else ""
