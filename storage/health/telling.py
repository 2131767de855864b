"""Which troubles of sources the admins have not been told of, and which are over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scraper.clock import now
from storage.health.checks import SourceHealth, last_checks
from storage.records.tables_runs import HealthRow

PATIENCE = timedelta(hours=3)
"""A trouble that is over sooner is no news: sites refuse or fail now and then."""
TROUBLE = frozenset({"silent", "blocked", "unreachable", "failing", "drifting", "stale"})


def untold_troubles(session: Session) -> tuple[list[SourceHealth], list[SourceHealth]]:
    """Sources in a lasting trouble that nobody was told of, and those that were told of and are well again."""
    told = {row.source: row.told_since for row in session.scalars(select(HealthRow))}
    checked = last_checks(session)
    lasting = [health for health in checked if health.state in TROUBLE and now() - health.since >= PATIENCE]
    new = [health for health in lasting if told[health.source] is None]
    return new, [health for health in checked if health.state == "ok" and told[health.source] is not None]


def note_troubles_told(session: Session, new: Iterable[SourceHealth], over: Iterable[SourceHealth]) -> None:
    """The admins are told now."""
    for health in new:
        row = session.get(HealthRow, health.source)
        if row is not None:
            row.told_since = health.since
    for health in over:
        row = session.get(HealthRow, health.source)
        if row is not None:
            row.told_since = None
