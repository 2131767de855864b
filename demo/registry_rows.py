"""Loads the registry of the invented province, its days counted back from a given today.

In ``demo/registry/*.csv`` the columns ``from`` and ``to`` hold days relative to today (``-210``) or nothing.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

from scraper.errors import LexiconError

REGISTRY = Path(__file__).parent / "registry"
NAMES = ("persons", "occupancies", "agencies", "programmes", "places")


def demo_registry(today: date, *, folder: Path = REGISTRY) -> dict[str, list[dict[str, str]]]:
    """Rows of ``persons``, ``occupancies``, ``agencies``, ``programmes``, ``places``; days as ISO dates.

    Raises LexiconError with file, line and cause where a row cannot be read.
    """
    return {name: _rows(folder / f"{name}.csv", today) for name in NAMES}


def _rows(path: Path, today: date) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        columns = reader.fieldnames or []
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise LexiconError(
                    f"{path.name} line {reader.line_num} has not {len(columns)} fields; check its commas"
                )
            rows.append({name: _dated(name, value, today, path) for name, value in row.items()})
    return rows


def _dated(name: str, value: str, today: date, path: Path) -> str:
    if name not in ("from", "to") or not value:
        return value
    try:
        return (today + timedelta(days=int(value))).isoformat()
    except (ValueError, OverflowError) as error:
        raise LexiconError(f"{path.name}: {value!r} is no number of days; write -210, or nothing") from error
