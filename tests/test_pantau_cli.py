"""The command line as a user meets it: import, search, export, errors, documentation."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import cli_docs
import pytest
from typer.testing import CliRunner

from pantau.cli.main import app
from scraper.errors import ConfigError, InputError, QueryError

ROOT = Path(__file__).parent.parent
PAGE = """<html><head><title>{title}</title><link rel="canonical" href="https://contoh.test/read/{n}"></head><body>
<h1>{title}</h1>
<p>Pemerintah kota membuka pasar murah di lapangan kecamatan sejak Senin pagi untuk menekan harga beras.</p>
<p>Warga membeli beras lima kilogram dengan harga yang lebih rendah daripada harga di pasar tradisional setempat.</p>
<p>Kegiatan itu berlangsung sampai akhir pekan dan diikuti puluhan pedagang dari seluruh kecamatan di kota itu.</p>
</body></html>"""


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_DATA", str(tmp_path / "data"))


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def pages(folder: Path) -> list[str]:
    """Good, hostile and hopeless files side by side."""
    folder.mkdir()
    (folder / "a.html").write_text(PAGE.format(title="&lt;script&gt;alert(1)&lt;/script&gt; Pasar Murah", n=1))
    (folder / "b.html.gz").write_bytes(gzip.compress(PAGE.format(title="=HYPERLINK(1) Pasar Murah", n=2).encode()))
    (folder / "c.html").write_bytes(b"")
    (folder / "d.html").write_bytes(b"<p>" + b"x" * 11_000_000)
    (folder / "e.html").write_bytes(b"\xff\xfe\x00<<<\x00>>")
    (folder / "f.jsonl").write_text('{"text": "Beras murah."}\n{"text": 3}\nnot json\n')
    return [str(folder)]


def test_bad_files_are_counted_and_the_rest_goes_in(tmp_path: Path) -> None:
    report = json.loads(run("import", *pages(tmp_path / "in"), "--json"))
    assert report == {"new": 3, "changed": 0, "same": 0, "skipped": 5}
    again = json.loads(run("import", str(tmp_path / "in"), "--json"))
    assert again == {"new": 0, "changed": 0, "same": 3, "skipped": 5}


def test_what_was_imported_is_found_and_exported_safely(tmp_path: Path) -> None:
    run("import", *pages(tmp_path / "in"))
    rows = [json.loads(line) for line in run("search", "pasar murah", "--json").splitlines()]
    assert rows
    assert {"id", "url", "title", "outlet", "published", "score", "snippet"} <= rows[0].keys()
    run("export", "--format", "csv", "-o", str(tmp_path / "a.csv"))
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert any(title.startswith("'=HYPERLINK") for title in titles)


def test_a_search_that_cannot_be_read_says_why() -> None:
    with pytest.raises(QueryError, match="tanda kutip tidak ditutup"):
        run("search", '"pasar')


def test_nothing_to_import_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        run("import", str(tmp_path / "nope.html"))


def test_demo_refuses_a_folder_with_other_sources() -> None:
    run("sources", "enable", "tangerangnews")
    with pytest.raises(ConfigError, match="follows other sources"):
        run("demo", "--once")


@pytest.mark.parametrize("option", [["--format", "xml"], ["--table", "semua"]])
def test_wrong_usage_ends_with_two(option: list[str], tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["export", "-o", str(tmp_path / "x"), *option])
    assert result.exit_code == 2


def test_the_list_of_commands_is_up_to_date() -> None:
    assert cli_docs.FILE.read_text(encoding="utf-8") == cli_docs.document(), "run: python tests/cli_docs.py"
