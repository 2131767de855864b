"""Versions: what a correction replaces is kept with its time, what was changed and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from alembic import command

from scraper.clock import WIB
from scraper.items import Article, DatedBy, PersonTag, TaggedArticle, Tags
from storage.database import Database
from storage.engine import for_writing
from storage.records.articles import get_article, save_article
from storage.records.stored import StoredArticle
from storage.records.tags import save_tags
from storage.schema import alembic_config


def dated(value: datetime | date) -> DatedBy:
    return DatedBy(value=value, evidence="json-ld", raw=str(value))


NINE = datetime(2026, 3, 2, 9, tzinfo=WIB)
LATER = datetime(2026, 3, 4, 10, tzinfo=WIB)
FIRST = Article(
    canonical_url="https://warta.test/1",
    url="https://warta.test/1",
    site="warta",
    title="Pasar dibuka",
    text="Omzet naik 12 persen.",
    published=dated(NINE),
    authors=("Ani",),
    extraction="v1",
    fetched_at=NINE,
)


def save(db: Database, *articles: Article) -> StoredArticle:
    with db.write() as session:
        for article in articles:
            save_article(session, article)
    with db.read() as session:
        stored = get_article(session, articles[0].id)
        assert stored is not None
        return stored


@pytest.mark.parametrize(
    ("changes", "changed"),
    [
        ({"text": "Omzet naik 11 persen."}, ("text",)),
        ({"title": "Pasar ditutup"}, ("title",)),
        ({"title": "Pasar ditutup", "text": "Omzet turun."}, ("title", "text")),
        ({"authors": ("Ani", "Budi")}, ("author",)),
        ({"published": dated(date(2026, 3, 1))}, ("published",)),
        ({"published": dated(datetime(2026, 3, 2, 9, 30, tzinfo=WIB))}, ("published",)),
    ],
)
def test_correction_keeps_what_it_replaces(db: Database, changes: dict[str, Any], changed: tuple[str, ...]) -> None:
    stored = save(db, FIRST, replace(FIRST, fetched_at=LATER, **changes))
    (version,) = stored.versions
    assert (version.changed, version.cause, version.replaced_at) == (changed, "outlet", LATER)
    assert (version.title, version.text, version.content_hash) == (FIRST.title, FIRST.text, FIRST.content_hash)
    assert (version.published, version.authors, version.editor) == (NINE, ("Ani",), None)
    assert stored.correction == version
    assert {name: getattr(stored.article, name) for name in changes} == changes


@pytest.mark.parametrize(
    "changes",
    [
        {"editor": "Citra"},
        {"published": dated(date(2026, 3, 2))},
        {"section": "Ekonomi"},
        {"modified": LATER},
        {"image": "https://warta.test/a.jpg"},
        {"authors": (), "published": None},
    ],
)
def test_what_was_not_known_or_not_shown_makes_no_version(db: Database, changes: dict[str, Any]) -> None:
    assert save(db, FIRST, replace(FIRST, fetched_at=LATER, **changes)).versions == ()


def test_each_version_has_the_text_of_its_time(db: Database) -> None:
    second = replace(FIRST, title="Pasar ditutup")
    third = replace(second, text="Omzet turun.")
    fourth = replace(third, authors=("Budi",))
    stored = save(db, FIRST, second, third, fourth)
    assert [(v.title, v.text, v.authors) for v in stored.versions] == [
        ("Pasar dibuka", "Omzet naik 12 persen.", ("Ani",)),
        ("Pasar ditutup", "Omzet naik 12 persen.", ("Ani",)),
        ("Pasar ditutup", "Omzet turun.", ("Ani",)),
    ]


def test_another_reading_is_not_laid_at_the_outlets_door(db: Database) -> None:
    stored = save(db, FIRST, replace(FIRST, text="Omzet naik 12 persen di Ciruas.", extraction="v2"))
    assert [version.cause for version in stored.versions] == ["unclear"]
    assert stored.correction is None
    assert stored.article.extraction == "v2"


def test_a_new_day_drops_the_tags_and_a_new_author_does_not(db: Database) -> None:
    tags = Tags(people=(PersonTag(key="rina", name="Rina", mentions=()),))
    save(db, FIRST)
    with db.write() as session:
        save_tags(session, TaggedArticle(article=FIRST, tags=tags, tag_version="t1"))
    byline = replace(FIRST, authors=("Budi",))
    assert save(db, byline).tags == tags
    assert save(db, replace(byline, published=dated(date(2026, 2, 28)))).tags is None


def test_older_versions_survive_the_upgrade(db: Database) -> None:
    save(db, FIRST, replace(FIRST, text="Omzet naik 11 persen."))
    for revision in ("0002", "head"):
        with for_writing(db.engine).begin() as connection:
            move = command.downgrade if revision == "0002" else command.upgrade
            move(alembic_config(connection), revision)
    assert db.check() == []
    (version,) = save(db, replace(FIRST, text="Omzet naik 11 persen.")).versions
    assert (version.text, version.changed, version.cause) == (FIRST.text, ("text",), "outlet")
