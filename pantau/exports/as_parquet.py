"""Parquet: a typed schema with the dictionary in it, streamed by row groups; one file, or one a month."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from storage.datasets.columns import Column, Row

Day = date | None
GROUP = 20_000
"""Rows that are written together."""
PIECE = 250
"""Rows that are turned at a time; with more of them the processor waits for its memory."""
NO_MONTH = "__HIVE_DEFAULT_PARTITION__"
"""What pandas, polars, duckdb and arrow read as null in the name of a partition."""
SURROGATE = re.compile("[\ud800-\udfff]")
TYPES = {
    "string": pa.string(),
    "list": pa.list_(pa.string()),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("s", tz="Asia/Jakarta"),
}


def write_parquet(rows: Iterable[Row], *, columns: Sequence[Column], file: BinaryIO) -> int:
    """Write one file; returns how many rows."""
    schema = schema_of(columns)
    pieces = _pieces(iter(rows), schema)
    count = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while held := list(islice(pieces, GROUP // min(GROUP, PIECE))):
            writer.write_table(pa.Table.from_batches(held))
            count += sum(piece.num_rows for piece in held)
    return count


def write_months(
    rows: Iterable[Row], *, columns: Sequence[Column], folder: Path, days_of: Callable[[Sequence[Row]], Iterable[Day]]
) -> dict[Path, int]:
    """Write ``month=2026-03/part-0.parquet`` and so on below ``folder``; returns how many rows each file has."""
    schema = schema_of(columns)
    rest = iter(rows)
    writers: dict[Path, pq.ParquetWriter] = {}
    counts: Counter[Path] = Counter()
    with ExitStack() as opened:
        while held := list(islice(rest, GROUP)):
            for month, part in _by_month(held, days_of(held)).items():
                path = folder / f"month={month}" / "part-0.parquet"
                if path not in writers:
                    path.parent.mkdir(parents=True)
                    writers[path] = opened.enter_context(pq.ParquetWriter(path, schema, compression="zstd"))
                writers[path].write_table(to_table(part, schema))
                counts[path] += len(part)
    return dict(sorted(counts.items()))


def _by_month(rows: Iterable[Row], days: Iterable[Day]) -> dict[str, list[Row]]:
    months: dict[str, list[Row]] = defaultdict(list)
    for row, day in zip(rows, days, strict=True):
        months[f"{day:%Y-%m}" if day else NO_MONTH].append(row)
    return months


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    """The types of the columns, with what the dictionary says of each."""
    return pa.schema(
        [
            pa.field(column.name, TYPES[column.type], metadata={"description": column.en, "keterangan": column.id})
            for column in columns
        ]
    )


def to_table(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    """Rows as an arrow table."""
    return pa.Table.from_batches(list(_pieces(iter(rows), schema)), schema=schema)


def _pieces(rows: Iterator[Row], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    columns = [(itemgetter(field.name), field.type) for field in schema]
    while held := list(islice(rows, min(GROUP, PIECE))):
        yield pa.record_batch([_array(list(map(get, held)), kind) for get, kind in columns], schema=schema)


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([_whole(value) for value in values], kind)


def _whole(value: Any) -> Any:
    """A text without half characters, which UTF-8 cannot hold."""
    if isinstance(value, list):
        return [_whole(part) for part in value]
    return SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value
