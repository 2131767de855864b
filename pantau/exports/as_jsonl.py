"""JSON lines: one object a row, UTF-8, ISO dates, null for what is missing."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from scraper.clock import WIB
from storage.datasets.columns import Column


def write_jsonl(rows: Iterable[dict[str, Any]], *, columns: Sequence[Column], file: BinaryIO) -> int:
    """Write ``columns`` of each row; returns how many rows."""
    names = [column.name for column in columns]
    count = 0
    for row in rows:
        file.write(_line({name: row.get(name) for name in names}).encode("utf-8", "replace") + b"\n")
        count += 1
    return count


def _line(row: dict[str, Any]) -> str:
    try:
        return json.dumps(row, ensure_ascii=False, default=_plain, allow_nan=False)
    except ValueError:
        finite = {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in row.items()}
        return json.dumps(finite, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(WIB).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no value of a table")
