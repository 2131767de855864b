"""Exports: tidy rows, equal bytes, no cell that a spreadsheet would run, no half file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pantau.exports.as_csv import csv_cell
from pantau.exports.formats import FORMATS, export_table
from pantau.exports.tables import TABLES, snippet
from scraper.errors import DeliveryError
from scraper.items import Article, FigureTag, Tags
from storage.records.stored import StoredArticle


def stored(title: str = "Judul", text: str = "Anggaran Rp2 miliar.") -> StoredArticle:
    article = Article(canonical_url="https://contoh.test/1", title=title, text=text, site="contoh")
    figure = FigureTag(start=9, end=19, surface="Rp2 miliar", value=2e9, unit="IDR", measures="anggaran")
    return StoredArticle(
        id=article.id,
        article=article,
        kind="news",
        cluster=article.id,
        first_seen=datetime(2024, 1, 1, tzinfo=UTC),
        tags=Tags(figures=(figure,)),
        tag_version="v1",
        versions=(),
        urls=(),
        page=None,
        withdrawn_at=None,
        change=1,
    )


def write(path: Path, name: str, *, table: str = "articles", full_text: bool = False, title: str = "Judul") -> bytes:
    export_table([stored(title)], table=TABLES[table], writer=FORMATS[name], path=path, full_text=full_text)
    return path.read_bytes()


def test_jsonl_has_a_snippet_unless_full_text_is_asked_for(tmp_path: Path) -> None:
    row = json.loads(write(tmp_path / "a.jsonl", "jsonl"))
    assert row["snippet"] == "Anggaran Rp2 miliar."
    assert "text" not in row
    assert json.loads(write(tmp_path / "b.jsonl", "jsonl", full_text=True))["text"] == "Anggaran Rp2 miliar."


def test_csv_reads_back_and_runs_no_formula(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", "csv", title='=HYPERLINK("http://jahat.test";"klik")')
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["title"] == '\'=HYPERLINK("http://jahat.test";"klik")'


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (-3.5, "-3.5"),
        (2e9, "2000000000"),
        (None, ""),
        (True, "true"),
        (["a", "b"], "a|b"),
        ("@x", "'@x"),
        ("a-b", "a-b"),
    ],
)
def test_csv_cells(value: object, cell: str) -> None:
    assert csv_cell(value) == cell


def test_figures_are_a_table_of_their_own(tmp_path: Path) -> None:
    row = json.loads(write(tmp_path / "f.jsonl", "jsonl", table="figures"))
    assert (row["article_id"], row["value"], row["unit"]) == (stored().id, 2e9, "IDR")


def test_same_data_same_bytes(tmp_path: Path) -> None:
    assert write(tmp_path / "a.csv", "csv") == write(tmp_path / "b.csv", "csv")


def test_a_broken_export_leaves_no_file(tmp_path: Path) -> None:
    def breaking() -> Iterator[StoredArticle]:
        yield stored()
        raise RuntimeError("disk")

    with pytest.raises(RuntimeError):
        export_table(breaking(), table=TABLES["articles"], writer=FORMATS["csv"], path=tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeliveryError, match="cannot be written"):
        write(tmp_path / "file" / "a.csv", "csv")


def test_snippets_end_at_a_word() -> None:
    assert snippet("kata " * 100).endswith("kata …")
