"""Every format read back by the readers that analysts use: the same rows, the same bytes, no cell that harms."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from openpyxl.utils.escape import unescape
from small_archive import HOSTILE

from pantau.exports import as_parquet, as_xlsx, workbooks
from pantau.exports.as_csv import plain_text, text_cell, write_csv
from pantau.exports.as_jsonl import write_jsonl
from pantau.exports.as_parquet import NO_MONTH, write_months, write_parquet
from pantau.exports.as_xlsx import write_xlsx
from pantau.exports.csv_reading import read_rows
from pantau.exports.workbooks import CUT, FORBIDDEN, LONGEST, LOSSES, NOTES
from scraper.clock import WIB
from scraper.errors import InputError
from storage.datasets.columns import Column, in_batches

COLUMNS = tuple(
    Column(name=name, type=kind, format="uri" if name == "url" else "", id=f"Kolom {name}", en=f"Column {name}")
    for name, kind in (
        ("id", "string"), ("url", "string"), ("day", "date"), ("moment", "datetime"), ("count", "integer"),
        ("value", "number"), ("sure", "boolean"), ("parts", "list"),
    )
)  # fmt: skip
TYPES = {column.name: column.type for column in COLUMNS}
MOMENT = datetime(2026, 3, 2, 7, 30, 15, tzinfo=WIB)
Row = dict[str, Any]
WRITERS: dict[str, Callable[..., int]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}


def row(text: str = "satu", **facts: Any) -> Row:
    return {
        "id": text, "url": "https://contoh.test/1", "day": date(2026, 3, 2), "moment": MOMENT, "count": 3,
        "value": -2.5, "sure": True, "parts": ["a", "b|c"],
    } | facts  # fmt: skip


EMPTY: Row = {column.name: None for column in COLUMNS} | {"id": "kosong", "parts": []}
ROWS = [row(), EMPTY, row("akhir", value=2e9, sure=False, parts=[])]


def write(name: str, rows: list[Row], folder: Path, **options: Any) -> Path:
    path = folder / f"data.{name}"
    with path.open("wb") as file:
        assert WRITERS[name](in_batches(rows), columns=COLUMNS, file=file, **options) == len(rows)
    return path


def surviving(text: str) -> str:
    """What UTF-8 lets through of a text."""
    return text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("excel", [False, True])
def test_csv_gives_back_the_rows(excel: bool, tmp_path: Path) -> None:
    hostile = [row(text, parts=[text, "b"]) for text in HOSTILE]
    path = write("csv", [*ROWS, *hostile], tmp_path, excel=excel)
    expected = [*ROWS, *(row(surviving(text), parts=[surviving(text), "b"]) for text in HOSTILE)]
    assert list(read_rows(path, TYPES)) == expected


def test_csv_of_indonesian_excel_has_its_marks(tmp_path: Path) -> None:
    raw = write("csv", [row()], tmp_path, excel=True).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfid;url;day;")
    assert b";2026-03-02;2026-03-02 07:30:15;3;-2,5;true;" in raw


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_cell_of_csv_can_be_run_and_each_reads_back(text: str) -> None:
    cell = text_cell(text)
    assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    assert plain_text(cell) == text


def test_pandas_and_duckdb_read_plain_csv(tmp_path: Path) -> None:
    path = write("csv", ROWS, tmp_path)
    frame = pd.read_csv(path, parse_dates=["moment"])
    assert frame["value"].tolist()[::2] == [-2.5, 2e9]
    assert frame["moment"][0] == MOMENT
    found = duckdb.sql(f"select day, sure, value from read_csv('{path}')").fetchall()
    assert found == [(date(2026, 3, 2), True, -2.5), (None, None, None), (date(2026, 3, 2), False, 2e9)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"id,count\r\na,x\r\n", ":2, column count"), (b"id\r\na,b\r\n", "2 cells, the header 1"), (b"\xff", "cannot be")],
)
def test_a_csv_that_is_none_of_ours_is_refused_with_the_place(content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(InputError, match=reason):
        list(read_rows(tmp_path / "a.csv", TYPES))


def test_jsonl_gives_back_the_rows(tmp_path: Path) -> None:
    path = write("jsonl", [*ROWS, *(row(text) for text in HOSTILE), row(value=float("inf"))], tmp_path)
    frame = pl.read_ndjson(path)
    assert frame["id"].to_list() == [surviving(str(one["id"])) for one in ROWS] + [*map(surviving, HOSTILE), "satu"]
    assert (frame["moment"][0], frame["parts"][0].to_list()) == ("2026-03-02T07:30:15+07:00", ["a", "b|c"])
    assert frame["value"].to_list()[-1] is None


@pytest.mark.parametrize("group", [2, 20_000])
def test_parquet_is_typed_and_gives_back_the_rows(group: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_parquet, "GROUP", group)
    path = write("parquet", [*ROWS, *(row(text) for text in HOSTILE)], tmp_path)
    frame = pl.read_parquet(path)
    assert frame.rows(named=True)[: len(ROWS)] == ROWS
    assert frame["id"].to_list()[len(ROWS) :] == [text.replace("\ud800", "\ufffd") for text in HOSTILE]
    assert frame.schema["moment"] == pl.Datetime("ms", "Asia/Jakarta")
    assert pd.read_parquet(path)["moment"][0] == MOMENT
    described = pq.read_schema(path).field("value").metadata
    assert described == {b"description": b"Column value", b"keterangan": b"Kolom value"}


def test_parquet_by_months_is_one_data_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_parquet, "GROUP", 2)
    days = [date(2026, 3, 1), date(2026, 2, 1), None, date(2026, 3, 5), date(2026, 2, 9)]
    rows = [row(str(number), day=day) for number, day in enumerate(days)]
    counts = write_months(
        in_batches(rows), columns=COLUMNS, folder=tmp_path, days_of=lambda batch: batch.columns["day"]
    )
    named = {path.parent.name: count for path, count in counts.items()}
    assert named == {"month=2026-02": 2, "month=2026-03": 2, f"month={NO_MONTH}": 1}
    found = duckdb.sql(f"select month, count(*) from read_parquet('{tmp_path}/**', hive_partitioning=true) group by 1")
    assert sorted(found.fetchall(), key=str) == [("2026-02", 2), ("2026-03", 2), (None, 1)]
    assert pl.read_parquet(tmp_path / "month=2026-03")["id"].to_list() == ["0", "3"]


def cells(path: Path) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def test_excel_cells_are_typed(tmp_path: Path) -> None:
    head, first, empty, last = cells(write("xlsx", ROWS, tmp_path))
    assert head == tuple(column.name for column in COLUMNS)
    local = MOMENT.replace(tzinfo=None)
    assert first == ("satu", "https://contoh.test/1", datetime(2026, 3, 2), local, 3, -2.5, True, r"a|b\|c")
    assert empty == ("kosong", *[None] * 7)
    assert last[5:7] == (2e9, False)
    assert pd.read_excel(tmp_path / "data.xlsx")["moment"][0] == local


def test_excel_sheets_are_for_reading(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write("xlsx", ROWS, tmp_path)).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:H4")
    assert sheet["B2"].hyperlink.target == "https://contoh.test/1"


def test_excel_takes_hostile_text_for_text(tmp_path: Path) -> None:
    addresses = ["https://x.test/" + "a" * 3000, "javascript:alert(1)", "https://ok.test/1"]
    rows = [row(text, url=text) for text in HOSTILE] + [row("x", url=url) for url in addresses]
    book = openpyxl.load_workbook(write("xlsx", rows, tmp_path))
    found = [unescape(line[0].value) for line in book.worksheets[0].iter_rows(min_row=2, max_row=len(HOSTILE) + 1)]
    cut = [FORBIDDEN.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n") for text in HOSTILE]
    assert found == [text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT for text in cut]
    assert {cell.data_type for line in book.worksheets[0].iter_rows(min_row=2, max_col=2) for cell in line} == {"s"}
    assert [cell.value for cell in book.worksheets[0]["B"] if cell.hyperlink] == ["https://ok.test/1"]
    assert [cell.value for (cell,) in book[NOTES].iter_rows()] == [
        f"2 {LOSSES['cells']}", f"1 {LOSSES['links']}",
    ]  # fmt: skip


def test_long_tables_go_on_in_a_further_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_xlsx, "ROWS", 2)
    monkeypatch.setattr(workbooks, "MOST_LINKS", 1)
    book = openpyxl.load_workbook(write("xlsx", [row(str(number)) for number in range(5)], tmp_path))
    assert book.sheetnames == ["Data", "Data 2", "Data 3", NOTES]
    assert [sheet["A2"].value for sheet in book.worksheets[:3]] == ["0", "2", "4"]
    assert [sheet["B2"].hyperlink is not None for sheet in book.worksheets[:3]] == [True] * 3
    assert book["Data"]["B3"].hyperlink is None


def test_days_that_excel_cannot_count_are_text(tmp_path: Path) -> None:
    line = cells(write("xlsx", [row(day=date(1850, 1, 1), value=float("inf"))], tmp_path))[1]
    assert (line[2], line[5]) == ("1850-01-01", "inf")


def test_a_broken_workbook_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking() -> Iterator[Row]:
        yield row()
        raise RuntimeError("mati")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(RuntimeError):
        write_xlsx(in_batches(breaking()), columns=COLUMNS, file=io.BytesIO())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_rows_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    assert write(name, ROWS, tmp_path).read_bytes() == write(name, ROWS, tmp_path / "again").read_bytes()


@pytest.mark.parametrize("name", WRITERS)
def test_no_row_is_an_empty_table_with_its_columns(name: str, tmp_path: Path) -> None:
    path = write(name, [], tmp_path)
    read = {"csv": pd.read_csv, "parquet": pd.read_parquet, "xlsx": pd.read_excel}.get(name)
    assert (list(read(path).columns) if read else path.read_bytes()) == ([c.name for c in COLUMNS] if read else b"")
