"""``from pantau import data``: typed rows and frames of any query, light to load, and CSV read back exactly."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from small_archive import HOSTILE, TEXT, day_only, fill_office, tagged
from typer.testing import CliRunner

from pantau import data
from pantau.cli.main import app
from scraper.clock import WIB
from scraper.errors import InputError, QueryError


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    odd = (tagged(10 + number, title=text) for number, text in enumerate(HOSTILE))
    return fill_office(tmp_path_factory.mktemp("office"), [tagged(1), tagged(2), day_only(3), *odd])


@pytest.fixture(autouse=True)
def _data(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_DATA", str(office))


def test_rows_are_typed_and_of_the_query() -> None:
    first, second, third = data.rows("articles", query="judul:inflasi")
    assert (first["published_day"], first["published_at"]) == (date(2026, 2, 3), None)
    assert second["published_at"] == datetime(2026, 3, 1, 7, 30, tzinfo=WIB)
    assert "text" not in third
    figure = next(data.rows("figures", query="judul:inflasi"))
    assert (figure["value"], figure["unit"], figure["flags"]) == (2.96, "%", [])


def test_texts_come_on_demand() -> None:
    assert next(data.rows("articles", full_text=True))["text"] == TEXT


@pytest.mark.parametrize("table", data.tables())
def test_frames_hold_the_rows(table: str) -> None:
    rows = list(data.rows(table))
    frame = data.frame(table, library="polars")
    assert frame.rows(named=True) == rows
    assert len(data.frame(table)) == len(rows)
    assert list(data.frame(table).columns) == frame.columns == list(data.dictionary(table))[: len(frame.columns)] or (
        table == "articles"
    )


def test_frames_have_types() -> None:
    frame = data.frame("articles", query="judul:inflasi")
    assert frame["published_day"].dt.month.tolist() == [2, 3, 3]
    assert str(frame["published_at"].dt.tz) == "Asia/Jakarta"
    assert data.frame("figures", query="tidakadasamasekali")["value"].dtype == "float64"
    assert data.frame("figures", library="polars").schema["value"] == pl.Float64


@pytest.mark.parametrize("options", [(), ("--excel-id",)])
def test_csv_reads_back_what_was_exported(options: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    CliRunner().invoke(app, ["export", "-o", str(path), *options], catch_exceptions=False)
    rows = [{name: value if value != "" else None for name, value in row.items()} for row in data.rows("articles")]
    assert list(data.read_csv(path)) == rows
    assert pd.DataFrame(data.read_csv(path))["words"].sum() == sum(row["words"] for row in rows)


def test_a_file_of_no_table_is_refused_unless_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,surface,start\r\n'=1,x,2\r\n")
    with pytest.raises(InputError, match="of no single table; say which"):
        data.read_csv(tmp_path / "a.csv")
    assert list(data.read_csv(tmp_path / "a.csv", table="mentions")) == [{"id": "=1", "surface": "x", "start": 2}]


@pytest.mark.parametrize(
    ("call", "error", "reason"),
    [
        (lambda: data.frame("tidak"), InputError, "no table 'tidak'; the tables are articles"),
        (lambda: data.frame("coverage", query="x"), InputError, "about everything"),
        (lambda: data.frame("articles", library="numpy"), InputError, "pandas or polars"),
        (lambda: data.frame("articles", query='"x'), QueryError, "tanda kutip"),
        (lambda: data.read_csv("tidak.csv"), InputError, "cannot be read"),
    ],
)
def test_what_cannot_be_is_said(call: Any, error: type[Exception], reason: str) -> None:
    with pytest.raises(error, match=reason):
        call()


@pytest.mark.slow
def test_neither_the_web_nor_the_tagger_is_loaded() -> None:
    script = (
        "import sys; from pantau import data; list(data.rows('figures')); data.frame('articles', query='inflasi');"
        "print(sorted({'spacy', 'fastapi', 'starlette', 'uvicorn', 'scrapy', 'twisted', 'nlp', 'pantau.web',"
        "'pantau.cli'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
