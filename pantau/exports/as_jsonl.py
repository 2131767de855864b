"""JSON lines: one object a row, UTF-8, null for what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from storage.datasets.columns import Column


def write_jsonl(rows: Iterable[dict[str, Any]], *, columns: Sequence[Column], file: BinaryIO) -> int:
    """Write ``columns`` of each row; returns how many rows."""
    count = 0
    for row in rows:
        line = json.dumps({column.name: row.get(column.name) for column in columns}, ensure_ascii=False, default=_plain)
        file.write(line.encode("utf-8") + b"\n")
        count += 1
    return count


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no value of a table")
