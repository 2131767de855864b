"""How the mail fares: who wants some, what waits, what failed of late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from scraper.clock import now
from storage.records.deliveries import delivery_counts
from storage.records.tables_people import DeliveryRow, SavedSearchRow, SubscriptionRow

LATELY = timedelta(days=7)
FAILED = ("refused", "bounced", "unsure", "expired")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailState:
    """One look at it."""

    readers: int
    """Of the digest, with those who were asked and have not answered."""
    alerts: int
    """Saved searches that mail something."""
    counts: Mapping[str, int]
    """State -> mails, of all times."""
    failed: int
    """Mails of the last seven days that nobody got, or maybe not."""

    @property
    def waiting(self) -> int:
        """Mails that are still to be sent."""
        return sum(self.counts.get(state, 0) for state in ("waiting", "claimed", "handing"))

    @property
    def is_wanted(self) -> bool:
        """Whether anybody waits for mail."""
        return bool(self.readers or self.alerts or self.waiting)


def mail_state(session: Session) -> MailState:
    """Look at it now."""
    readers = select(func.count()).select_from(SubscriptionRow).where(SubscriptionRow.state.in_(("active", "pending")))
    wants = SavedSearchRow.email.is_not(None) & or_(SavedSearchRow.alert != "off", SavedSearchRow.spike)
    alerts = select(func.count()).select_from(SavedSearchRow).where(wants)
    lately = (DeliveryRow.state.in_(FAILED), DeliveryRow.attempted_at >= now() - LATELY)
    failed = select(func.count()).select_from(DeliveryRow).where(*lately)
    return MailState(
        readers=session.execute(readers).scalar_one(),
        alerts=session.execute(alerts).scalar_one(),
        counts=delivery_counts(session),
        failed=session.execute(failed).scalar_one(),
    )
