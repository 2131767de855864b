"""What is due: a function of now and of what was done, and of nothing else.

Whatever was missed is done once: an hour's crawl, last night's copy, this week's digest, however long it was missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pantau.jobs.rhythm import Appointment, Rhythm
from storage.records.job_history import Past

NEVER = Past()
AFTER_CRAWL = timedelta(minutes=5)
"""The least time between two taggings, and between two looks for alerts: crawls end all the time."""
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=6)
"""What failed is tried again after a pause that doubles."""
History = Mapping[tuple[str, str], Past]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A job that is to be done now."""

    name: str
    key: str = ""
    at: datetime
    """The planned time that it answers."""


def due_jobs(
    now: datetime,
    *,
    past: History,
    rhythm: Rhythm,
    sources: Mapping[str, timedelta],
    since: datetime | None,
    mail_at: datetime | None = None,
) -> list[Due]:
    """The jobs that are due, the urgent first.

    ``sources``: the time between two crawls of each. ``since``: when a scheduler first ran here, which misses nothing
    that was planned before. ``mail_at``: when the first mail that failed wants to be tried again.
    """
    looks = {
        "digest": _appointment(now, past, "digest", rhythm.digest, since) or _mail(now, past, mail_at),
        "alerts": _appointment(now, past, "alerts", rhythm.daily_alerts, since)
        or _after(now, past, "alerts", "tag", rhythm.crawl_every),
        "backup": _appointment(now, past, "backup", rhythm.backup, since),
        "prune": _appointment(now, past, "prune", rhythm.prune, since),
        "bounces": _interval(now, past, "bounces", "", rhythm.bounces_every) if rhythm.bounces_every else None,
        "tag": _after(now, past, "tag", "crawl", rhythm.crawl_every),
    }
    found = [Due(name=name, at=at) for name, at in looks.items() if at is not None]
    return found + list(_crawls(now, past, sources))


def pause_after(failures: int) -> timedelta:
    """How long what failed so often in a row is left alone."""
    return min(FIRST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE) if failures > 0 else timedelta(0)


def _crawls(now: datetime, past: History, sources: Mapping[str, timedelta]) -> Iterable[Due]:
    waiting = [(at, name) for name, every in sources.items() if (at := _interval(now, past, "crawl", name, every))]
    return (Due(name="crawl", key=name, at=at) for at, name in sorted(waiting))


def _appointment(
    now: datetime, past: History, name: str, appointment: Appointment | None, since: datetime | None
) -> datetime | None:
    if appointment is None:
        return None
    before, planned = past.get((name, ""), NEVER), appointment.latest(now)
    missed_before_the_start = since is None or planned <= since
    answered = before.answered_due is not None and before.answered_due >= planned
    return None if missed_before_the_start or answered or _rests(now, before) else planned


def _interval(now: datetime, past: History, name: str, key: str, every: timedelta) -> datetime | None:
    before = past.get((name, key), NEVER)
    at = now if before.answered_at is None else before.answered_at + every
    return None if at > now or _rests(now, before) else at


def _after(now: datetime, past: History, name: str, first: str, every: timedelta) -> datetime | None:
    """Soon after ``first`` brought something, and otherwise every so often."""
    before = past.get((name, ""), NEVER)
    brought = max(
        (job.succeeded_at for (other, _), job in past.items() if other == first and job.succeeded_at), default=None
    )
    new = brought is not None and before.answered_at is not None and brought >= before.answered_at
    return _interval(now, past, name, "", AFTER_CRAWL if new else every)


def _mail(now: datetime, past: History, mail_at: datetime | None) -> datetime | None:
    """A mail that is to be tried again; not at once again after a run that left it as it was."""
    waits = mail_at is None or mail_at > now or _interval(now, past, "digest", "", AFTER_CRAWL) is None
    return None if waits else mail_at


def _rests(now: datetime, before: Past) -> bool:
    """Whether it waits or runs already, or failed a short while ago."""
    return before.open or (before.failed_at is not None and now < before.failed_at + pause_after(before.failures))
