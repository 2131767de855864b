"""Backups are whole whoever writes meanwhile, are put back safely, and every fault of the records is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from pantau.cli.main import app
from scraper.config import Config
from scraper.errors import StorageError
from scraper.items import Article, PagePointer, PersonTag, PlaceTag, QuoteTag, Span, TaggedArticle, Tags
from storage.checking import check_index, check_records
from storage.database import Database
from storage.records.articles import iter_articles, save_article
from storage.records.tags import save_tags
from storage.restore import restore
from storage.search.engine import SearchIndex


def make(name: str) -> Article:
    url = f"https://warta.test/{name}"
    return Article(canonical_url=url, url=url, title=name, text=f"Isi {name} di Ciruas.", site="warta")


def save(db: Database, *names: str) -> None:
    with db.write() as session:
        for name in names:
            save_article(session, make(name))


def titles(db: Database) -> set[str]:
    with db.read() as session:
        return {found.article.title for found in iter_articles(session)}


@pytest.fixture
def db(sqlite: Config) -> Iterator[Database]:
    database = Database.open(sqlite)
    yield database
    database.close()


def opened(config: Config) -> set[str]:
    db = Database.open(config)
    found = titles(db)
    assert db.check() == []
    db.close()
    return found


def test_a_backup_is_whole_while_somebody_writes(sqlite: Config, db: Database, tmp_path: Path) -> None:
    save(db, "pertama")
    stop, written = Event(), 0

    def write() -> None:
        nonlocal written
        while not stop.is_set():
            save(db, f"b{written}", f"c{written}")
            written += 1

    writer = Thread(target=write)
    writer.start()
    try:
        copies = [db.backup(tmp_path / f"{number}.db") for number in range(5)]
    finally:
        stop.set()
        writer.join()
    counts = []
    for copy in copies:
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            counts.append(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    assert counts == sorted(counts)
    assert all(count % 2 for count in counts)  # one, and whole pairs
    assert sorted(path.name for path in tmp_path.glob("*.db*")) == [f"{number}.db" for number in range(5)]


def test_a_backup_that_cannot_be_written_leaves_nothing(db: Database, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="cannot be written"):
        db.backup(tmp_path / "file" / "copy.db")


def test_a_backup_is_put_back_and_the_index_notices(sqlite: Config, db: Database, tmp_path: Path) -> None:
    save(db, "pasar", "jalan")
    copy = db.backup(tmp_path / "copy.db")
    save(db, "banjir")
    index = SearchIndex.open(db, sqlite.data)
    index.catch_up()
    assert index.count("banjir") == 1
    db.close()
    kept = restore(sqlite, copy)
    assert kept is not None
    assert opened(sqlite) == {"pasar", "jalan"}
    database = Database.open(sqlite)
    save(database, "kios", "pantai", "sawah")  # its change number passes that of the index
    index = SearchIndex.open(database, sqlite.data)
    assert index.catch_up() == 5
    assert (index.count("banjir"), index.count("kios"), check_index(index)) == (0, 1, [])
    database.close()
    assert restore(sqlite, kept) is not None
    assert opened(sqlite) == {"pasar", "jalan", "banjir"}


def test_a_backup_makes_a_new_installation(sqlite: Config, db: Database, tmp_path: Path) -> None:
    save(db, "pasar")
    copy = db.backup(tmp_path / "copy.db")
    db.close()
    Path(sqlite.database_url.removeprefix("sqlite:///")).unlink()
    assert restore(sqlite, copy) is None
    assert opened(sqlite) == {"pasar"}


def test_nothing_is_restored_while_another_process_has_it_open(sqlite: Config, db: Database, tmp_path: Path) -> None:
    save(db, "pasar")
    copy = db.backup(tmp_path / "copy.db")
    save(db, "jalan")
    with db.read() as session:
        list(iter_articles(session))
        with pytest.raises(StorageError, match="stop `pantau run`"):
            restore(sqlite, copy)
    with pytest.raises(StorageError, match="stop `pantau run`"):
        restore(sqlite, copy)
    db.close()
    assert opened(sqlite) == {"pasar", "jalan"}
    assert not list(sqlite.data.glob("*restor*"))


def damaged(path: Path) -> None:
    body = bytearray(path.read_bytes())
    for at in range(8192, len(body), 4096):
        body[at : at + 600] = b"\xff" * 600
    path.write_bytes(bytes(body))


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE articles (id TEXT)")
        connection.commit()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (damaged, "damaged|cannot be read|no backup"),
        (newer, "newer Pantau"),
        (foreign, "no database of Pantau"),
        (lambda path: path.write_bytes(b""), "no database of Pantau"),
        (lambda path: path.write_text("Kliping", encoding="utf-8"), "no backup"),
        (Path.unlink, "is no file"),
    ],
)
def test_what_is_no_backup_changes_nothing(
    sqlite: Config, db: Database, tmp_path: Path, spoil: Callable[[Path], object], says: str
) -> None:
    save(db, "pasar")
    copy = db.backup(tmp_path / "copy.db")
    db.close()
    spoil(copy)
    with pytest.raises(StorageError, match=says):
        restore(sqlite, copy)
    assert opened(sqlite) == {"pasar"}
    assert not list(sqlite.data.glob("*restor*"))


def test_the_database_is_no_backup_of_itself(sqlite: Config, db: Database) -> None:
    with pytest.raises(StorageError, match="itself"):
        restore(sqlite, Path(sqlite.database_url.removeprefix("sqlite:///")))


FAULTS = {
    "UPDATE places SET \"end\" = 999": "broken span: places",
    "UPDATE places SET surface = 'Serang'": "broken span: places",
    "UPDATE articles SET text = 'Lain.'": "broken span: mentions",
    "UPDATE articles SET tag_version = NULL": "has 1 people and is not tagged",
    "DELETE FROM people": "mentions the person 'ani'",
    "UPDATE quotes SET speaker = 'budi'": "said by 'budi', nobody",
    "UPDATE articles SET cluster = 'nothing'": "stands in the story nothing",
    "DELETE FROM article_urls": "has no address",
    "UPDATE articles SET change = 99": "the counter is at",
    "UPDATE articles SET page_file = 'gone.warc.gz', page_offset = 0, page_length = 3": "is not there",
    "INSERT INTO candidates VALUES ('person', 'ani', 'merged', 'nobody', 'x', '2026-03-02')": "no registry has",
}  # fmt: skip


@pytest.mark.slow
def test_every_fault_of_the_records_is_told(config: Config) -> None:
    db = Database.open(config)
    article = make("pasar")
    at = article.text.index("Ciruas")
    ani = PersonTag(key="ani", name="Ani", mentions=(Span(start=0, end=3, surface="Isi"),))
    place = PlaceTag(start=at, end=at + 6, surface="Ciruas")
    tags = Tags(people=(ani,), places=(place,), quotes=(QuoteTag(start=0, end=3, surface="Isi", speaker="ani"),))
    for fault, says in FAULTS.items():
        with db.write() as session:
            save_article(session, article)
            save_tags(session, TaggedArticle(article=article, tags=tags, tag_version="1"))
        assert check_records(db, config.data) == [], fault
        with db.engine.begin() as connection:
            connection.execute(text(fault))
        assert says in "\n".join(check_records(db, config.data)), fault
        with db.engine.begin() as connection:
            connection.execute(text("DELETE FROM articles"))
            connection.execute(text("DELETE FROM candidates"))
    db.close()


def test_the_index_is_checked_too(config: Config) -> None:
    db = Database.open(config)
    save(db, "pasar", "jalan")
    index = SearchIndex.open(db, config.data)
    assert "2 changes behind" in check_index(index)[0]
    index.catch_up()
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM articles WHERE title = 'jalan'"))
    assert "has 2 articles of 1" in check_index(index)[0]
    db.close()


def test_many_faults_of_one_sort_are_counted(config: Config) -> None:
    db = Database.open(config)
    save(db, *(f"berita{number}" for number in range(12)))
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM article_urls"))
    assert check_records(db, config.data)[-1] == "orphan: and 7 more"
    db.close()


@pytest.mark.slow
def test_commands_check_back_up_and_restore(sqlite: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_DATA", str(sqlite.data))
    db = Database.open(sqlite)
    with db.write() as session:
        save_article(session, make("pasar"), page=PagePointer(file="a.warc.gz", offset=0, length=1))
    copy = db.backup(tmp_path / "copy.db")
    db.close()
    for arguments, code, says in (
        (["restore", str(copy)], 0, "is the database now"),
        (["check"], 1, "a.warc.gz is not there"),
        (["backup", str(tmp_path / "another.db")], 0, "backed up"),
    ):
        result = CliRunner().invoke(app, ["db", *arguments])
        assert (result.exit_code, says in result.output) == (code, True), result.output
