"""CSV for R, Python and spreadsheets: typed cells as text, none of which a spreadsheet would run; and back.

The plain form is UTF-8 with commas, ISO dates and ``.`` decimals. The form for Excel on an Indonesian computer has
semicolons, decimal commas, local times that Excel knows, and a byte order mark.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO

from scraper.clock import WIB
from storage.datasets.columns import Batch, Column

Cells = Callable[[Sequence[Any]], Sequence[str | int | None]]
"""Makes what stands in a file of the values of a column."""
GUARDED = re.compile(r"'*[=+\-@\t\r]")
"""Text that a spreadsheet would run as a formula, or that begins like one that was made harmless."""
GUARDS = frozenset("'=+-@\t\r")
"""How such a text begins: looked at first, because most do not."""
BAR = re.compile(r"([\\|])")


def write_csv(batches: Iterable[Batch], *, columns: Sequence[Column], file: BinaryIO, excel: bool = False) -> int:
    """Write a header and the rows, for Indonesian Excel with ``excel``; returns how many rows."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig" if excel else "utf-8", errors="replace", newline="")
    writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    cells = [(EXCEL_CELLS if excel else CELLS)[column.type] for column in columns]
    count = 0
    for batch in batches:
        filled = (make(values) for make, values in zip(cells, batch.of(columns), strict=True))
        writer.writerows(zip(*filled, strict=True))
        count += len(batch)
    text.detach()
    return count


def text_cell(text: str) -> str:
    """Text; what starts like a formula gets a leading apostrophe."""
    return f"'{text}" if text[:1] in GUARDS and GUARDED.match(text) else text


def plain_text(cell: str) -> str:
    """The text of a cell that ``text_cell`` wrote."""
    return cell[1:] if cell.startswith("'") and GUARDED.match(cell) else cell


def joined(parts: Sequence[str]) -> str:
    r"""Parts with ``|`` between them; a bar or backslash inside a part has a backslash before it."""
    text = "|".join(parts)
    if "\\" in text or text.count("|") >= len(parts):
        return "|".join(BAR.sub(r"\\\1", part) for part in parts)
    return text


def number_cell(number: float) -> str:
    """A number without a needless ``.0``; never guarded, since a spreadsheet may well read it."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _each(cell: Callable[[Any], str]) -> Cells:
    """Makes a cell of each value that is there."""
    return lambda values: [None if value is None else cell(value) for value in values]


def _texts(values: Sequence[Any]) -> Sequence[str | None]:
    return [value if value is None or value[:1] not in GUARDS else text_cell(value) for value in values]


def _lists(values: Sequence[Any]) -> Sequence[str | None]:
    return [text_cell(joined(value)) if value else None for value in values]


def _times(values: Sequence[Any]) -> Sequence[str | None]:
    """ISO 8601 with the offset of Jakarta."""
    return [
        value and (value if value.tzinfo is WIB else value.astimezone(WIB)).isoformat("T", "seconds")
        for value in values
    ]


CELLS: dict[str, Cells] = {
    "string": _texts,
    "list": _lists,
    "integer": lambda values: values,
    "number": _each(number_cell),
    "boolean": _each(lambda value: "true" if value else "false"),
    "date": lambda values: [value and value.isoformat() for value in values],
    "datetime": _times,
}
EXCEL_CELLS: dict[str, Cells] = CELLS | {
    "number": _each(lambda value: number_cell(value).replace(".", ",")),
    "datetime": _each(lambda value: value.astimezone(WIB).strftime("%Y-%m-%d %H:%M:%S")),
}
