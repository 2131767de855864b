"""``pantau run`` as an office has it: one process tree that does everything, stops in order, goes on after a kill."""

from __future__ import annotations

import json
import signal
import socket
import urllib.request
from collections import Counter
from pathlib import Path

import pytest
from processes import ended, environment, job_processes, running, say, slow_site, until

from pantau.jobs.submit import submit
from scraper.config import Config
from storage.database import Database
from storage.records.articles import iter_articles
from storage.records.job_history import list_jobs
from storage.records.jobs import Job

pytestmark = pytest.mark.slow
ARTICLES = 30


@pytest.fixture
def port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return str(found.getsockname()[1])


def jobs(config: Config, name: str = "crawl") -> list[Job]:
    db = Database.open(config)
    with db.read() as session:
        found = list_jobs(session, name=name)
    db.close()
    return found


def stored(config: Config) -> Counter[str]:
    db = Database.open(config)
    assert db.check() == []
    with db.read() as session:
        found = Counter(stored.article.title for stored in iter_articles(session))
    db.close()
    return found


def states(config: Config) -> list[str]:
    return [job.state for job in jobs(config)]


def test_it_does_everything_stops_in_order_and_goes_on(sqlite: Config, port: str) -> None:
    environ = environment(sqlite)
    with slow_site(sqlite.data, articles=ARTICLES) as site:
        with running(environ, "run", "--port", port, "--log-format", "json") as run:
            until(lambda: site.count("/baca/") >= 5)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
                assert answer.status == 200
            code, said = ended(run)
        assert code == 0, said
        assert job_processes(sqlite.data) == []
        assert states(sqlite) == ["queued"]
        events = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
        assert {"job planned", "job started", "job broken off"} <= {event["event"] for event in events}
        before = len(stored(sqlite))
        assert 0 < before < ARTICLES
        with running(environ, "run", "--port", port) as run:
            until(lambda: states(sqlite) == ["done"])
            assert ended(run)[0] == 0
    assert stored(sqlite) == Counter({f"Berita {n} dari lambat": 1 for n in range(1, ARTICLES + 1)})
    (job,) = jobs(sqlite)
    assert (job.attempts, job.done) == (1, job.total)
    assert "lambat: finished" in (job.message or "")


def test_children_do_not_outlive_it_and_their_jobs_are_done_at_the_next_start(sqlite: Config, port: str) -> None:
    environ = environment(sqlite)
    with slow_site(sqlite.data, articles=ARTICLES) as site:
        with running(environ, "run", "--port", port) as run:
            until(lambda: site.count("/baca/") >= 5)
            assert len(job_processes(sqlite.data)) > 2
            ended(run, signal.SIGKILL)
            until(lambda: job_processes(sqlite.data) == [], seconds=10)
        assert states(sqlite) == ["running"]
        with running(environ, "run", "--port", port) as run:
            until(lambda: states(sqlite) == ["done"])
            ended(run)
    assert set(stored(sqlite).values()) == {1}
    assert [job.attempts for job in jobs(sqlite)] == [2]


def test_a_source_is_crawled_once_whoever_wants_it(sqlite: Config, port: str) -> None:
    environ = environment(sqlite)
    with slow_site(sqlite.data, articles=300) as site, running(environ, "run", "--port", port) as run:
        until(lambda: site.count("/baca/") >= 2)
        assert "is running already" in say(environ, "jobs", "run", "crawl", "lambat")
        assert "lambat is being crawled already" in say(environ, "crawl")
        assert states(sqlite) == ["running"]
        assert max(Counter(path for path in site.asked if "/baca/" in path).values()) == 1
        ended(run)


def test_a_second_one_beside_it_runs_nothing_twice(sqlite: Config, port: str) -> None:
    environ = environment(sqlite)
    with socket.create_server(("127.0.0.1", 0)) as found:
        other = str(found.getsockname()[1])
    with (
        slow_site(sqlite.data, name="satu", articles=10) as one,
        slow_site(sqlite.data, name="dua", articles=10) as two,
        running(environ, "run", "--port", port) as first,
        running(environ, "run", "--port", other) as second,
    ):
        until(lambda: states(sqlite) == ["done", "done"])
        assert (one.count("/baca/"), two.count("/baca/")) == (10, 10)
        for process in (first, second):
            assert ended(process)[0] == 0


def test_a_running_job_can_be_cancelled(sqlite: Config, port: str) -> None:
    environ = environment(sqlite)
    with slow_site(sqlite.data, articles=300) as site, running(environ, "run", "--port", port) as run:
        until(lambda: site.count("/baca/") >= 2)
        (job,) = jobs(sqlite)
        assert "being ended" in say(environ, "jobs", "cancel", str(job.id))
        until(lambda: states(sqlite) == ["cancelled"])
        assert "there is no job" in say(environ, "jobs", "cancel", str(job.id))
        assert ended(run)[0] == 0
    assert job_processes(sqlite.data) == []


def test_what_was_asked_for_before_waits_for_it(sqlite: Config, port: str, tmp_path: Path) -> None:
    environ = environment(sqlite)
    assert "it waits until one does" in say(environ, "jobs", "run", "prune")
    db = Database.open(sqlite)
    submit(db, "check", key="--help", asked_by="somebody")
    db.close()
    with running(environ, "run", "--port", port) as run:
        until(lambda: [job.state for job in jobs(sqlite, "prune")] == ["done"])
        until(lambda: [job.state for job in jobs(sqlite, "check")] == ["failed"])
        ended(run)
    assert "no source '--help'" in (jobs(sqlite, "check")[0].message or "")


def test_a_port_in_use_is_told_and_nothing_is_left(sqlite: Config) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = say(environment(sqlite), "run", "--port", str(taken.getsockname()[1]))
    assert "choose another --port" in said
    assert "Traceback" not in said
