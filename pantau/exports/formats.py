"""The registry of formats in which a table can be written: one file each, one line here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO, Protocol

from pantau.exports.as_csv import write_csv
from pantau.exports.as_jsonl import write_jsonl
from storage.datasets.columns import Column, Row


class Writer(Protocol):
    """Writes rows to an open file and returns how many."""

    def __call__(self, rows: Iterable[Row], *, columns: Sequence[Column], file: BinaryIO) -> int: ...


FORMATS: dict[str, Writer] = {"csv": write_csv, "jsonl": write_jsonl}
"""By name, which is also how a file of it ends."""
