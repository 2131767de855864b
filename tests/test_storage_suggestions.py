"""What a search box offers: names by the beginnings of their words, and what a list shows beside its hits."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from small_archive import stored, tagged

from scraper.config import Config
from scraper.items import DatedBy
from storage.database import Database
from storage.records.articles import save_article
from storage.records.glances import Glance, glances
from storage.records.registry import load_registry
from storage.records.tags import save_tags
from storage.search.engine import SearchIndex
from storage.search.suggestions import Known, Suggestions
from storage.stories.siblings import siblings

KNOWN = Suggestions(
    [
        Known("pejabat", "Pilar Saga Ichsan", 3, ("Bang Pilar",)),
        Known("pejabat", "Airin Rachmi Diany", 90),
        Known("program", "Pilar Usaha Mikro", 8, ("PUM",)),
        Known("wilayah", "Kota Serang", 40),
        Known("wilayah", "Serang", 12),
        Known("media", "pilarnews", 2),
    ]
)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("pil", ["Pilar Usaha Mikro", "Pilar Saga Ichsan", "pilarnews"]),
        ("PILAR sa", ["Pilar Saga Ichsan"]),
        ("ichsan pil", ["Pilar Saga Ichsan"]),
        ("bang", ["Pilar Saga Ichsan"]),
        ("pum", ["Pilar Usaha Mikro"]),
        ("serang", ["Serang", "Kota Serang"]),
        ("a", ["Airin Rachmi Diany"]),
        ("erang", []),
        ("", []),
        ('"-():*', []),
    ],
)
def test_names_are_found_by_the_beginnings_of_their_words(typed: str, values: list[str]) -> None:
    assert [found.value for found in KNOWN.find(typed)] == values


def test_an_alias_says_which_and_the_list_is_short() -> None:
    assert [found.alias for found in KNOWN.find("bang")] == ["Bang Pilar"]
    assert len(KNOWN.find("p", limit=2)) == 2


@pytest.fixture
def index(db: Database, config: Config) -> SearchIndex:
    with db.write() as session:
        person = {"person_id": "ratna-dewi", "name": "Ratna Dewi", "aliases": "Bu Ratna|Teh Ratna"}
        load_registry(session, layer="local", rows={"persons": [person]})
        for one in (tagged(1), tagged(2)):
            save_article(session, one.article)
            save_tags(session, one)
    return SearchIndex.open(db, config.data)


def test_the_index_suggests_what_its_articles_name_and_follows_them(db: Database, index: SearchIndex) -> None:
    assert index.suggest("ratna") == []
    index.catch_up()
    (found,) = index.suggest("teh rat")
    assert (found.facet, found.value, found.count, found.alias) == ("pejabat", "Ratna Dewi", 2, "Teh Ratna")
    assert {found.facet for found in index.suggest("pasar") + index.suggest("tirta") + index.suggest("con")} == {
        "program", "wilayah", "media",
    }  # fmt: skip


def test_hits_have_their_names_and_topics(db: Database, index: SearchIndex) -> None:
    ids = [tagged(1).article.id, "0" * 16]
    with db.read() as session:
        found = glances(session, ids)
    assert found[ids[0]] == Glance(officials=("Ratna Dewi",), programmes=("Pasar Murah",), topics=("prices", "umkm"))
    assert found[ids[1]] == Glance()


def test_a_story_has_its_articles_by_age(db: Database) -> None:
    ages = {
        1: datetime(2026, 3, 2, 4, tzinfo=UTC),
        2: datetime(2026, 3, 2, 1, tzinfo=UTC),
        3: date(2026, 3, 2),
        4: date(2026, 3, 1),
        5: None,
    }
    articles = {
        number: tagged(number, published=DatedBy(value=age, evidence="url", raw="") if age else None).article
        for number, age in ages.items()
    }
    with db.write() as session:
        for article in articles.values():
            save_article(session, article)
    story = stored(tagged(1)).id
    with db.write() as session:
        from storage.records.tables import ArticleRow

        for article in articles.values():
            row = session.get(ArticleRow, article.id)
            assert row
            row.cluster = story
    with db.read() as session:
        found = siblings(session, [story, "no story"])
    assert [item.title.rpartition(" ")[2] for item in found[story]] == ["4", "2", "1", "3", "5"]
