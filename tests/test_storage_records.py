"""Records: a replay changes nothing, an edit makes a version, tags belong to the text they were found in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from conftest import NewConfig
from sqlalchemy import select, text

from scraper.clock import WIB
from scraper.config import Config, load_config
from scraper.errors import ConfigError, StorageError
from scraper.items import (
    Article,
    DatedBy,
    FigureTag,
    OrgTag,
    PagePointer,
    PersonTag,
    PlaceTag,
    ProgramTag,
    QuoteTag,
    Span,
    TaggedArticle,
    Tags,
)
from scraper.rows import text_key
from storage.crawl_store import CrawlStore
from storage.database import Database
from storage.records import runs
from storage.records.articles import (
    counts_by_source,
    get_article,
    iter_articles,
    known_urls,
    save_article,
    withdraw_article,
)
from storage.records.bulk import save_articles
from storage.records.changes import last_change
from storage.records.columns import Base
from storage.records.registry import load_registry, registry_names, registry_rows
from storage.records.tables import ArticleRow
from storage.records.tags import people_of, save_tags, tag_counts, untagged_ids
from storage.schema import is_ours
from storage.trends.coverage import coverage

MINUTE = DatedBy(value=datetime(2026, 3, 2, 9, 30, tzinfo=WIB), evidence="byline", raw="Senin, 2 Maret 2026 | 09:30")
TEXT = '"Pasar kami buka lagi," kata Rina Kartika di Ciruas. Omzet naik 12 persen.'


def make(number: int = 1, **changes: object) -> Article:
    values: dict[str, object] = {
        "canonical_url": f"https://warta.test/read/{number}",
        "url": f"https://warta.test/read/{number}",
        "site": "warta",
        "title": f"Berita {number}",
        "text": TEXT,
        "published": MINUTE,
    }
    return Article(**(values | changes))  # type: ignore[arg-type]


def span(surface: str) -> dict[str, object]:
    start = TEXT.index(surface)
    return {"start": start, "end": start + len(surface), "surface": surface}


TAGS = Tags(
    people=(
        PersonTag(
            key="rina-kartika",
            name="Rina Kartika",
            mentions=(Span(**span("Rina Kartika")),),  # type: ignore[arg-type]
            official=True,
            offices=("Kepala Pasar",),
        ),
    ),
    programs=(ProgramTag(name="Pasar", mentions=(Span(**span("Pasar")),)),),  # type: ignore[arg-type]
    figures=(FigureTag(**span("12 persen"), value=12.0, unit="%", speaker="rina-kartika"),),  # type: ignore[arg-type]
    quotes=(QuoteTag(**span("Pasar kami buka lagi,"), speaker="rina-kartika"),),  # type: ignore[arg-type]
    places=(PlaceTag(**span("Ciruas"), code="36.04.09"),),  # type: ignore[arg-type]
    orgs=(OrgTag(**span("Pasar")),),  # type: ignore[arg-type]
    topics=("pasar", "harga"),
    kind="news",
)


def store(db: Database, *articles: Article) -> list[str]:
    with db.write() as session:
        return [save_article(session, article) for article in articles]


def test_upgrade_from_empty_equals_the_models(new_config: NewConfig) -> None:
    db = Database.open(new_config(empty=True))
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert compare_metadata(context, Base.metadata) == []
    assert db.check() == []
    db.close()


def test_sqlite_runs_with_wal_and_foreign_keys(sqlite: Config) -> None:
    db = Database.open(sqlite)
    with db.engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    db.close()


@pytest.mark.parametrize(("found", "says"), [("0000", "newer than this Pantau"), (None, "pantau db upgrade")])
def test_other_schema_is_refused_with_the_remedy(config: Config, db: Database, found: str | None, says: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        if found:
            connection.execute(text("INSERT INTO alembic_version VALUES (:found)"), {"found": found})
    with pytest.raises(StorageError, match=says):
        Database.open(config)


def test_unusable_folder_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    config = load_config(environ={"PANTAU_DATA": str(tmp_path / "file" / "data")}, file=tmp_path / "none.toml")
    with pytest.raises(StorageError, match="PANTAU_DATA"):
        Database.open(config)


def test_article_comes_back_as_it_went_in(db: Database) -> None:
    article = make(
        authors=("Ani", "Budi"), tags=("Pasar",), section="Ekonomi", modified=datetime(2026, 3, 3, tzinfo=UTC)
    )
    page = PagePointer(file="a.warc.gz", offset=12, length=345)
    with db.write() as session:
        assert save_article(session, article, page=page, aliases=["https://warta.test/amp/read/1"]) == "new"
    with db.read() as session:
        stored = get_article(session, article.id)
    assert stored is not None
    assert stored.article == article
    assert (stored.page, stored.cluster, stored.tags, stored.change) == (page, article.id, None, 1)
    assert stored.urls == ("https://warta.test/read/1", "https://warta.test/amp/read/1")


def test_replay_changes_nothing(db: Database) -> None:
    assert store(db, make(), make(2)) == ["new", "new"]
    later = datetime(2026, 4, 1, tzinfo=UTC)
    assert store(db, make(fetched_at=later), make(2, published=None)) == ["same", "same"]
    with db.read() as session:
        assert last_change(session) == 1
        assert counts_by_source(session) == {"warta": 2}


def test_edit_makes_a_version_and_drops_the_tags_of_the_old_text(db: Database) -> None:
    article = make()
    store(db, article)
    with db.write() as session:
        assert save_tags(session, TaggedArticle(article=article, tags=TAGS, tag_version="v1"))
    edited = make(text=TEXT + " Ralat: 11 persen.", fetched_at=datetime(2026, 3, 5, 1, tzinfo=UTC))
    assert store(db, edited) == ["changed"]
    with db.read() as session:
        stored = get_article(session, article.id)
        assert untagged_ids(session, version="v1") == [article.id]
    assert stored is not None
    assert (stored.article.text, stored.tags) == (edited.text, None)
    assert [(v.text, v.replaced_at) for v in stored.versions] == [(TEXT, datetime(2026, 3, 5, 1, tzinfo=UTC))]


def test_tags_of_another_text_are_refused(db: Database) -> None:
    store(db, make())
    with db.write() as session:
        other = TaggedArticle(article=make(text="Naskah lain."), tags=TAGS, tag_version="v1")
        assert save_tags(session, other) is False
        assert tag_counts(session)["people"] == 0


def test_tags_come_back_and_are_replaced_whole(db: Database) -> None:
    article = make()
    store(db, article)
    tagged = TaggedArticle(article=article, tags=TAGS, tag_version="v1")
    for version in ("v1", "v2"):
        with db.write() as session:
            save_tags(session, replace(tagged, tag_version=version))
    with db.read() as session:
        stored = get_article(session, article.id)
        counts = tag_counts(session)
        assert untagged_ids(session, version="v2") == []
        (seen,) = people_of(session, "rina-kartika")
    assert stored is not None
    assert (stored.tags, stored.tag_version) == (TAGS, "v2")
    assert (counts["people"], counts["mentions"], counts["topics"], counts["tagged"]) == (1, 2, 2, 1)
    assert (seen.article_id, seen.quotes, seen.offices) == (article.id, ("Pasar kami buka lagi,",), ("Kepala Pasar",))


def test_person_is_keyed_by_the_registry_where_it_resolves(db: Database) -> None:
    article = make()
    store(db, article)
    known = replace(TAGS, people=(replace(TAGS.people[0], person_id="p-17"),))
    with db.write() as session:
        save_tags(session, TaggedArticle(article=article, tags=known, tag_version="v1"))
        assert [seen.name for seen in people_of(session, "p-17")] == ["Rina Kartika"]
        assert people_of(session, "rina-kartika") == []


def test_addresses_are_known(db: Database) -> None:
    store(db, make())
    with db.read() as session:
        asked = {"https://warta.test/read/1", "https://warta.test/read/9"}
        assert known_urls(session, asked) == {"https://warta.test/read/1"}


def test_articles_by_day_and_by_id(db: Database) -> None:
    day = DatedBy(value=date(2026, 3, 1), evidence="body", raw="Minggu (1/3/2026)")
    store(db, make(1), make(2, published=day), make(3, published=None))
    ids = {number: make(number).id for number in (1, 2, 3)}
    with db.read() as session:
        assert [a.id for a in iter_articles(session)] == [ids[3], ids[2], ids[1]]
        assert [a.id for a in iter_articles(session, ids=[ids[1], ids[2]])] == [ids[1], ids[2]]
        assert [a.id for a in iter_articles(session, since=date(2026, 3, 2))] == [ids[1]]
        assert [a.article.published for a in iter_articles(session, ids=[ids[2]])] == [day]


def test_withdrawn_article_keeps_its_metadata_only(db: Database) -> None:
    article = make()
    store(db, article, make(text=TEXT + " Lagi."))
    with db.write() as session:
        assert withdraw_article(session, article.id)
        assert not withdraw_article(session, "0" * 16)
    assert store(db, article) == ["same"]
    with db.read() as session:
        stored = get_article(session, article.id)
        assert list(iter_articles(session)) == []
    assert stored is not None
    assert (stored.article.title, stored.article.text, stored.versions) == ("Berita 1", "", ())


@pytest.mark.parametrize(
    ("hostile", "kept"),
    [
        ("'); DROP TABLE articles; --", "'); DROP TABLE articles; --"),
        ('<script>alert("x")</script>', '<script>alert("x")</script>'),
        ("a\x00b\ud800c", "abc"),
        ("\u202eterbalik 😀", "\u202eterbalik 😀"),
    ],
)
def test_hostile_text_is_stored_unharmed_or_cleaned_with_a_flag(db: Database, hostile: str, kept: str) -> None:
    article = make(title=hostile, text=hostile, tags=(hostile,))
    assert store(db, article) == ["new"]
    assert store(db, article) == ["same"]
    with db.read() as session:
        (stored,) = iter_articles(session)
    assert (stored.article.title, stored.article.text, stored.article.tags) == (kept, kept, (kept,))
    assert stored.article.flags == (() if kept == hostile else ("control-characters-removed",))


@pytest.mark.parametrize("own", ["https://warta.test/1", None])
def test_an_endless_address_is_no_key(db: Database, own: str | None) -> None:
    endless = "https://warta.test/" + Random(1).randbytes(5000).hex()
    article = make(canonical_url=endless, url=own)
    with db.write() as session:
        assert save_article(session, article, aliases=[endless]) == "new"
        assert save_articles(session, [make(2, url=endless), article]) == ["new", "same"]
    with db.read() as session:
        stored = {found.article.title: found for found in iter_articles(session)}
        assert known_urls(session, [endless]) == set()
    first = stored["Berita 1"].article
    assert first.canonical_url == (own or text_key(article.title, article.text))
    assert first.flags == ("address-too-long",)
    assert stored["Berita 2"].article.url == endless


@pytest.mark.parametrize("asked", ["\x00", "a\x00b", "';--", "x" * 9000])
def test_a_question_that_no_text_can_answer_finds_nothing(db: Database, asked: str) -> None:
    store(db, make())
    with db.read() as session:
        assert get_article(session, asked) is None
        assert known_urls(session, [asked]) == set()
        assert people_of(session, asked) == []
        assert list(iter_articles(session, site=asked)) == []


def test_text_that_is_no_unicode_is_refused_in_one_line(db: Database) -> None:
    with pytest.raises(StorageError, match="surrogates"), db.read() as session:
        get_article(session, "\ud800")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "postgresql://user:password@host/pantau"),
        ("oracel://ani:rahasia@db/pantau", r"'oracel://ani:\*\*\*@db/pantau'"),
        ("postgresql+psycopg2://ani:rahasia@db/pantau", r"pantau\[postgres\]"),
        ("postgresql://ani:rahasia@127.0.0.1:1/pantau", r"ani:\*\*\*@127.0.0.1:1/pantau"),
    ],
)
def test_a_wrong_address_is_told_without_its_password(sqlite: Config, url: str, says: str) -> None:
    with pytest.raises((ConfigError, StorageError), match=says) as refused:
        Database.open(replace(sqlite, database_url=url))
    assert "rahasia" not in str(refused.value)


def test_failed_write_leaves_nothing(db: Database) -> None:
    def fail_halfway() -> None:
        with db.write() as session:
            save_article(session, make())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    with db.read() as session:
        assert list(iter_articles(session)) == []


def test_two_writers_at_once_lose_nothing(config: Config, db: Database) -> None:
    store(db, make(title="0"))

    def count_up() -> None:
        own = Database.open(config)
        for _ in range(20):
            with own.write() as session:
                row = session.scalars(select(ArticleRow)).one()
                save_article(session, make(title=str(int(row.title) + 1)))
        own.close()

    threads = [Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.read() as session:
        (stored,) = iter_articles(session)
        assert (stored.article.title, len(stored.versions), last_change(session)) == ("80", 80, 81)


def test_reader_sees_one_state_while_another_writes(db: Database) -> None:
    store(db, make())
    with db.read() as reader:
        before = counts_by_source(reader)
        store(db, make(2))
        assert counts_by_source(reader) == before == {"warta": 1}
    with db.read() as reader:
        assert counts_by_source(reader) == {"warta": 2}


def test_crawl_store_saves_counts_and_knows(config: Config) -> None:
    crawl = CrawlStore.open(config)
    run = crawl.start_run("warta")
    assert crawl.save(make(), None, ["https://warta.test/print/1"]) == "new"
    assert crawl.known(["https://warta.test/print/1", "https://warta.test/x"]) == {"https://warta.test/print/1"}
    crawl.finish_run(run, {"fetched": 5, "new": 1, "changed": 1, "failed": 2, "blocked": 1}, "finished")
    crawl.close()
    db = Database.open(config)
    with db.read() as session:
        *_, cover = coverage(session)
        assert (cover.source, cover.fetched, cover.stored, cover.failed, cover.blocked) == ("warta", 5, 2, 2, 1)
        assert runs.last_runs(session)["warta"].outcome == "finished"
    db.close()


def test_local_registry_rows_win_over_shipped_ones(db: Database) -> None:
    person = {"person_id": "p-1", "name": "Rina Kartika", "aliases": ""}
    db.upgrade(registry={"persons": [person, {"person_id": "p-2", "name": "Tono"}]})
    with db.write() as session:
        load_registry(session, layer="local", rows={"persons": [person | {"aliases": "Rina"}]})
    db.upgrade(registry={"persons": [person, {"person_id": "p-2", "name": "Tono"}]})
    with db.read() as session:
        assert registry_rows(session)["persons"] == [person | {"aliases": "Rina"}, {"person_id": "p-2", "name": "Tono"}]
        assert registry_names(session, kind="persons") == {"p-1": "Rina Kartika", "p-2": "Tono"}
    with db.write() as session, pytest.raises(StorageError, match="no 'person_id'"):
        load_registry(session, layer="local", rows={"persons": [{"name": "Tanpa Nomor"}]})


def test_registry_rows_of_other_keys_stay_where_that_is_asked_for(db: Database) -> None:
    def row(key: str, aliases: str = "") -> dict[str, str]:
        return {"person_id": key, "name": "Rina", "aliases": aliases}

    with db.write() as session:
        load_registry(session, layer="local", rows={"persons": [row("p-1"), row("p-2")]})
        load_registry(session, layer="local", rows={"persons": [row("p-1", "R.")]}, others=True)
        assert registry_rows(session, layer="local", only="persons")["persons"] == [row("p-2"), row("p-1", "R.")]


def test_backup_is_a_database_and_overwrites_nothing(sqlite: Config, tmp_path: Path) -> None:
    db = Database.open(sqlite)
    store(db, make())
    copy = db.backup(tmp_path / "copy" / "pantau.db")
    other = Database.open(
        load_config(environ={"PANTAU_DATABASE_URL": f"sqlite:///{copy}", "PANTAU_DATA": str(tmp_path)})
    )
    with other.read() as session:
        assert counts_by_source(session) == {"warta": 1}
    other.close()
    with pytest.raises(StorageError, match="exists"):
        db.backup(copy)
    db.close()
