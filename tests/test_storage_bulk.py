"""Saving many at once does what saving one by one does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from conftest import NewConfig
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from scraper.clock import WIB
from scraper.items import Article, DatedBy, PersonTag, ProgramTag, QuoteTag, Span, TaggedArticle, Tags
from storage.database import Database
from storage.records.articles import get_article, save_article, withdraw_article
from storage.records.bulk import save_all_tags, save_articles
from storage.records.tables import ArticleRow, ArticleUrlRow, ArticleVersionRow
from storage.records.tags import save_tags

TABLES = (ArticleRow, ArticleUrlRow, ArticleVersionRow)
MOMENT = datetime(2026, 3, 2, 9, tzinfo=WIB)


def make(name: str, **changes: object) -> Article:
    values: dict[str, Any] = {
        "canonical_url": f"https://warta.test/{name}",
        "title": name,
        "text": f"Isi {name}.",
        "site": "warta",
        "published": DatedBy(value=date(2026, 3, 2), evidence="meta", raw=""),
        "fetched_at": MOMENT,
    }
    return Article(**(values | changes))


def rows(database: Database) -> list[list[dict[str, Any]]]:
    with database.read() as session:
        return [
            [
                {c.key: getattr(row, c.key) for c in table.__table__.columns if c.key != "change"}
                for row in session.scalars(select(table).order_by(*table.__table__.primary_key))
            ]
            for table in TABLES
        ]


ONE = st.builds(
    lambda name, text, url, day: make(
        name, text=text, url=url, published=DatedBy(value=day, evidence="meta", raw="") if day else None
    ),
    st.sampled_from("abcd"),
    st.sampled_from(["Satu.", "Dua.", "Tiga\x00."]),
    st.sampled_from([None, "https://warta.test/x", "https://warta.test/a", "https://m.warta.test/b"]),
    st.sampled_from([None, date(2026, 3, 1), MOMENT]),
)


@pytest.fixture
def pair(new_config: NewConfig) -> Iterator[tuple[Database, Database]]:
    """Two databases of one kind; each example begins by emptying them, which costs less than new ones."""
    pair = Database.open(new_config()), Database.open(new_config())
    yield pair
    for database in pair:
        database.close()


def empty(database: Database) -> None:
    with database.write() as session:
        session.execute(delete(ArticleRow))
    assert rows(database) == [[], [], []]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(ONE, max_size=5), max_size=3))
def test_articles_become_the_same_rows(batches: list[list[Article]], pair: tuple[Database, Database]) -> None:
    single, many = pair
    for database in pair:
        empty(database)
    for batch in batches:
        with single.write() as session:
            expected = [save_article(session, article) for article in batch]
        with many.write() as session:
            assert save_articles(session, batch) == expected
    assert rows(many) == rows(single)


def tagged(name: str, *topics: str) -> TaggedArticle:
    tags = Tags(
        people=(PersonTag(key="a-b", name="A B", mentions=(Span(start=0, end=3, surface="Isi"),), offices=("Camat",)),),
        programs=(ProgramTag(name="P", mentions=(Span(start=0, end=3, surface="Isi"),)),),
        quotes=(QuoteTag(start=0, end=3, surface="Isi", speaker="a-b"),),
        topics=topics,
        kind="release",
    )
    return TaggedArticle(article=make(name), tags=tags, tag_version="v1", text_version=make(name).content_hash)


def test_tags_become_the_same_and_replace_older_ones(db: Database) -> None:
    with db.write() as session:
        save_articles(session, [make(name) for name in "abcd"])
    with db.write() as session:
        save_tags(session, tagged("a", "pasar"))
        withdraw_article(session, make("c").id)
    old = replace(tagged("d"), text_version="0" * 64)
    with db.write() as session:
        assert save_all_tags(session, [tagged("a", "x"), tagged("b", "pasar"), tagged("c"), old, tagged("e")]) == 2
        assert save_all_tags(session, []) == 0
    with db.read() as session:
        first, second, third = (get_article(session, make(name).id) for name in "abd")
    assert first
    assert second
    assert third
    assert (first.tags, second.tags, third.tags) == (tagged("a", "x").tags, tagged("b", "pasar").tags, None)
    assert (second.kind, second.tag_version) == ("release", "v1")
    assert first.change == second.change > third.change
