"""Mails as they were built, and to whom each is addressed: built once, the same bytes for every reader."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scraper.clock import now
from storage.records.tables_people import DeliveryRow, MailingRow

Kind = Literal["digest", "alert", "confirm", "notice"]
KEPT = timedelta(days=90)
"""How long the text of a mail is kept; that it was delivered stays known."""
PREVIEW = "digest-preview-"
"""How the ids of digests begin that only one person wanted to see."""
OPEN = ("waiting", "claimed", "handing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """One mail, before it has a recipient."""

    id: str
    kind: Kind
    subject: str
    html: str
    text: str
    images: Mapping[str, bytes]
    """PNG pictures by content id."""
    built_at: datetime
    expires_at: datetime
    """It is not sent any more after that."""
    language: str = "id"


@dataclass(frozen=True, slots=True)
class Edition:
    """A digest as it was built once."""

    id: str
    subject: str
    built_at: datetime
    language: str
    sent: int
    """How many readers it was sent to."""


def save_mailing(session: Session, mailing: Mailing) -> bool:
    """Keep a mail; ``False`` where one of its id was built before, which then stays as it is."""
    if session.get(MailingRow, mailing.id) is not None:
        return False
    session.add(
        MailingRow(
            id=mailing.id,
            kind=mailing.kind,
            subject=mailing.subject,
            html=mailing.html,
            text=mailing.text,
            images={name: b64encode(png).decode() for name, png in mailing.images.items()},
            built_at=mailing.built_at,
            expires_at=mailing.expires_at,
            language=mailing.language,
        )
    )
    session.flush()
    return True


def find_mailing(session: Session, mailing_id: str) -> Mailing | None:
    """A mail by its id."""
    row = session.get(MailingRow, mailing_id)
    if row is None:
        return None
    return Mailing(
        id=row.id,
        kind=row.kind,  # type: ignore[arg-type]  # written from a Kind
        subject=row.subject,
        html=row.html,
        text=row.text,
        images={name: b64decode(png) for name, png in row.images.items()},
        built_at=row.built_at,
        expires_at=row.expires_at,
        language=row.language,
    )


def address(session: Session, mailing_id: str, recipients: Iterable[tuple[str, str | None]]) -> int:
    """Address a mail to people, by mail address and token; who has it already is left out. Gives the number added."""
    known = set(session.scalars(select(DeliveryRow.email).where(DeliveryRow.digest == mailing_id)))
    fresh = {email: token for email, token in recipients if email not in known}
    session.add_all(
        DeliveryRow(
            digest=mailing_id, email=email, token=token, mark=token_hex(16), state="waiting", attempted_at=now()
        )
        for email, token in fresh.items()
    )
    session.flush()
    return len(fresh)


def addressed(session: Session, *, prefix: str) -> set[str]:
    """The mail addresses to which a mail whose id begins so was addressed."""
    found = select(DeliveryRow.email).where(DeliveryRow.digest.startswith(prefix, autoescape=True))
    return set(session.scalars(found))


def editions(session: Session, *, limit: int) -> list[Edition]:
    """The digests that were built for an appointment and are still kept, the newest first."""
    by = (MailingRow.built_at.desc(), MailingRow.id)
    ours = (MailingRow.kind == "digest", MailingRow.id.not_like(f"{PREVIEW}%"))
    sent = select(func.count()).where(DeliveryRow.digest == MailingRow.id, DeliveryRow.state == "sent")
    columns = (MailingRow.id, MailingRow.subject, MailingRow.built_at, MailingRow.language)
    query = select(*columns, sent.scalar_subquery()).where(*ours).order_by(*by).limit(limit)
    return [Edition(*row) for row in session.execute(query)]


def forget_old(session: Session) -> int:
    """Drop the texts of old mails that nobody waits for; gives their number."""
    waiting = select(DeliveryRow.digest).where(DeliveryRow.state.in_(OPEN))
    old = (MailingRow.built_at < now() - KEPT, MailingRow.id.not_in(waiting))
    found = session.scalar(select(func.count()).select_from(MailingRow).where(*old)) or 0
    session.execute(delete(MailingRow).where(*old))
    return found
