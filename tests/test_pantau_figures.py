"""``pantau figures`` as a user meets it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pantau.cli.main import app
from scraper.config import load_config
from scraper.errors import InputError
from scraper.items import Article, DatedBy, FigureTag, PersonTag, PlaceTag, Span, TaggedArticle, Tags
from storage.database import Database
from storage.records.bulk import save_all_tags, save_articles

CLAIMS = [(1, "warta", 90_128.0, "2025"), (2, "tirta", 36_000.0, "2025"), (3, "warta", 91_000.0, "2026")]


@pytest.fixture(autouse=True)
def _archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three claims about one count; the third article also has a figure that is about nothing in particular."""
    monkeypatch.setenv("PANTAU_DATA", str(tmp_path))
    tagged = []
    for number, site, value, period in CLAIMS:
        raw = f"{value:,.0f}".replace(",", ".")
        text = f"UMKM di Kota Tangerang {raw} kata Rina, dua hari."
        dated = DatedBy(value=date(2026, 3, number), evidence="url", raw="")
        url = f"https://{site}.test/{number}"
        article = Article(canonical_url=url, title=f"UMKM {number}", text=text, site=site, published=dated)
        at, place = text.index(raw), text.index("Kota")
        shown: dict[str, Any] = {"start": at, "end": at + len(raw), "surface": raw, "value": value}
        claim = FigureTag(
            **shown, unit="pelaku umkm", indicator="umkm", period=period, place="Kota Tangerang", speaker="rina"
        )
        other = FigureTag(start=len(text) - 10, end=len(text) - 1, surface="dua hari", value=2.0, unit="day")
        rina = PersonTag(key="rina", name="Rina", mentions=(Span(start=0, end=4, surface="UMKM"),))
        where = PlaceTag(start=place, end=place + 14, surface="Kota Tangerang", code="36.71")
        figures = (claim, other) if number == 3 else (claim,)
        tags = Tags(people=(rina,), figures=figures, places=(where,))
        tagged.append(TaggedArticle(article=article, tags=tags, tag_version="1"))
    db = Database.open(load_config())
    with db.write() as session:
        save_articles(session, [item.article for item in tagged])
        save_all_tags(session, tagged)
    yield
    db.close()


def rows(*arguments: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(app, ["figures", *arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ([], [91_000, 36_000, 90_128]),
        (["umkm"], [91_000, 2, 36_000, 90_128]),
        (["umkm", "--indicator", "umkm"], [91_000, 36_000, 90_128]),
        (["--area", "kota tangerang"], [91_000, 36_000, 90_128]),
        (["--area", "36.74"], []),
        (["--period", "2026"], [91_000]),
        (["--outlet", "tirta"], [36_000]),
        (["--speaker", "Rina"], [91_000, 36_000, 90_128]),
        (["--speaker", "Dewi"], []),
        (["--conflicts"], [36_000, 90_128]),
    ],
)
def test_claims_are_asked_for(asked: list[str], values: list[float]) -> None:
    assert sorted(row["value"] for row in rows(*asked)) == sorted(values)


def test_conflicting_claims_have_one_number_and_their_sources() -> None:
    found = rows("--conflicts")
    assert [(row["conflict"], row["outlet"], row["value"], row["speaker"]) for row in found] == [
        (1, "tirta", 36_000, "Rina"),
        (1, "warta", 90_128, "Rina"),
    ]
    assert found[0]["area_name"] == "Kota Tangerang"
    assert "36.000 kata Rina" in found[0]["sentence"]


@pytest.mark.parametrize("asked", [["--area", "Atlantis"], ["--period", "kemarin"]])
def test_what_cannot_be_understood_is_told(asked: list[str]) -> None:
    with pytest.raises(InputError, match="is no"):
        CliRunner().invoke(app, ["figures", *asked], catch_exceptions=False)


def test_the_table_says_how_many() -> None:
    result = CliRunner().invoke(app, ["figures"], catch_exceptions=False)
    assert "3 claims, 1 conflicts, 0 revisions" in result.output
