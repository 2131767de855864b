"""How often things are done: from the settings, and for a source from how much it publishes. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from scraper.clock import WIB
from scraper.config import Config

WEEK = timedelta(days=7)
BOUNCES = timedelta(minutes=30)
QUICKEST = timedelta(minutes=15)
"""No source is crawled more often by its yield."""
SLOWEST = 3
"""A source that publishes little is still crawled every so many times ``crawl_every``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A time of the day in western Indonesia, on one weekday or on all."""

    at: time
    weekday: int | None = None
    """0 is Monday."""

    def latest(self, now: datetime) -> datetime:
        """The last moment of this kind up to now, whatever the time zone of this machine."""
        local = now.astimezone(WIB)
        day = local.date()
        if self.weekday is not None:
            day -= timedelta(days=(day.weekday() - self.weekday) % 7)
        moment = datetime.combine(day, self.at, WIB)
        step = timedelta(days=1) if self.weekday is None else WEEK
        return moment if moment <= local else moment - step


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When everything is to be done."""

    crawl_every: timedelta
    digest: Appointment
    daily_alerts: Appointment
    backup: Appointment | None
    prune: Appointment = Appointment(at=time(3))
    bounces_every: timedelta | None = None
    """How often the mailbox of undeliverable mail is read, where there is one."""

    @classmethod
    def from_config(cls, config: Config, *, copies: bool = True) -> Rhythm:
        """The rhythm of an installation; ``copies`` is false where its database is not one that we copy."""
        mail, backup_at = config.mail, config.work.backup_at
        return cls(
            crawl_every=config.work.crawl_every,
            digest=Appointment(at=mail.digest_time, weekday=mail.digest_weekday),
            daily_alerts=Appointment(at=mail.alert_time),
            backup=Appointment(at=backup_at) if copies and backup_at is not None else None,
            bounces_every=BOUNCES if mail.mailbox.host else None,
        )

    def crawl_interval(self, per_week: float) -> timedelta:
        """Time between two crawls of a source of so many articles a week: about as often as it publishes."""
        if per_week <= 0:
            return self.crawl_every
        slowest = SLOWEST * self.crawl_every
        return max(min(WEEK / per_week, slowest), min(QUICKEST, self.crawl_every))
