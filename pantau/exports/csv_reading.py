"""Reads what ``as_csv`` wrote, in either form: typed values, text without the apostrophe that made it harmless."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pantau.exports.as_csv import plain_text
from scraper.clock import WIB
from scraper.errors import InputError

PART = re.compile(r"(?:\\.|[^|\\])+", re.DOTALL)


def read_rows(path: Path, types: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The rows of a file; a column that ``types`` does not name is text. Raises InputError with line and column."""
    with _opened(path) as (reader, excel):
        readers = [(name, _reader(types.get(name, "string"), excel=excel)) for name in next(reader, [])]
        for cells in reader:
            yield _row(cells, readers, where=f"{path}:{reader.line_num}")


def read_header(path: Path) -> list[str]:
    """The names of the columns of a file. Raises InputError."""
    with _opened(path) as (reader, _):
        return next(reader, [])


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Any, bool]]:
    """The lines of cells of a file, and whether it is in the form for Indonesian Excel."""
    csv.field_size_limit(sys.maxsize)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            file.seek(0)
            excel = head.count(";") > head.count(",")
            yield csv.reader(file, delimiter=";" if excel else ","), excel
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read ({error}); give a CSV file that pantau export wrote") from error


def _row(cells: list[str], readers: list[tuple[str, Callable[[str], Any]]], *, where: str) -> dict[str, Any]:
    if len(cells) != len(readers):
        raise InputError(f"{where} has {len(cells)} cells, the header {len(readers)}; export the file anew")
    row = {}
    for cell, (name, read) in zip(cells, readers, strict=True):
        try:
            row[name] = read(cell)
        except ValueError as error:
            raise InputError(f"{where}, column {name}: {error}; export the file anew") from error
    return row


def _reader(kind: str, *, excel: bool) -> Callable[[str], Any]:
    if kind == "list":
        return _list
    read = READERS[kind]
    if excel and kind == "number":
        return lambda cell: float(cell.replace(",", ".")) if cell else None
    return lambda cell: read(cell) if cell else None


def _list(cell: str) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in PART.findall(plain_text(cell))]


def _moment(cell: str) -> datetime:
    value = datetime.fromisoformat(cell)
    return value if value.tzinfo else value.replace(tzinfo=WIB)


def _truth(cell: str) -> bool:
    if cell.lower() not in {"true", "false"}:
        raise ValueError(f"{cell!r} is neither true nor false")
    return cell.lower() == "true"


READERS: dict[str, Callable[[str], Any]] = {
    "string": plain_text,
    "integer": int,
    "number": float,
    "boolean": _truth,
    "date": date.fromisoformat,
    "datetime": _moment,
}
"""How a cell that is not empty becomes a value of each type."""
