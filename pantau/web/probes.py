"""What a look at a site found, as the job printed it: read again for the page, whatever stands there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

LISTS = ("posts", "sitemaps", "feeds", "listings")
LONGEST = 300
"""Characters of a text that are shown."""
MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One article that was found there."""

    url: str
    title: str
    published: date | None
    """A moment, or the day where only that is known; ``None`` where no date was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A source as it would be followed; without a name where the job has not come so far."""

    name: str = ""
    title: str = ""
    start: str = ""
    lists: tuple[str, ...] = ()
    """Where it lists its articles."""
    per_week: float | None = None
    delay: float | None = None
    """Seconds between two requests."""
    warnings: tuple[str, ...] = ()
    samples: tuple[Sample, ...] = ()


def read_probe(output: str | None) -> Found:
    """The source in the output of a job; an empty one where there is none."""
    try:
        row = json.loads((output or "").strip().splitlines()[-1])
    except (ValueError, IndexError):
        return Found()
    if not isinstance(row, dict) or not isinstance(row.get("name"), str):
        return Found()
    lists = [address for kind in LISTS for address in _listed(row.get(kind))]
    return Found(
        name=row["name"],
        title=_text(row.get("title")),
        start=_text(row.get("start")),
        lists=tuple(map(_text, lists[:MOST])),
        per_week=_number(row.get("articles_per_week")),
        delay=_number(row.get("delay")),
        warnings=tuple(map(_text, _listed(row.get("warnings"))[:MOST])),
        samples=tuple(_sample(one) for one in _listed(row.get("samples"))[:MOST] if isinstance(one, dict)),
    )


def _sample(row: Mapping[str, Any]) -> Sample:
    return Sample(
        url=_text(row.get("url")), title=_text(row.get("title")), published=_moment(_text(row.get("published")))
    )


def _moment(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else datetime.fromisoformat(text)
    except ValueError:
        return None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return str(value)[:LONGEST] if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
