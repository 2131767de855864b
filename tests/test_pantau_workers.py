"""Workers on several machines: two real ones share the jobs of one PostgreSQL; one of them is killed, or frozen."""

from __future__ import annotations

import re
import signal
import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from postgres import Server
from processes import ended, environment, job_processes, running, say, slow_site, until
from sqlalchemy import text

from pantau.jobs.submit import submit
from scraper.config import Config, load_config
from storage.database import Database
from storage.records.articles import iter_articles
from storage.records.job_history import list_jobs
from storage.records.jobs import Job
from storage.records.processes import processes

pytestmark = pytest.mark.slow
LOST_AFTER = 6
"""Seconds of silence; short, for a test that waits for them."""


@pytest.fixture
def machines(postgres: Server, tmp_path: Path) -> Iterator[tuple[Config, Config]]:
    """Two installations with files of their own and one database."""
    url = postgres.make().render_as_string(hide_password=False)
    environ = {"PANTAU_DATA": str(tmp_path / "one"), "PANTAU_DATABASE_URL": url}
    first = load_config(environ=environ, file=tmp_path / "none.toml")
    yield first, replace(first, data=tmp_path / "two")
    postgres.drop()


@pytest.fixture
def db(machines: tuple[Config, Config]) -> Iterator[Database]:
    database = Database.open(machines[0])
    yield database
    database.close()


def jobs(db: Database, name: str | None = None) -> list[Job]:
    with db.read() as session:
        return list_jobs(session, name=name)


def stored(db: Database) -> Counter[str]:
    with db.read() as session:
        return Counter(found.article.title for found in iter_articles(session))


def alive(db: Database) -> dict[str, int]:
    """Token of each process that is there -> its number."""
    with db.read() as session:
        return {process.token: process.pid for process in processes(session)}


def runs(db: Database) -> dict[str, int]:
    """Key of each running job -> number of its worker's process."""
    numbers = alive(db)
    return {job.key: numbers[job.lease] for job in jobs(db) if job.lease in numbers}


def test_the_job_of_a_killed_worker_is_run_by_another_one(db: Database, machines: tuple[Config, Config]) -> None:
    first, second = machines
    ones, twos = (environment(config, jobs_lost_after=LOST_AFTER) for config in machines)
    command = ("worker", "--concurrency", "1")
    with (
        slow_site(first.data, second.data, name="satu", articles=100) as one,
        slow_site(first.data, second.data, name="dua", articles=100) as two,
        running(ones, *command) as this,
        running(twos, *command) as that,
    ):
        for name in ("satu", "dua"):
            assert submit(db, "crawl", key=name, asked_by="test")[1]
        until(lambda: one.count("/baca/") >= 5 and two.count("/baca/") >= 5)
        assert set(runs(db).values()) == {this.pid, that.pid}, "each runs one"
        dying, living = (this, that) if runs(db)["satu"] == this.pid else (that, this)
        ended(dying, signal.SIGKILL)
        until(lambda: job_processes((first if dying is this else second).data) == [], seconds=10)
        until(lambda: {job.state for job in jobs(db)} == {"done"}, seconds=120)
        assert ended(living)[0] == 0
    assert {job.key: job.attempts for job in jobs(db)} == {"satu": 2, "dua": 1}
    assert stored(db) == Counter({f"Berita {n} dari {name}": 1 for n in range(1, 101) for name in ("satu", "dua")})
    with db.read() as session:
        assert session.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar_one() == 0


def test_a_frozen_worker_runs_nothing_that_another_one_runs(db: Database, machines: tuple[Config, Config]) -> None:
    first, second = machines
    ones, twos = (environment(config, jobs_lost_after=LOST_AFTER) for config in machines)
    with (
        slow_site(first.data, second.data, articles=100) as site,
        running(ones, "worker") as frozen,
        running(twos, "worker", "--concurrency", "1") as living,
    ):
        until(lambda: len(alive(db)) == 2)
        living.send_signal(signal.SIGSTOP)
        submit(db, "crawl", key="lambat", asked_by="test")
        until(lambda: site.count("/baca/") >= 5)
        living.send_signal(signal.SIGCONT)
        frozen.send_signal(signal.SIGSTOP)
        until(lambda: jobs(db, "crawl")[0].attempts == 2)
        assert job_processes(first.data) == [frozen.pid], "its child has ended by itself"
        frozen.send_signal(signal.SIGCONT)
        until(lambda: jobs(db, "crawl")[0].state == "done", seconds=120)
        assert max(Counter(path for path in site.asked if "/baca/" in path).values()) <= 2
        submit(db, "prune", asked_by="test")
        until(lambda: jobs(db)[0].state == "done")
        for process in (frozen, living):
            assert ended(process)[0] == 0
    assert set(stored(db).values()) == {1}


