"""The registry of formats: one file each, one line here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Protocol

from pantau.exports.as_conll import write_conll
from pantau.exports.as_csv import write_csv
from pantau.exports.as_jsonl import write_jsonl
from pantau.exports.as_kliping import write_kliping
from pantau.exports.as_parquet import write_parquet
from pantau.exports.as_xlsx import write_xlsx
from pantau.exports.manifest import Asked
from storage.datasets.clips import Clip
from storage.datasets.columns import Batch, Column


class Writer(Protocol):
    """Writes rows of a table to an open file and returns how many."""

    def __call__(self, batches: Iterable[Batch], *, columns: Sequence[Column], file: BinaryIO) -> int: ...


class ClipWriter(Protocol):
    """Writes whole articles to an open file and returns how many."""

    def __call__(self, clips: Iterable[Clip], *, file: BinaryIO, asked: Asked) -> int: ...


@dataclass(frozen=True, slots=True)
class Format:
    """How a table is written, or whole articles, and how a file of it ends."""

    suffix: str
    write: Writer = write_csv
    write_clips: ClipWriter | None = None
    """Of a format that has whole articles and no table."""


FORMATS: dict[str, Format] = {
    "csv": Format("csv", write_csv),
    "csv-id": Format("csv", partial(write_csv, excel=True)),
    "jsonl": Format("jsonl", write_jsonl),
    "parquet": Format("parquet", write_parquet),
    "xlsx": Format("xlsx", write_xlsx),
    "datapackage": Format("csv", write_csv),
    "conll": Format("conll", write_clips=write_conll),
    "kliping": Format("xlsx", write_clips=write_kliping),
}
"""By the name under which they are asked for; ``csv-id`` is for Excel on an Indonesian computer."""
