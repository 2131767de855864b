"""The companion database, asked through Datasette itself: facets, search, meanings, links; hostile text is data."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from small_archive import HOSTILE, day_only, fill_office, tagged
from typer.testing import CliRunner

from pantau.cli.datasette import serving
from pantau.cli.main import app
from pantau.exports.companion import FACETS, LABELS, NEWEST, metadata_path
from scraper.errors import DeliveryError
from storage.datasets.tables import TABLES


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    odd = (tagged(10 + number, title=text, section=text) for number, text in enumerate(HOSTILE))
    return fill_office(tmp_path_factory.mktemp("office"), [tagged(1), tagged(2), day_only(3), *odd])


@pytest.fixture(scope="module")
def companion(data: Path) -> Path:
    path = data / "teman" / "berita.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PANTAU_DATA", str(data))
        result = CliRunner().invoke(app, ["datasette", "-o", str(path)], catch_exceptions=False)
    assert result.exit_code == 0
    return path


@pytest.fixture(scope="module")
def ask(companion: Path) -> Any:
    told = json.loads(metadata_path(companion).read_text(encoding="utf-8"))
    served = Datasette([], immutables=[str(companion)], metadata=told)

    def get(path: str) -> Any:
        answer = asyncio.run(served.client.get(path))
        assert answer.status_code == 200, answer.text
        return answer.json() if ".json" in path else answer.text

    return get


def test_articles_have_facets_and_the_newest_come_first(ask: Any) -> None:
    page = ask("/berita/articles.json?_shape=objects")
    facets = {name: {item["value"]: item["count"] for item in facet["results"]}
              for name, facet in page["facet_results"].items()}  # fmt: skip
    count = page["filtered_table_rows_count"]
    assert count == 3 + len(HOSTILE)
    assert set(facets) == set(FACETS["articles"])
    assert sum(facets["site"].values()) == count
    tagged_rows = sum(row["topics"] != "[]" for row in page["rows"])
    assert facets["topics"] == {"prices": tagged_rows, "umkm": tagged_rows}
    days = [row["published"] for row in page["rows"]]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(("words", "titles"), [("umkm", 3), ("emoji", 1), ("tidakada", 0), ("murah umkm", 3)])
def test_titles_and_snippets_are_searched(ask: Any, words: str, titles: int) -> None:
    assert len(ask(f"/berita/articles.json?_search={words}&_shape=array")) == titles


def test_columns_say_what_they_mean_and_rows_lead_to_their_article(ask: Any) -> None:
    page = ask("/berita/figures")
    assert "Yang diukur, menurut kata-kata berita" in page
    assert "Inflasi dan UMKM" in page
    assert 'href="/berita/articles/' in page


@pytest.mark.parametrize("name", TABLES)
def test_every_table_can_be_opened(ask: Any, name: str) -> None:
    page = ask(f"/berita/{name}.json?_shape=objects")
    assert page["columns"] == [column.name for column in TABLES[name].without("text").columns]
    assert page["primary_keys"] == list(TABLES[name].key)


def test_views_show_figures_with_their_article_and_coverage_by_month(ask: Any) -> None:
    rows = ask("/berita/figures_in_articles.json?_shape=array&indicator=inflasi&site=contoh")
    assert {row["value"] for row in rows} == {2.96}
    assert all(row["title"] and row["published_day"] for row in rows)
    facets = ask("/berita/figures_in_articles.json")["facet_results"]
    assert {item["value"] for item in facets["site"]["results"]} == {"contoh", "lain"}
    months = ask("/berita/coverage_by_month.json?_shape=array")
    assert {(row["month"], row["source"]): row["published"] for row in months}["2026-02", "contoh"] == 1


def test_hostile_text_is_shown_and_never_run(ask: Any) -> None:
    page = ask("/berita/articles?_size=100")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    titles = {row["title"] for row in ask("/berita/articles.json?_shape=array&_size=100")}
    assert {text for text in HOSTILE if text.isprintable()} <= titles


def test_the_database_is_whole_and_its_links_hold(companion: Path) -> None:
    with closing(sqlite3.connect(companion)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert companion.stat().st_mode & 0o222 == 0


@pytest.mark.parametrize("told", [FACETS, {k: (v,) for k, v in NEWEST.items()}, {k: (v,) for k, v in LABELS.items()}])
def test_what_datasette_is_told_names_real_columns(told: dict[str, tuple[str, ...]]) -> None:
    for name, columns in told.items():
        assert set(columns) <= {column.name for column in TABLES[name].columns}


def test_it_is_made_anew_but_over_no_other_file(data: Path, companion: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_DATA", str(data))
    first = companion.read_bytes()
    again = CliRunner().invoke(app, ["datasette", "-o", str(companion)], catch_exceptions=False)
    assert (again.exit_code, companion.read_bytes() == first) == (0, True)
    with pytest.raises(DeliveryError, match="no database that this made"):
        CliRunner().invoke(app, ["datasette", "-o", str(data / "pantau.db")], catch_exceptions=False)


def test_it_is_served_to_this_machine_only(tmp_path: Path) -> None:
    command = list(serving(tmp_path / "a.db", port=8001))
    assert command[command.index("--host") + 1] == "127.0.0.1"
    assert command[command.index("--immutable") + 1] == str(tmp_path / "a.db")
