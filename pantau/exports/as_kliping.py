"""The kliping sheet of a press office: one article a row, ready to sort in Excel and to print on A4."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, BinaryIO

from pantau.exports.kliping_rows import FIELDS, days_told, kliping_row
from pantau.exports.manifest import Asked
from pantau.exports.workbooks import Book, new_book
from pantau.translations import use_language
from storage.datasets.clips import Clip

DEFAULT = "Pantauan media"
"""Stands where no office is named."""
TITLE = "REKAP PEMBERITAAN"
HEAD = 3
"""Row of the headings, counted from 0; they stay in sight and stand on each printed page."""
A4 = 9
REPEATED = 3
"""The first columns, up to this one, stand on each printed page too: number, day, time, outlet."""
LINE = 13
"""Height of a line in points."""
TALLEST = 409
"""Excel has no taller rows."""


def write_kliping(clips: Iterable[Clip], *, file: BinaryIO, asked: Asked) -> int:
    """Write the sheet under the heading that was asked for, in Indonesian, as offices file it; returns its rows."""
    with use_language("id"):
        rows = [kliping_row(clip) for clip in clips]
        span = days_told(row[0] for row in rows if row[0] is not None) or "–"
    with new_book(file) as book:
        sheet = book.add_sheet("Kliping")
        _lay_out(sheet, rows=len(rows))
        for row, line in enumerate(((asked.heading or DEFAULT).upper(), f"{TITLE} TANGGAL {span}")):
            book.write(sheet, row, 0, line, style="title")
        for column, heading in enumerate(("No", *(item.heading for item in FIELDS))):
            book.write(sheet, HEAD, column, heading, style="head")
        for number, values in enumerate(rows, 1):
            sheet.set_row(HEAD + number, _height(values))
            _write_row(book, sheet, number, values)
    return len(rows)


def _write_row(book: Book, sheet: Any, number: int, values: list[Any]) -> None:
    book.write(sheet, HEAD + number, 0, number)
    for column, (item, value) in enumerate(zip(FIELDS, values, strict=True), 1):
        book.write(sheet, HEAD + number, column, value, style=item.style)


def _lay_out(sheet: Any, *, rows: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.hide_gridlines(0)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
    sheet.fit_to_pages(2, 0)
    sheet.repeat_columns(0, REPEATED)
    sheet.repeat_rows(HEAD)
    sheet.set_footer("&L&A&RHalaman &P dari &N")
    sheet.freeze_panes(HEAD + 1, 0)
    sheet.autofilter(HEAD, 0, HEAD + rows, len(FIELDS))
    sheet.set_row(HEAD, 3 * LINE)
    sheet.set_column(0, 0, 5)
    for column, item in enumerate(FIELDS, 1):
        sheet.set_column(column, column, item.width)


def _height(values: list[Any]) -> int:
    """Points that the tallest cell of a row needs: Excel fits rows only where a person asks it to."""
    lines = (
        sum(math.ceil(1.1 * len(part) / item.width) or 1 for part in value.split("\n"))
        for item, value in zip(FIELDS, values, strict=True)
        if isinstance(value, str)
    )
    return min(max(lines, default=1) * LINE, TALLEST)
