"""CSV for spreadsheets and R: UTF-8, comma, ISO dates, ``.`` decimals, no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from storage.datasets.columns import Column

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A text cell that starts so would be run as a formula (OWASP, CSV injection)."""


def write_csv(rows: Iterable[dict[str, Any]], *, columns: Sequence[Column], file: BinaryIO) -> int:
    """Write a header and the rows; lists are joined by ``|``; returns how many rows."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    count = 0
    for row in rows:
        writer.writerow([csv_cell(row.get(column.name)) for column in columns])
        count += 1
    text.detach()
    return count


def csv_cell(value: Any) -> str:
    """A value as CSV text; text that starts like a formula gets a leading apostrophe, numbers never."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    text = "|".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
