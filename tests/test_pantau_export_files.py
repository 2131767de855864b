"""Whole exports in each format: the files hold what the database holds, and the package is valid."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import openpyxl
import pandas as pd
import polars as pl
import pytest
from small_archive import HOSTILE, SEEN, TEXT, day_only, fill_office, tagged
from typer.testing import CliRunner

from pantau.cli.main import app
from pantau.exports.csv_reading import read_rows
from scraper.config import load_config
from scraper.items import TaggedArticle
from storage.database import Database
from storage.datasets.clips import read_clips
from storage.datasets.columns import Row, Table
from storage.datasets.snapshot import Snapshot, select_articles
from storage.datasets.tables import TABLES
from storage.records.assessments import assess
from storage.records.tables_work import OutletRow, PickupRow, ReleaseRow

Export = dict[str, list[Row]]
KEPT = [text for text in HOSTILE if not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", text)]
"""What the database takes as it is, but for what no XML holds."""


def articles() -> list[TaggedArticle]:
    odd = [tagged(10 + number, title=text, section=text) for number, text in enumerate(KEPT)]
    return [tagged(1), tagged(2), day_only(3), tagged(4, published=None), *odd]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill_office(tmp_path_factory.mktemp("office"), articles())


@pytest.fixture(scope="module")
def stored(data: Path) -> Export:
    """The rows of every table as the database has them."""
    db = Database.open(load_config(environ={"PANTAU_DATA": str(data)}, file=data / "none.toml"))
    with db.read() as session:
        snapshot = Snapshot(session=session, articles=select_articles(session), everything=True)
        return {name: [shown(table, row) for row in table.rows(snapshot)] for name, table in TABLES.items()}


def shown(table: Table, row: Row) -> Row:
    """A row without the text, in the order of its columns, an empty text as nothing."""
    return {column.name: row.get(column.name) or None if column.type == "string" else row.get(column.name)
            for column in table.without("text").columns}  # fmt: skip


@pytest.fixture
def export(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("PANTAU_DATA", str(data))

    def run(name: str, *options: str) -> Path:
        result = CliRunner().invoke(app, ["export", "-o", str(tmp_path / name), *options], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return tmp_path / name

    return run


@pytest.mark.parametrize("options", [(), ("--excel-id",)])
def test_csv_of_every_table_is_what_the_database_holds(export: Any, stored: Export, options: tuple[str, ...]) -> None:
    folder = export("csv", "--table", "all", *options)
    for name, table in TABLES.items():
        types = {column.name: column.type for column in table.columns}
        assert list(read_rows(folder / f"{name}.csv", types)) == stored[name]


def test_parquet_of_every_table_is_what_the_database_holds(export: Any, stored: Export) -> None:
    folder = export("parquet", "--table", "all", "--format", "parquet")
    for name in TABLES:
        rows = pl.read_parquet(folder / f"{name}.parquet").rows(named=True)
        assert [{key: value or None if value == "" else value for key, value in row.items()} for row in rows] == (
            stored[name]
        )


def test_jsonl_and_excel_of_articles_are_what_the_database_holds(export: Any, stored: Export) -> None:
    lines = export("a.jsonl", "--format", "jsonl").read_text(encoding="utf-8").splitlines()
    head, *cells = openpyxl.load_workbook(export("a.xlsx", "--format", "xlsx")).worksheets[0].iter_rows(
        values_only=True
    )  # fmt: skip
    sheet = [dict(zip(head, line, strict=True)) for line in cells]
    for row, line, shown_row in zip(stored["articles"], lines, sheet, strict=True):
        plain = json.loads(line)
        moment = row["published_at"]
        assert {name: plain[name] or None for name in ("id", "title", "snippet", "tone_body")} == {
            name: row[name] for name in ("id", "title", "snippet", "tone_body")
        }
        assert (plain["author"], plain["words"], plain["paid"]) == (row["author"], row["words"], row["paid"])
        assert plain["published_at"] == (moment.isoformat() if moment else None)
        assert shown_row["published_at"] == (moment.replace(tzinfo=None) if moment else None)
        assert (shown_row["id"], shown_row["words"], shown_row["paid"]) == (row["id"], row["words"], row["paid"])


def test_jsonl_and_excel_of_every_table_hold_its_rows_and_no_formula(export: Any, stored: Export) -> None:
    lines, books = export("j", "--table", "all", "--format", "jsonl"), export("x", "--table", "all", "--format", "xlsx")
    for name, table in TABLES.items():
        rows = [json.loads(line) for line in (lines / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [[row[key] for key in table.key] for row in rows] == [
            [told(row[key]) for key in table.key] for row in stored[name]
        ]
        sheet = openpyxl.load_workbook(books / f"{name}.xlsx").worksheets[0]
        assert sheet.max_row == len(rows) + 1, name
        assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "b", "d"}, name
        assert len(pd.read_excel(books / f"{name}.xlsx", sheet_name=0)) == len(rows), name


def told(value: Any) -> Any:
    """A value as JSON has it."""
    return value.isoformat() if isinstance(value, date) else value


def test_duckdb_reads_every_csv_with_the_types_of_the_dictionary(export: Any, stored: Export) -> None:
    folder = export("csv", "--table", "all")
    for name, table in TABLES.items():
        found = duckdb.sql(f"select * from read_csv('{folder}/{name}.csv', all_varchar=true, nullstr='')")
        assert found.columns == [column.name for column in table.without("text").columns]
        assert len(found.fetchall()) == len(stored[name]), name


def test_parquet_by_month_is_one_data_set_beside_whole_tables(export: Any, stored: Export) -> None:
    folder = export("bulan", "--table", "all", "--format", "parquet", "--partition", "month")
    glob = f"{folder}/figures/**/*.parquet"
    found = duckdb.sql(
        f"select month, count(*) from read_parquet('{glob}', hive_partitioning=true) group by 1 order by 1"
    )
    assert dict(found.fetchall()) == {"2026-02": 2, "2026-03": len(stored["figures"]) - 4, None: 2}
    assert pl.read_parquet(folder / "coverage.parquet").height == len(stored["coverage"])
    told = {file["path"]: file["rows"] for file in json.loads((folder / "manifest.json").read_text())["files"]}
    assert told["figures/month=2026-02/part-0.parquet"] == 2


def test_the_data_package_is_valid_with_its_keys_and_checksums(export: Any, stored: Export, tmp_path: Path) -> None:
    report = frictionless.validate(str(export("data.zip", "--format", "datapackage")))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]
    package = frictionless.Package(str(tmp_path / "data.zip"))
    counts = {resource.name: len(resource.read_rows()) for resource in package.resources}
    assert counts == {name: len(rows) for name, rows in stored.items()}


def test_a_data_package_that_was_changed_is_told_to_be(export: Any) -> None:
    folder = export("paket", "--format", "datapackage", "--table", "figures")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    assert (described["value"]["type"], described["flags"]["type"]) == ("number", "string")
    assert all(field["description"] and field["keterangan"] for field in described.values())
    with (folder / "figures.csv").open("a") as file:
        file.write("lagi\n")
    assert not frictionless.validate(str(folder / "datapackage.json")).valid


def test_conll_and_kliping_hold_the_articles_of_a_query(export: Any) -> None:
    lines = export("a.conll", "--format", "conll", "--full-text", "--query", "judul:inflasi").read_text().splitlines()
    assert sum(line.startswith("-DOCSTART-") for line in lines) == 4
    assert any(re.fullmatch(r"Ratna\t[0-9a-f]{16}-20-25\tB-PER", line) for line in lines)
    options = ("--format", "kliping", "--query", "judul:inflasi", "--heading", "Pemerintah Kota Tirtasari")
    sheet = openpyxl.load_workbook(export("k.xlsx", *options)).worksheets[0]
    assert (sheet["A1"].value, sheet.max_row) == ("PEMERINTAH KOTA TIRTASARI", 8)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.zip", ("--format", "datapackage")),
        ("a.xlsx", ("--format", "xlsx")),
        ("k.xlsx", ("--format", "kliping")),
        ("a.parquet", ("--format", "parquet", "--table", "figures")),
        ("a.conll", ("--format", "conll", "--full-text")),
    ],
)
def test_the_same_export_gives_the_same_bytes(export: Any, name: str, options: tuple[str, ...]) -> None:
    first = export(name, *options).read_bytes()
    assert export(name, *options).read_bytes() == first


def test_the_package_holds_no_text_unless_asked_for(export: Any) -> None:
    for options, texts in ((), False), (("--full-text",), True):
        with zipfile.ZipFile(export("data.zip", "--format", "datapackage", *options)) as archive:
            assert (TEXT.split("\n\n")[0] in archive.read("articles.csv").decode()) is True
            assert ("\n\n" in archive.read("articles.csv").decode()) is texts
            assert "README.md" in archive.namelist()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--format", "pdf"), "format is one of"),
        (("--format", "kliping", "--table", "figures"), "has whole articles"),
        (("--format", "xlsx", "--excel-id"), "--excel-id is for"),
        (("--partition", "month"), "for --format parquet"),
        (("--partition", "year", "--format", "parquet"), "--partition is month"),
        (("--partition", "month", "--format", "parquet", "--table", "coverage"), "no month of publication"),
        (("--heading", "x"), "for --format kliping"),
    ],
)
def test_what_cannot_be_is_refused(
    options: tuple[str, ...], reason: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_DATA", str(data))
    result = CliRunner().invoke(app, ["export", "-o", str(tmp_path / "a"), *options])
    assert result.exit_code == 2
    assert reason in " ".join(result.output.split())


def test_clips_know_the_outlet_the_release_and_the_judgement(data: Path) -> None:
    db = Database.open(load_config(environ={"PANTAU_DATA": str(data)}, file=data / "none.toml"))
    first, second = tagged(1).article.id, tagged(2).article.id
    with db.read() as session:
        session.add(OutletRow(site="contoh", label="Contoh Pos", tier=2))
        session.add(ReleaseRow(id=1, title="x", text="x", added_by="ani", added_at=SEEN))
        session.flush()
        session.add(PickupRow(release_id=1, article_id=second, share=0.9, details={}, found_at=SEEN))
        assess(session, first, officer="ani", tone_body="negative", follow_up="clarify")
        snapshot = Snapshot(session=session, articles=select_articles(session, ids=[first, second]))
        ours, other = read_clips(snapshot)
    assert (ours.outlet, ours.tier, ours.ran_release, ours.medium) == ("Contoh Pos", 2, False, "online")
    assert (other.outlet, other.tier, other.ran_release, other.assessment) == ("lain", None, True, None)
    assert ours.assessment is not None
    assert (ours.assessment.tone_body, ours.assessment.officer) == ("negative", "ani")
