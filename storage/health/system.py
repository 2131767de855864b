"""How the installation itself fares: what waits, what is behind, when each job last went well, the room left."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scraper.clock import now
from storage.health.mail import MailState, mail_state
from storage.records.job_history import last_successes, queue_state
from storage.records.processes import scheduler_runs
from storage.records.tables import ArticleRow
from storage.records.tags import untagged_count


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemState:
    """One look at it."""

    articles: int
    untagged: int
    """Articles that tagging still has to do: without tags of the version asked for, or without any."""
    queued: int
    running: int
    queue_age: float
    """Seconds since the oldest waiting job was asked for; 0 where none waits."""
    last_success: Mapping[str, datetime]
    """Name of a job -> when it last ended well."""
    scheduler: bool
    """Whether one was heard of lately."""
    disk_free: int
    """Bytes in the data folder."""
    mail: MailState


def system_state(session: Session, data: Path, *, version: str | None = None) -> SystemState:
    """Look at it now; ``version`` is that of the tags that this code gives."""
    there = select(func.count()).select_from(ArticleRow).where(ArticleRow.withdrawn_at.is_(None))
    counts, oldest = queue_state(session)
    return SystemState(
        articles=session.execute(there).scalar_one(),
        untagged=untagged_count(session, version=version),
        queued=counts["queued"],
        running=counts["running"],
        queue_age=max(0.0, (now() - oldest).total_seconds()) if oldest else 0.0,
        last_success=last_successes(session),
        scheduler=scheduler_runs(session),
        disk_free=shutil.disk_usage(data).free,
        mail=mail_state(session),
    )
