"""The denominators: what was published and crawled of each source and day, and when a source was not read."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from alembic import command

from scraper.clock import WIB
from scraper.items import Article, DatedBy
from storage.database import Database
from storage.engine import for_writing
from storage.records import runs
from storage.records.articles import save_article
from storage.schema import alembic_config
from storage.trends.coverage import Coverage, coverage
from storage.trends.outages import outages


class Log:
    """Runs at times of day, written as ``3/2 08:00``, each ten minutes long."""

    def __init__(self, db: Database, patch: pytest.MonkeyPatch) -> None:
        self._db = db
        self._patch = patch

    def run(self, when: str, outcome: str | None = "finished", *, source: str = "warta", **counts: int) -> None:
        with self._db.write() as session:
            self.now(when)
            number = runs.start_run(session, source)
            self.now(when.replace(":00", ":10"))
            if outcome is not None:
                runs.finish_run(session, number, counts=counts, outcome=outcome)

    def now(self, when: str) -> None:
        self._patch.setenv("PANTAU_NOW", at(when).isoformat())

    def outages(self, **days: date) -> list[tuple[str, str, str | None, str]]:
        with self._db.read() as session:
            found = outages(session, **days)  # type: ignore[arg-type]
        return [(o.source, told(o.start), told(o.end) if o.end else None, o.reason) for o in found]


def at(when: str) -> datetime:
    return datetime.strptime(f"2026/{when}", "%Y/%m/%d %H:%M").replace(tzinfo=WIB)


def told(moment: datetime) -> str:
    local = moment.astimezone(WIB)
    return f"{local.month}/{local.day} {local:%H:%M}"


@pytest.fixture
def log(db: Database, monkeypatch: pytest.MonkeyPatch) -> Log:
    return Log(db, monkeypatch)


def test_outage_lasts_from_the_last_good_run_to_the_next(log: Log) -> None:
    log.run("3/1 08:00")
    log.run("3/2 08:00", "blocked")
    log.run("3/2 20:00", "failed")
    log.run("3/3 08:00")
    log.run("3/4 08:00", "unreachable")
    assert log.outages() == [
        ("warta", "3/1 08:10", "3/3 08:00", "blocked"),
        ("warta", "3/3 08:10", None, "unreachable"),
    ]


def test_a_source_that_was_never_read_is_out_from_its_first_run_on(log: Log) -> None:
    log.run("3/1 08:00", "robots-unreachable")
    log.run("3/2 08:00", "robots-unreachable")
    assert log.outages() == [("warta", "3/1 08:00", None, "robots-unreachable")]


def test_a_long_pause_is_an_outage_and_a_short_one_is_none(log: Log) -> None:
    for when in ("3/1 08:00", "3/3 08:00", "3/9 08:00"):
        log.run(when)
    log.now("3/10 08:00")
    assert log.outages() == [("warta", "3/3 08:10", "3/9 08:00", "no-run")]
    log.now("3/20 08:00")
    assert log.outages()[1:] == [("warta", "3/9 08:10", None, "no-run")]


def test_a_run_that_goes_on_is_no_outage(log: Log) -> None:
    log.run("3/1 08:00")
    log.run("3/2 08:00", None)
    assert log.outages() == []


def test_outages_of_some_days(log: Log) -> None:
    for when, outcome in (
        ("3/1 08:00", "finished"), ("3/2 08:00", "blocked"), ("3/3 08:00", "finished"), ("3/5 08:00", "failed"),
        ("3/6 08:00", "finished"), ("3/7 08:00", "finished"),
    ):  # fmt: skip
        log.run(when, outcome)
    first, second = ("warta", "3/1 08:10", "3/3 08:00", "blocked"), ("warta", "3/3 08:10", "3/6 08:00", "failed")
    assert log.outages() == [first, second]
    assert log.outages(since=date(2026, 3, 2), until=date(2026, 3, 2)) == [first]
    assert log.outages(since=date(2026, 3, 4)) == [second]
    assert log.outages(since=date(2026, 3, 3), until=date(2026, 3, 3)) == [first, second]
    assert log.outages(since=date(2026, 3, 7)) == log.outages(until=date(2026, 2, 28)) == []


def test_every_day_since_the_first_run_has_its_row(db: Database, log: Log) -> None:
    for number, (published, seen) in enumerate((("2/20", "3/1"), ("3/1", "3/1"), ("3/1", "3/4"), ("3/4", "3/4"))):
        moment = DatedBy(value=at(f"{published} 07:00"), evidence="meta", raw="")
        article = Article(
            canonical_url=f"https://warta.test/{number}", title=str(number), text=f"Berita {number}.", site="warta",
            published=moment, fetched_at=at(f"{seen} 08:05"),
        )  # fmt: skip
        with db.write() as session:
            save_article(session, article)
    log.run("3/1 08:00", fetched=3, new=2, failed=1)
    log.run("3/2 08:00", "blocked", blocked=4)
    log.run("3/4 08:00", fetched=4, new=1, changed=1, same=1, unchanged=5, skipped=1)
    with db.read() as session:
        rows = coverage(session)
        assert coverage(session, since=date(2026, 3, 2), until=date(2026, 3, 3)) == rows[2:4]
    empty = {
        "published": 0,
        "crawled": 0,
        "fetched": 0,
        "parsed": 0,
        "stored": 0,
        "failed": 0,
        "blocked": 0,
        "outage_hours": 0.0,
    }
    assert rows == [
        Coverage(source="warta", day=day, **(empty | values))  # type: ignore[arg-type]
        for day, values in (
            (date(2026, 2, 20), {"published": 1}),
            (
                date(2026, 3, 1),
                {
                    "published": 2,
                    "crawled": 2,
                    "fetched": 3,
                    "parsed": 2,
                    "stored": 2,
                    "failed": 1,
                    "outage_hours": 15.83,
                },
            ),
            (date(2026, 3, 2), {"blocked": 4, "outage_hours": 24.0}),
            (date(2026, 3, 3), {"outage_hours": 24.0}),
            (
                date(2026, 3, 4),
                {"published": 1, "crawled": 2, "fetched": 4, "parsed": 3, "stored": 2, "outage_hours": 8.0},
            ),
        )
    ]


def test_totals_of_a_run_are_columns_and_reasons_are_kept(db: Database, log: Log) -> None:
    counts = {
        "discovered": 9, "known": 1, "requests": 12, "fetched": 8, "new": 4, "changed": 1, "same": 2, "unchanged": 3,
        "skipped": 1, "skipped/robots": 1, "failed": 0, "blocked": 0, "bytes": 10**10, "seconds": 7, "left": 5,
    }  # fmt: skip
    log.run("3/1 08:00", **counts)
    with db.engine.connect() as connection:
        names = "discovered, known, requests, fetched, stored, unchanged, skipped, failed, blocked, bytes, seconds"
        row = connection.exec_driver_sql(f"SELECT {names} FROM runs").one()
    assert tuple(row) == (9, 1, 12, 8, 5, 5, 1, 0, 0, 10**10, 7)
    with db.read() as session:
        (run,) = runs.runs(session)
    assert run.counts == counts


def test_older_runs_get_their_totals_with_the_upgrade(db: Database, log: Log) -> None:
    log.run("3/1 23:00", fetched=3, new=2, changed=1, same=4)
    log.run("3/2 08:00", None)
    for revision in ("0003", "head"):
        with for_writing(db.engine).begin() as connection:
            move = command.downgrade if revision == "0003" else command.upgrade
            move(alembic_config(connection), revision)
    assert db.check() == []
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT day, fetched, stored, unchanged, seconds FROM runs ORDER BY id").all()
    assert [(str(day), *counts) for day, *counts in rows] == [("2026-03-01", 3, 3, 4, 600), ("2026-03-02", 0, 0, 0, 0)]