def test_a_worker_that_stops_leaves_its_job_to_the_others(db: Database, machines: tuple[Config, Config]) -> None:
    first, second = machines
    ones, twos = (environment(config, jobs_lost_after=LOST_AFTER) for config in machines)
    with slow_site(first.data, second.data, articles=40) as site:
        with running(ones, "worker") as stopping:
            submit(db, "crawl", key="lambat", asked_by="test")
            until(lambda: site.count("/baca/") >= 5)
            code, said = ended(stopping)
            assert code == 0, said
        assert [job.state for job in jobs(db)] == ["queued"]
        assert job_processes(first.data) == []
        with running(twos, "worker") as taking:
            until(lambda: [job.state for job in jobs(db)] == ["done"])
            ended(taking)
    assert set(stored(db).values()) == {1}
    assert [job.attempts for job in jobs(db)] == [1]


def test_run_plans_for_all_and_leaves_the_work_to_workers(db: Database, machines: tuple[Config, Config]) -> None:
    first, second = machines
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = str(found.getsockname()[1])
    planning = environment(first, jobs_at_once=0)
    with slow_site(first.data, second.data, articles=5), running(planning, "run", "--port", port) as run:
        until(lambda: [job.state for job in jobs(db, "crawl")] == ["queued"])
        with running(environment(second), "worker") as working:
            until(lambda: [job.state for job in jobs(db, "crawl")] == ["done"])
            ended(working)
        ended(run)
    with_jobs = environment(first)
    with slow_site(first.data, name="lagi", articles=5), running(with_jobs, "run", "--port", port) as run:
        until(lambda: "done" in [job.state for job in jobs(db, "crawl") if job.key == "lagi"])
        assert ended(run)[0] == 0


def test_jobs_of_one_key_run_one_after_the_other(db: Database, machines: tuple[Config, Config]) -> None:
    first, second = machines
    ones, twos = (environment(config, jobs_lost_after=LOST_AFTER) for config in machines)
    with (
        slow_site(first.data, second.data, articles=10) as site,
        running(ones, "worker", "--concurrency", "2") as one,
        running(twos, "worker", "--concurrency", "2") as two,
    ):
        for options in ((), ("--max-articles", "5"), ("--max-articles", "3"), ("--max-articles", "2")):
            assert submit(db, "crawl", key="lambat", options=options, asked_by="test")[1]
        until(lambda: {job.state for job in jobs(db)} == {"done"}, seconds=120)
        spans = sorted((job.started_at, job.finished_at) for job in jobs(db) if job.started_at and job.finished_at)
        assert all(ended_at <= next_start for (_, ended_at), (next_start, _) in pairwise(spans))
        assert site.count("/baca/") == 10
        for process in (one, two):
            assert ended(process)[0] == 0


def test_a_database_that_goes_away_is_waited_for(
    db: Database, machines: tuple[Config, Config], postgres: Server
) -> None:
    first, _ = machines
    with slow_site(first.data, articles=3), running(environment(first), "worker") as working:
        until(lambda: db.engine and _connections(db) > 2)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            others = "datname = current_database() AND pid <> pg_backend_pid()"
            connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
        submit(db, "crawl", key="lambat", asked_by="test")
        until(lambda: [job.state for job in jobs(db)] == ["done"])
        code, said = ended(working)
    assert code == 0, said


def _connections(db: Database) -> int:
    with db.read() as session:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        return int(session.execute(text(query)).scalar_one())


def test_a_worker_needs_postgresql(sqlite: Config) -> None:
    assert re.search("workers need a database that machines share", say(environment(sqlite), "worker"))
