"""Tables as a SQLite file with their keys and references, for Datasette, DBeaver or sqlite3."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pantau.exports.as_parquet import SURROGATE
from scraper.clock import WIB
from storage.datasets.columns import Batch, Column, Schema

TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
"""Of SQLite; the other types are text: days and moments in ISO 8601, lists in JSON."""
FAST = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
"""A file that breaks off is thrown away, so nothing needs to be safe while it is built."""


def build_database(path: Path, tables: Iterable[tuple[Schema, Iterable[Batch]]], *, finish: str = "") -> dict[str, int]:
    """Make the file, which must not exist, and run the statements of ``finish``; returns the rows of each table."""
    counts: dict[str, int] = {}
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FAST)
        for table, batches in tables:
            connection.execute(_create(table))
            places = ", ".join("?" * len(table.columns))
            connection.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', _values(batches, table.columns))
            (counts[table.name],) = connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()
        connection.commit()
        connection.executescript(finish)
        connection.commit()
    return counts


def _create(table: Schema) -> str:
    columns = [f'"{column.name}" {TYPES.get(column.type, "TEXT")}' for column in table.columns]
    key = ", ".join(f'"{name}"' for name in table.key)
    links = [f'FOREIGN KEY ("{name}") REFERENCES "{to}" ("{other}")' for name, (to, other) in table.references.items()]
    return f'CREATE TABLE "{table.name}" ({", ".join([*columns, f"PRIMARY KEY ({key})", *links])})'


def _values(batches: Iterable[Batch], columns: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
    for batch in batches:
        yield from zip(*([_value(value) for value in values] for values in batch.of(columns)), strict=True)


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value)
    if isinstance(value, datetime):
        return value.astimezone(WIB).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False)) if isinstance(value, list) else value
