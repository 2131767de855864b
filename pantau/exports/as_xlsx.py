"""Excel: typed cells, a header that stays in sight, filters and links; long tables go on in a further sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, BinaryIO

from pantau.exports.as_csv import joined
from pantau.exports.workbooks import Book, new_book
from storage.datasets.columns import Batch, Column

ROWS = 1_000_000
"""Rows of one sheet below its header; Excel has 1,048,576 in all."""
SHEET = "Data"
WIDTHS = {"string": 24, "list": 24, "integer": 10, "number": 14, "boolean": 8, "date": 11, "datetime": 17}


def write_xlsx(batches: Iterable[Batch], *, columns: Sequence[Column], file: BinaryIO) -> int:
    """Write the rows; returns how many. Times are those of Jakarta, since Excel knows no zones."""
    rest = chain.from_iterable(zip(*batch.of(columns), strict=True) for batch in batches)
    total = 0
    with new_book(file) as book:
        for number in range(1, 10_000):
            sheet = book.add_sheet(SHEET if number == 1 else f"{SHEET} {number}")
            written = _fill(book, sheet, islice(rest, ROWS), columns)
            total += written
            if written < ROWS:
                break
    return total


def _fill(book: Book, sheet: Any, rows: Iterator[tuple[Any, ...]], columns: Sequence[Column]) -> int:
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTHS[column.type])
        book.write(sheet, 0, place, column.name, style="head")
    styles = ["link" if column.format == "uri" else "text" for column in columns]
    count = 0
    for count, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if value is not None:
                book.write(
                    sheet, count, place, joined(value) if isinstance(value, list) else value, style=styles[place]
                )
    sheet.autofilter(0, 0, count, len(columns) - 1)
    return count
