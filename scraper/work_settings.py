"""The settings of work that goes on by itself: its rhythm, its limits, its logs. Read by ``scraper.config``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta

from scraper.setting_values import read_choice, read_clock, read_number

LOG_FORMATS = ("console", "json")
LOG_LEVELS = ("info", "debug", "warning", "error")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSettings:
    """What ``PANTAU_CRAWL_EVERY`` and its neighbours say; see ``docs/settings.md``."""

    crawl_every: timedelta
    """Time between two crawls of a source whose yield is not known yet."""
    backup_at: time | None
    """When (WIB) the database is copied each night; None for never."""
    backups: int
    """How many nightly copies are kept."""
    jobs_at_once: int
    """Jobs that one ``pantau run`` runs side by side; 0 leaves them to workers."""
    tag_jobs: int
    """Processes that one ``pantau tag`` uses side by side; 0 is one a core."""
    jobs_kept: timedelta
    """How long finished jobs are listed."""
    jobs_lost_after: timedelta
    """The silence after which a worker on another machine counts as dead."""
    log_format: str
    log_level: str
    metrics_token: str = field(repr=False)
    """What a reader of ``/metrics`` from another machine has to show; empty where there is none."""


def read_work_settings(values: Mapping[str, str]) -> WorkSettings:
    """From settings by name, lower case and without prefix. Raises ConfigError with the name of the wrong one."""
    backup_at = values.get("backup_at", "02.00")
    return WorkSettings(
        crawl_every=timedelta(minutes=read_number(values, "crawl_every", 60, least=1)),
        backup_at=None if backup_at.strip().lower() == "off" else read_clock("backup_at", backup_at),
        backups=read_number(values, "backups", 7, least=1),
        jobs_at_once=read_number(values, "jobs_at_once", 2, least=0),
        tag_jobs=read_number(values, "tag_jobs", 1, least=0),
        jobs_kept=timedelta(days=read_number(values, "jobs_kept", 14, least=1)),
        jobs_lost_after=timedelta(seconds=read_number(values, "jobs_lost_after", 90, least=5)),
        log_format=read_choice(values, "log_format", LOG_FORMATS),
        log_level=read_choice(values, "log_level", LOG_LEVELS),
        metrics_token=values.get("metrics_token", ""),
    )
