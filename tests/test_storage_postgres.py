"""What only PostgreSQL does: the backup by its own tools, readers that cannot write, writers that give up."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from postgres import Server
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from scraper.config import Config, load_config
from scraper.errors import StorageError
from scraper.items import Article
from storage.database import Database
from storage.records.articles import counts_by_source, save_article
from storage.records.changes import last_change


@pytest.fixture
def office(postgres: Server, tmp_path: Path) -> Iterator[Config]:
    url = postgres.make().render_as_string(hide_password=False)
    environ = {"PANTAU_DATA": str(tmp_path / "office"), "PANTAU_DATABASE_URL": url}
    yield load_config(environ=environ, file=tmp_path / "none.toml")
    postgres.drop()


@pytest.fixture
def db(office: Config) -> Iterator[Database]:
    database = Database.open(office)
    with database.write() as session:
        save_article(session, Article(canonical_url="https://warta.test/1", title="Pasar", text="Isi.", site="warta"))
    yield database
    database.close()


def test_a_dump_is_restored_whole(postgres: Server, office: Config, db: Database, tmp_path: Path) -> None:
    dump = tmp_path / "pantau.dump"
    with pytest.raises(StorageError, match="pg_dump"):
        db.backup(dump)
    subprocess.run(["pg_dump", "--format=custom", f"--file={dump}", office.database_url], check=True)
    other = postgres.make(empty=True).render_as_string(hide_password=False)
    subprocess.run(["pg_restore", "--clean", "--if-exists", f"--dbname={other}", dump], check=True)
    restored = Database.open(replace(office, database_url=other))
    with restored.read() as session:
        assert (counts_by_source(session), last_change(session)) == ({"warta": 1}, 1)
    assert restored.check() == []
    restored.close()


def test_a_reader_cannot_write(db: Database) -> None:
    with pytest.raises(StorageError, match="read-only"), db.read() as session:
        session.execute(text("DELETE FROM articles"))


def test_a_writer_gives_up_on_one_that_hangs(db: Database) -> None:
    event.listen(db.engine, "checkout", lambda connection, *_: connection.execute("SET lock_timeout = 100"))
    with db.write() as first:
        first.execute(text("SELECT 1"))
        with pytest.raises(StorageError, match="lock timeout"), db.write() as second:
            second.execute(text("DELETE FROM articles"))


@pytest.mark.slow
def test_a_writer_that_falls_silent_does_not_stop_the_others(db: Database) -> None:
    with pytest.raises(StorageError, match="idle-in-transaction"), db.write(only=["jobs"]) as frozen:
        _hold_while_another_stores(frozen, db)
    with db.read() as session:
        assert counts_by_source(session) == {"warta": 2}


def _hold_while_another_stores(frozen: Session, db: Database) -> None:
    frozen.execute(text("SELECT 1"))
    with db.write() as session:
        save_article(session, Article(canonical_url="https://warta.test/2", title="Beras", text="Isi.", site="warta"))
