"""A few articles of one week in an office of their own: a story in two outlets, a paid one, one with only its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from office import Browser, office_app, office_config
from small_archive import tagged
from sqlalchemy import update
from sqlalchemy.orm import Session

from scraper.clock import WIB
from scraper.items import DatedBy, TaggedArticle
from storage.database import Database
from storage.records.articles import save_article
from storage.records.tables import ArticleRow
from storage.records.tags import save_tags
from storage.search.engine import SearchIndex

NOW = "2026-03-06T07:00:00+07:00"
FIRST, COPY, PAID, DAY, OLD = (
    tagged(1, title="Harga beras turun", published=DatedBy(value=datetime(2026, 3, 5, 9, tzinfo=WIB), evidence="meta",
                                                           raw="x")),
    tagged(2, title="Beras turun, warga lega",
           published=DatedBy(value=datetime(2026, 3, 5, 11, tzinfo=WIB), evidence="meta", raw="x")),
    tagged(3, title="Griya beras sejahtera", kind="advertorial", text="Griya beras sejahtera dipasarkan.",
           published=DatedBy(value=datetime(2026, 3, 6, 6, tzinfo=WIB), evidence="meta", raw="x")),
    tagged(4, title="Stok beras aman", text="Stok beras di gudang aman.",
           published=DatedBy(value=date(2026, 3, 4), evidence="url", raw="x")),
    tagged(5, title="Beras dua tahun lalu", text="Beras pernah naik.",
           published=DatedBy(value=datetime(2024, 1, 9, 9, tzinfo=WIB), evidence="meta", raw="x")),
)  # fmt: skip


def open_newsdesk(folder: Path) -> Path:
    """Make the office in ``folder``; ``office_app`` serves a copy of it."""
    config = office_config(folder)
    db = Database.open(config)
    with db.write() as session:
        for one in (FIRST, COPY, PAID, DAY, OLD):
            _save(session, one)
        session.execute(update(ArticleRow).where(ArticleRow.id == COPY.article.id).values(cluster=FIRST.article.id))
    SearchIndex.open(db, config.data).catch_up()
    db.close()
    return folder


def _save(session: Session, one: TaggedArticle) -> None:
    save_article(session, one.article)
    save_tags(session, one)


@pytest.fixture(scope="session")
def newsdesk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the office, made once; each test works on a copy."""
    return open_newsdesk(tmp_path_factory.mktemp("newsdesk"))


@pytest.fixture
def reader(newsdesk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """A reader before its page, on the morning of 6 March 2026."""
    monkeypatch.setenv("PANTAU_NOW", NOW)
    with Browser(office_app(newsdesk, tmp_path / "office", office="Pemerintah Kota Contoh")) as web:
        yield web
