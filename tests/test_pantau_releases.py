"""``pantau releases`` as a user meets it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pantau.cli.main import app
from scraper.config import load_config
from scraper.errors import InputError
from scraper.items import Article, DatedBy
from storage.database import Database
from storage.records.articles import save_article

TEXT = """Kios Terang Dibuka

Pemerintah Kota Sagara membuka 24 unit kios terang di tepi Sungai Cimuara mulai pekan depan bagi pedagang kecil.

"Kami ingin pedagang kecil punya tempat yang terang, bersih dan tidak berpindah setiap bulan," kata Rukmini.

Pendaftaran dibuka di kantor kecamatan sampai akhir bulan dengan membawa kartu penduduk."""


@pytest.fixture(autouse=True)
def _archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PANTAU_DATA", str(tmp_path / "data"))
    text = TEXT.partition("\n\n")[2].replace("24 unit", "20 unit").rpartition("\n\n")[0]
    dated = DatedBy(value=date(2026, 3, 4), evidence="url", raw="")
    article = Article(canonical_url="https://warta.test/1", title="Kios", text=text, site="warta", published=dated)
    db = Database.open(load_config())
    with db.write() as session:
        save_article(session, article)
    yield
    db.close()


def run(*arguments: str, stdin: str = "") -> str:
    result = CliRunner().invoke(app, ["releases", *arguments], input=stdin, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_release_is_added_reported_listed_and_removed(tmp_path: Path) -> None:
    file = tmp_path / "rilis.txt"
    file.write_text(TEXT, encoding="utf-8")
    made = json.loads(run("add", str(file), "--released", "2026-03-02", "--agency", "Dinas Pasar", "--json"))
    assert (made["title"], made["released"], made["outlets"]) == ("Kios Terang Dibuka", "2026-03-02", 1)
    (pickup,) = made["pickups"]
    assert (pickup["outlet"], pickup["delay_seconds"], len(pickup["quotes_kept"])) == ("warta", 2 * 86_400, 1)
    assert pickup["figures_changed"][0] == {"release": "24 unit kios terang", "article": "20 unit kios terang"}
    assert [sentence["kept_by"] for sentence in made["sentences"]] == [1, 1, 0]
    shown = run("show", str(made["id"]))
    assert "2 d" in shown
    assert "in no article: Pendaftaran dibuka" in shown
    assert "Kios Terang Dibuka" in run("list")
    assert "not watched" in run("remove", str(made["id"]))
    assert "Belum ada rilis" in run("list")


def test_a_release_comes_from_stdin_with_its_time() -> None:
    made = json.loads(run("add", "-", "--released", "2026-03-02T09:30", "--title", "Kios", "--json", stdin=TEXT))
    assert (made["title"], made["released"]) == ("Kios", "2026-03-02T09:30:00+07:00")


@pytest.mark.parametrize("arguments", [("add", "nothing.txt"), ("remove", "9")])
def test_what_is_not_there_is_told(arguments: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match=r"cannot be read|no release"):
        run(*arguments)
