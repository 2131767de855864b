"""JSON lines: one object a row, UTF-8, ISO dates, null for what is missing."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from json.encoder import encode_basestring
from typing import Any, BinaryIO

from scraper.clock import WIB
from storage.datasets.columns import Batch, Column

Values = Callable[[Sequence[Any]], Iterable[str]]
"""Makes JSON of the values of a column."""


def write_jsonl(batches: Iterable[Batch], *, columns: Sequence[Column], file: BinaryIO) -> int:
    """Write ``columns`` of each row; returns how many rows."""
    line = "{" + ", ".join(f"{json.dumps(column.name)}: %s" for column in columns) + "}\n"
    makers = [VALUES[column.type] for column in columns]
    count = 0
    for batch in batches:
        values = (make(column) for make, column in zip(makers, batch.of(columns), strict=True))
        file.write("".join(map(line.__mod__, zip(*values, strict=True))).encode("utf-8", "replace"))
        count += len(batch)
    return count


def _each(encode: Callable[[Any], str]) -> Values:
    """Makes JSON of each value that is there."""
    return lambda values: ["null" if value is None else encode(value) for value in values]


VALUES: dict[str, Values] = {
    "string": _each(encode_basestring),
    "list": lambda values: [f"[{', '.join(map(encode_basestring, value))}]" if value else "[]" for value in values],
    "integer": _each(str),
    "number": _each(lambda value: repr(value) if math.isfinite(value) else "null"),
    "boolean": _each(lambda value: "true" if value else "false"),
    "date": _each(lambda value: f'"{value.isoformat()}"'),
    "datetime": _each(lambda value: f'"{value.astimezone(WIB).isoformat("T", "seconds")}"'),
}
