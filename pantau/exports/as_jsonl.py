"""JSON lines: one object a row, UTF-8, null for what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO


def write_jsonl(rows: Iterable[dict[str, Any]], *, columns: Sequence[str], file: BinaryIO) -> int:
    """Write ``columns`` of each row; returns how many rows."""
    count = 0
    for row in rows:
        line = json.dumps({column: row.get(column) for column in columns}, ensure_ascii=False)
        file.write(line.encode("utf-8") + b"\n")
        count += 1
    return count
