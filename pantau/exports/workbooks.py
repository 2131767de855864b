"""What every Excel file of ours shares: cells of the right type, no formula, Excel's limits, equal bytes."""

from __future__ import annotations

import math
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from scraper.clock import WIB

CREATED = datetime(2000, 1, 1)
"""Stands in every file, so that the same rows give the same bytes."""
LONGEST = 32_767
"""Characters of a cell; Excel takes a file with a longer one for damaged."""
CUT = " … [dipotong]"
MOST_LINKS = 65_530
"""Links on one sheet; Excel takes a file with more for damaged."""
FIRST_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; what is older is written as text."""
LINK = re.compile(r"https?://[^\s\"<>\\^`{|}]{1,2000}")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""
LINE_END = re.compile("\r\n?")
PLAIN_STYLES = {"link": "text", "wrapped link": "wrapped"}
"""Styles of addresses, with the style of one that cannot be clicked."""
NOTES = "Catatan"
LOSSES = {
    "cells": f"sel dipotong karena Excel hanya memuat {LONGEST} huruf per sel",
    "links": f"alamat tidak dapat diklik karena terlalu panjang atau lebih dari {MOST_LINKS} per lembar",
}


class Sheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A worksheet on which text that looks like the library's own markup for rich text stays text."""

    def _xml_rich_inline_string(self, string: str, attributes: Any) -> None:
        self._xml_inline_string(string, True, attributes)


@dataclass(slots=True)
class Book:
    """Adds sheets and cells to one workbook, and counts what Excel's limits took away."""

    workbook: Any
    formats: dict[str, Any]
    losses: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    """Links so far, by name of the sheet."""

    def add_sheet(self, name: str) -> Any:
        """A further sheet; rows go to it from the top down."""
        return self.workbook.add_worksheet(name, worksheet_class=Sheet)

    def write(self, sheet: Any, row: int, column: int, value: Any, *, style: str = "text") -> None:
        """One cell: numbers, truths, days and times (Asia/Jakarta) as such, anything else as text.

        With one of the styles in ``PLAIN_STYLES`` an address can be clicked.
        """
        if isinstance(value, str):
            self._write_text(sheet, row, column, value, style)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, self.formats[style])
        elif isinstance(value, int | float) and math.isfinite(value):
            sheet.write_number(row, column, value, self.formats[style])
        elif (moment := excel_time(value)) is not None:
            sheet.write_datetime(row, column, moment, self.formats[type(value).__name__])
        elif value is not None:
            self._write_text(sheet, row, column, str(value), style)

    def _write_text(self, sheet: Any, row: int, column: int, value: str, style: str) -> None:
        text = self._shortened(value)
        if style in PLAIN_STYLES and self._may_link(sheet.name, text):
            sheet.write_url(row, column, text, self.formats[style], text)
        elif text:
            sheet.write_string(row, column, text, self.formats[PLAIN_STYLES.get(style, style)])

    def tell_losses(self) -> None:
        """A last sheet that says what was cut, where anything was."""
        if self.losses:
            sheet = self.add_sheet(NOTES)
            for row, (name, count) in enumerate(sorted(self.losses.items())):
                self.write(sheet, row, 0, f"{count} {LOSSES[name]}")

    def _shortened(self, value: str) -> str:
        text = value if value.isprintable() else LINE_END.sub("\n", FORBIDDEN.sub("\ufffd", value))
        if len(text) <= LONGEST:
            return text
        self.losses["cells"] += 1
        return text[: LONGEST - len(CUT)] + CUT

    def _may_link(self, sheet: str, address: str) -> bool:
        if self.links[sheet] >= MOST_LINKS or not LINK.fullmatch(address):
            self.losses["links"] += address.startswith("http")
            return False
        self.links[sheet] += 1
        return True


@contextmanager
def new_book(file: BinaryIO) -> Iterator[Book]:
    """A workbook whose rows wait in temporary files and land in ``file`` at the end, in constant memory."""
    with tempfile.TemporaryDirectory(prefix="pantau-xlsx-") as folder:
        workbook = xlsxwriter.Workbook(file, {"constant_memory": True, "use_zip64": True, "tmpdir": folder})
        workbook.set_properties({"created": CREATED, "author": "Pantau"})
        book = Book(workbook, {name: workbook.add_format({"valign": "top"} | look) for name, look in FORMATS.items()})
        try:
            yield book
            book.tell_losses()
            workbook.close()
        except BaseException:
            for sheet in workbook.worksheets():
                sheet.row_data_fh.close()
            raise


FORMATS: dict[str, dict[str, Any]] = {
    "text": {},
    "wrapped": {"text_wrap": True},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "datetime": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    "time": {"num_format": "hh:mm", "align": "left"},
    "link": {"font_color": "#0563C1", "underline": 1},
    "wrapped link": {"font_color": "#0563C1", "underline": 1, "text_wrap": True},
    "head": {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E8EEF4"},
    "title": {"bold": True, "font_size": 12},
}
"""Looks of cells by name; days and times have that of their type."""


def excel_time(value: object) -> date | time | None:
    """A day or time as Excel has it, without a zone; nothing for what it cannot count and for other values."""
    if isinstance(value, datetime):
        local = value.astimezone(WIB).replace(tzinfo=None) if value.tzinfo else value
        return local if local.date() >= FIRST_DAY else None
    if isinstance(value, date):
        return value if value >= FIRST_DAY else None
    return value if isinstance(value, time) else None
