"""CSV for R, Python and spreadsheets: typed cells as text, none of which a spreadsheet would run; and back.

The plain form is UTF-8 with commas, ISO dates and ``.`` decimals. The form for Excel on an Indonesian computer has
semicolons, decimal commas, local times that Excel knows, and a byte order mark.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from scraper.clock import WIB
from storage.datasets.columns import Column

Cell = Callable[[Any], str]
GUARDED = re.compile(r"'*[=+\-@\t\r]")
"""Text that a spreadsheet would run as a formula, or that begins like one that was made harmless."""
GUARDS = frozenset("'=+-@\t\r")
"""How such a text begins: looked at first, because most do not."""
BAR = re.compile(r"([\\|])")


def write_csv(rows: Iterable[dict[str, Any]], *, columns: Sequence[Column], file: BinaryIO, excel: bool = False) -> int:
    """Write a header and the rows, for Indonesian Excel with ``excel``; returns how many rows."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig" if excel else "utf-8", errors="replace", newline="")
    writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    cells = [(column.name, (EXCEL_CELLS if excel else CELLS)[column.type]) for column in columns]
    count = 0
    for row in rows:
        writer.writerow([cell(value) if (value := row.get(name)) is not None else "" for name, cell in cells])
        count += 1
    text.detach()
    return count


def text_cell(value: Any) -> str:
    """Text; what starts like a formula gets a leading apostrophe."""
    text = str(value)
    return f"'{text}" if text[:1] in GUARDS and GUARDED.match(text) else text


def plain_text(cell: str) -> str:
    """The text of a cell that ``text_cell`` wrote."""
    return cell[1:] if cell.startswith("'") and GUARDED.match(cell) else cell


def joined(parts: Iterable[Any]) -> str:
    r"""Parts with ``|`` between them; a bar or backslash inside a part has a backslash before it."""
    return "|".join(BAR.sub(r"\\\1", part) if "|" in part or "\\" in part else part for part in map(str, parts))


def number_cell(value: Any) -> str:
    """A number without a needless ``.0``; never guarded, since a spreadsheet may well read it."""
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def time_cell(value: Any) -> str:
    """ISO 8601 with the offset of Jakarta."""
    moment: datetime = value if value.tzinfo is WIB else value.astimezone(WIB)
    return moment.isoformat(timespec="seconds")


CELLS: dict[str, Cell] = {
    "string": text_cell,
    "list": lambda value: text_cell(joined(value)) if value else "",
    "integer": str,
    "number": number_cell,
    "boolean": lambda value: "true" if value else "false",
    "date": date.isoformat,
    "datetime": time_cell,
}
EXCEL_CELLS: dict[str, Cell] = CELLS | {
    "number": lambda value: number_cell(value).replace(".", ","),
    "datetime": lambda value: value.astimezone(WIB).strftime("%Y-%m-%d %H:%M:%S"),
}
