"""When a stored article's page is looked at again: often while it is young, ever less, then never. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

STEPS = tuple(timedelta(hours=hours) for hours in (1, 3, 12, 24, 3 * 24, 7 * 24, 14 * 24, 30 * 24))
"""Ages at which a page is looked at."""
AFTER_CHANGE = timedelta(hours=3)
"""A corrected article is often corrected again: its age counts anew from the change, from this step on."""
FIRST_LOOK = timedelta(days=1)
"""The first second look comes at the latest so long after the article was stored, however old it is."""
RECENT = timedelta(days=45)
"""An older article is not looked at."""
GONE_STEPS = tuple(timedelta(hours=hours) for hours in (12, 7 * 24, 30 * 24))
"""After the first look that found the page gone, after the second, which removes it, and once more after that."""


def next_look(
    *,
    now: datetime,
    first_seen: datetime,
    published: datetime | None,
    changed_at: datetime | None = None,
    looks: int = 0,
) -> datetime | None:
    """The moment of the next look after one at ``now``; ``None`` for never.

    A page's age counts from its publication, or from ``first_seen`` where no date or a later one is known.
    ``looks`` is how often the page was looked at since it was first stored. Steps that passed unused are left out.
    """
    born = min(published or first_seen, first_seen)
    if changed_at is not None:
        due = _step(changed_at, now=max(now, changed_at + AFTER_CHANGE - timedelta(microseconds=1)))
    else:
        due = _step(born, now=now)
        if looks == 0 and now < first_seen + FIRST_LOOK:
            due = min(due, first_seen + FIRST_LOOK) if due else first_seen + FIRST_LOOK
    return due if due and due <= born + RECENT else None


def next_look_at_gone(*, now: datetime, times: int) -> datetime | None:
    """The moment of the next look at a page that was not there ``times`` times in a row; ``None`` for never."""
    return now + GONE_STEPS[times - 1] if times <= len(GONE_STEPS) else None


def _step(start: datetime, *, now: datetime) -> datetime | None:
    return next((start + step for step in STEPS if start + step > now), None)
