"""Parquet: a typed schema with the dictionary in it, streamed by row groups; one file, or one a month."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from storage.datasets.columns import Batch, Column

Day = date | None
GROUP = 20_000
"""Rows that are written together."""
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


def write_parquet(batches: Iterable[Batch], *, columns: Sequence[Column], file: BinaryIO) -> int:
    """Write one file; returns how many rows."""
    schema = schema_of(columns)
    count = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in _grouped(record_batch(batch, schema) for batch in batches):
            writer.write_table(pa.Table.from_batches(group))
            count += sum(part.num_rows for part in group)
    return count


def write_months(
    batches: Iterable[Batch], *, columns: Sequence[Column], folder: Path, days_of: Callable[[Batch], Iterable[Day]]
) -> dict[Path, int]:
    """Write ``month=2026-03/part-0.parquet`` and so on below ``folder``; returns how many rows each file has."""
    schema = schema_of(columns)
    parts = (
        (month, record_batch(batch, schema).take(places))
        for batch in batches
        for month, places in _by_month(days_of(batch)).items()
    )
    writers: dict[Path, pq.ParquetWriter] = {}
    counts: Counter[Path] = Counter()
    with ExitStack() as opened:
        for month, same in groupby(parts, key=itemgetter(0)):
            path = folder / f"month={month}" / "part-0.parquet"
            if path not in writers:
                path.parent.mkdir(parents=True)
                writers[path] = opened.enter_context(pq.ParquetWriter(path, schema, compression="zstd"))
            for group in _grouped(part for _, part in same):
                writers[path].write_table(pa.Table.from_batches(group))
                counts[path] += sum(part.num_rows for part in group)
    return dict(sorted(counts.items()))


def _grouped(parts: Iterable[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    """Parts that are written together: GROUP rows, or a few more."""
    held: list[pa.RecordBatch] = []
    for part in parts:
        held.append(part)
        if sum(one.num_rows for one in held) >= GROUP:
            yield held
            held = []
    if held:
        yield held


def _by_month(days: Iterable[Day]) -> dict[str, list[int]]:
    """Month -> places of its rows."""
    months: dict[str, list[int]] = defaultdict(list)
    for place, day in enumerate(days):
        months[f"{day:%Y-%m}" if day else NO_MONTH].append(place)
    return months


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    """The types of the columns, with what the dictionary says of each."""
    return pa.schema(
        [
            pa.field(column.name, TYPES[column.type], metadata={"description": column.en, "keterangan": column.id})
            for column in columns
        ]
    )


def record_batch(batch: Batch, schema: pa.Schema) -> pa.RecordBatch:
    """A batch as arrow has it."""
    arrays = [_array(batch.columns[field.name], field.type) for field in schema]
    return pa.record_batch(arrays, schema=schema)


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([_whole(value) for value in values], kind)


def _whole(value: Any) -> Any:
    """A text without half characters, which UTF-8 cannot hold."""
    if isinstance(value, list):
        return [_whole(part) for part in value]
    return SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value
