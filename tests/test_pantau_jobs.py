"""The parts of jobs: how a child tells how far it is, asking for a job, planning, nightly copies."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pantau.cli.main import app
from pantau.jobs.catalogue import KINDS, command_of
from pantau.jobs.lines import MARK, Standing, Teller, read_line
from pantau.jobs.scheduler import Scheduler
from pantau.jobs.submit import SCHEDULER, submit
from scraper.clock import WIB
from scraper.config import Config
from scraper.errors import InputError, StorageError
from scraper.followed import followed_sources
from spiders.sources import load_sources
from storage.backups import nightly_copy
from storage.database import Database
from storage.locks import exclusive
from storage.presence import Presence
from storage.records.job_history import list_jobs
from storage.records.jobs import claim_next

NIGHT = datetime(2026, 3, 2, 2, tzinfo=WIB)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (MARK + '{"done": 3, "total": 9, "message": "tagging"}', Standing(done=3, total=9, message="tagging")),
        (MARK + '{"done": null, "total": null, "message": ""}', Standing()),
        ("3 of 9", None),
        (MARK + "not json", None),
        (MARK + '{"done": "x", "total": 1, "message": ""}', None),
        (MARK + "[]", None),
    ],
)
def test_only_marked_lines_tell_how_far_a_job_is(line: str, told: Standing | None) -> None:
    assert read_line(line) == told


def test_little_is_told_of_much_and_the_end_always(capsys: pytest.CaptureFixture[str]) -> None:
    teller = Teller()
    for done in range(1, 1001):
        teller.tell(done, 1000, "tagging\n@pantau")
    lines = capsys.readouterr().err.splitlines()
    told = [standing.done for line in lines if (standing := read_line(line))]
    assert told[0] == 1
    assert told[-1] == 1000
    assert len(told) == len(lines) < 50


@pytest.mark.parametrize("name", KINDS)
def test_every_job_is_a_command_that_there_is(name: str) -> None:
    result = CliRunner().invoke(app, [*KINDS[name].command, "--help"])
    assert result.exit_code == 0, result.output


def test_a_key_is_never_taken_for_an_option() -> None:
    assert command_of("crawl", "--since", ["--json"]) == ["crawl", "--json", "--", "--since"]


@pytest.mark.parametrize(("name", "key"), [("crawl", ""), ("tag", "x"), ("rm", ""), ("", "")])
def test_a_job_that_makes_no_sense_is_refused(sqlite: Config, name: str, key: str) -> None:
    db = Database.open(sqlite)
    with pytest.raises(InputError):
        submit(db, name, key=key, asked_by="test")
    db.close()


def test_what_people_ask_for_comes_first(sqlite: Config) -> None:
    db = Database.open(sqlite)
    planned, _ = submit(db, "digest", asked_by=SCHEDULER)
    asked, _ = submit(db, "crawl", key="warta", asked_by="ani")
    assert asked.priority > planned.priority
    db.close()


def follow(data: Path, name: str, text: str) -> None:
    (data / "sources").mkdir(parents=True, exist_ok=True)
    (data / "sources" / f"{name}.toml").write_text(text)


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ('profile = "detik"', None),
        ('profile = "detik"\nevery = 30', timedelta(minutes=30)),
        ('profile = "detik"\nevery = 1', "every"),
        ('profile = "detik"\nevery = "30"', "every"),
        ("paused = true", "paused"),
        ("= nothing", "TOML"),
    ],
)
def test_which_sources_are_crawled_and_how_often(tmp_path: Path, text: str, every: timedelta | str | None) -> None:
    follow(tmp_path, "warta", text)
    found, wrong = followed_sources(tmp_path)
    if isinstance(every, str):
        assert found == []
        assert every == "paused" or every in str(wrong[0])
    else:
        assert [(source.name, source.every) for source in found] == [("warta", every)]


def test_a_bad_source_file_stops_no_other_source(tmp_path: Path) -> None:
    follow(tmp_path, "buruk", "= nothing")
    follow(tmp_path, "tangerangnews", 'profile = "tangerangnews"\nevery = 30')
    assert [source.name for source in load_sources(tmp_path, names=["tangerangnews"])] == ["tangerangnews"]


def test_the_scheduler_asks_once_for_what_is_due(sqlite: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_NOW", NIGHT.isoformat())
    db = Database.open(sqlite)
    presence = Presence(db, sqlite.data, "run")
    follow(sqlite.data, "warta", "every = 30")
    follow(sqlite.data, "buruk", "= nothing")
    scheduler = Scheduler(db, sqlite)
    for _ in range(3):
        scheduler.plan()
    with db.read() as session:
        found = [(job.name, job.key, job.asked_by) for job in list_jobs(session)]
    assert found == [("crawl", "warta", SCHEDULER), ("tag", "", SCHEDULER), ("alerts", "", SCHEDULER)]
    presence.leave()
    db.close()


def test_a_clock_that_is_set_back_does_not_put_the_scheduler_to_sleep(sqlite: Config) -> None:
    db = Database.open(sqlite)

    async def wakes() -> list[timedelta]:
        scheduler = Scheduler(db, sqlite)
        scheduler.start()
        job = scheduler._waker.get_job("due")
        left = []
        for ahead in (timedelta(seconds=5), timedelta(hours=1)):  # as it looks after the clock went back an hour
            job.modify(next_run_time=datetime.now(UTC) + ahead)
            scheduler.mend_clock()
            left.append(job.next_run_time - datetime.now(UTC))
        scheduler.stop()
        return left

    soon, mended = asyncio.run(wakes())
    assert timedelta(seconds=4) < soon <= timedelta(seconds=5)
    assert mended <= timedelta(0)
    db.close()


def test_nightly_copies_are_whole_and_the_newest_are_kept(sqlite: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    db = Database.open(sqlite)
    for night in range(5):
        monkeypatch.setenv("PANTAU_NOW", (NIGHT + timedelta(days=night)).isoformat())
        (sqlite.data / "backups").mkdir(exist_ok=True)
        (sqlite.data / "backups" / "pantau-broken.part").touch()
        path = nightly_copy(db, sqlite.data, keep=3)
    db.close()
    names = sorted(file.name for file in (sqlite.data / "backups").iterdir())
    assert names == [f"pantau-2026030{day}-020000.db" for day in (4, 5, 6)]
    copy = sqlite3.connect(path)
    assert copy.execute("select count(*) from alembic_version").fetchone() == (1,)
    copy.close()


def test_a_lock_is_held_by_one(db: Database, config: Config) -> None:
    with exclusive(db, config.data, "stories") as first, exclusive(db, config.data, "stories") as second:
        assert (first, second) == (True, False)
        with exclusive(db, config.data, "other") as other:
            assert other
    with exclusive(db, config.data, "stories") as again:
        assert again


def test_commands_by_hand_are_jobs_too(sqlite: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def pantau(*arguments: str) -> str:
        return CliRunner().invoke(app, arguments, catch_exceptions=False).output

    monkeypatch.setenv("PANTAU_DATA", str(sqlite.data))
    pantau("tag")
    assert "tag" in pantau("jobs", "list", "--state", "done")
    assert "penjadwal" in pantau("jobs", "list")
    assert "waits" in pantau("jobs", "run", "backup")
    assert "is queued already" in pantau("jobs", "run", "backup")
    assert "is cancelled" in pantau("jobs", "cancel", "2")
    assert "0 old jobs removed" in pantau("db", "prune")
    assert '"state": "cancelled"' in pantau("jobs", "list", "--json", "--name", "backup")


def test_tagging_by_hand_waits_for_nobody(sqlite: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_DATA", str(sqlite.data))
    db = Database.open(sqlite)
    presence = Presence(db, sqlite.data, "run")
    submit(db, "tag", asked_by="test")
    with db.write() as session:
        assert claim_next(session, token=presence.token)

    with pytest.raises(StorageError, match="being tagged already"):
        CliRunner().invoke(app, ["tag"], catch_exceptions=False)
    presence.leave()
    db.close()
