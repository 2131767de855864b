"""By which versions the articles of an export were read and tagged, and when their sources were not read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from storage import schema
from storage.datasets.denominators import last_activity
from storage.datasets.snapshot import Snapshot
from storage.trends.outages import outages

NONE = "none"
"""Stands for articles that no page was read for, or that are not tagged."""


@dataclass(frozen=True, slots=True)
class Versions:
    """Version -> articles."""

    schema: str
    extraction: dict[str, int]
    tagging: dict[str, int]


def versions_of(snapshot: Snapshot) -> Versions:
    """The versions of the schema, and of the reading and tagging of each article."""
    extraction: Counter[str] = Counter()
    tagging: Counter[str] = Counter()
    for (read, tagged), count in snapshot.articles.versions.items():
        extraction[read or NONE] += count
        tagging[tagged or NONE] += count
    return Versions(schema=schema.head(), extraction=_sorted(extraction), tagging=_sorted(tagging))


def gaps_in(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Sources that were not read for some time between the first and the last day of the articles, with the hours."""
    at, days = last_activity(snapshot.session), snapshot.articles
    if at is None or days.first is None or days.last is None:
        return []
    found: dict[str, list[float]] = {}
    for outage in outages(snapshot.session, since=days.first, until=days.last, at=at):
        hours = ((outage.end or at) - outage.start) / timedelta(hours=1)
        found.setdefault(outage.source, []).append(hours)
    return [
        {"source": source, "outages": len(hours), "hours": round(sum(hours), 2)}
        for source, hours in sorted(found.items())
    ]


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))
