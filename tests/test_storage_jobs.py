"""Jobs as rows on both databases: one of a name and key at a time, kept by the living, taken from the dead."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from postgres import Server
from procrastinate.schema import migrations_path
from sqlalchemy import text

from scraper.config import Config
from scraper.errors import InputError
from storage.database import Database
from storage.engine import make_engine
from storage.presence import Presence, bury_dead
from storage.records import jobs
from storage.records.job_history import (
    has_future,
    last_successes,
    list_jobs,
    mend_future,
    past_jobs,
    prune_jobs,
    queue_state,
)
from storage.records.jobs import Job
from storage.records.processes import forget_processes, processes, scheduled_since, scheduler_runs
from storage.task_queue import enqueue, upgrade_queue

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
LOST = timedelta(seconds=90)
At = Callable[[float], datetime]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Sets the clock to so many hours after the start."""

    def move(hours: float) -> datetime:
        moment = START + hours * HOUR
        monkeypatch.setenv("PANTAU_NOW", moment.isoformat())
        return moment

    move(0)
    return move


@pytest.fixture
def one(db: Database, config: Config, at: At) -> Iterator[Presence]:
    presence = Presence(db, config.data, "run")
    yield presence
    presence.leave()


def ask(db: Database, name: str = "crawl", key: str = "", **values: Any) -> tuple[Job, bool]:
    with db.write() as session:
        return jobs.submit(session, name=name, key=key, asked_by=values.pop("asked_by", "test"), **values)


def take(db: Database, token: str) -> Job | None:
    with db.write() as session:
        return jobs.claim_next(session, token=token)


def end(db: Database, job: Job, token: str, exit_code: int = 0, **values: Any) -> bool:
    with db.write() as session:
        return jobs.finish(session, job.id, token=token, exit_code=exit_code, **values)


def run(db: Database, token: str, exit_code: int = 0, **values: Any) -> Job:
    """Ask for a job and do it."""
    ask(db, **values)
    job = take(db, token)
    assert job
    end(db, job, token, exit_code)
    return job


def states(db: Database) -> dict[int, str]:
    with db.read() as session:
        return {job.id: job.state for job in reversed(list_jobs(session))}


def test_the_same_job_is_asked_for_once(db: Database, one: Presence) -> None:
    first, new = ask(db, key="warta")
    assert (new, ask(db, key="warta")) == (True, (first, False))
    assert ask(db, key="warta", args=["--since", "2026-01-01"])[1]
    assert ask(db, key="kabar")[1]


def test_two_planners_that_know_the_same_plan_a_job_once(db: Database, one: Presence) -> None:
    run(db, one.token, name="digest", due_at=START, seen=0)
    assert not ask(db, name="digest", due_at=START, seen=0)[1]
    assert ask(db, name="digest", due_at=START + HOUR, seen=1)[1]


def test_what_failed_may_be_planned_again(db: Database, one: Presence) -> None:
    run(db, one.token, exit_code=1, name="digest", due_at=START, seen=0)
    assert ask(db, name="digest", due_at=START, seen=0)[1]


def test_two_of_one_name_and_key_never_run_at_once(db: Database, one: Presence) -> None:
    ask(db, key="warta")
    ask(db, key="warta", args=["--since", "2026-01-01"])
    ask(db, key="kabar")
    first, second = take(db, one.token), take(db, one.token)
    assert first
    assert second
    assert (first.key, second.key, take(db, one.token)) == ("warta", "kabar", None)
    with db.write() as session:
        assert jobs.begin(session, name="crawl", key="warta", args=(), asked_by="hand", token=one.token) is None
        assert jobs.claim(session, first.id, token=one.token) is None
    end(db, first, one.token)
    last = take(db, one.token)
    assert last
    assert last.args == ("--since", "2026-01-01")


def test_many_claimers_get_each_job_once(db: Database, one: Presence) -> None:
    for number in range(12):
        ask(db, key=str(number % 4), args=[str(number)])
    taken: list[int] = []
    running: dict[str, int] = {}

    def work() -> None:
        while (job := take(db, one.token)) or any(state == "queued" for state in states(db).values()):
            if job:
                assert running.setdefault(job.key, job.id) == job.id
                taken.append(job.id)
                del running[job.key]
                end(db, job, one.token)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(states(db))
    assert set(states(db).values()) == {"done"}


def test_the_urgent_comes_first(db: Database, one: Presence) -> None:
    for key, priority in (("a", 0), ("b", 2), ("c", 1), ("d", 2)):
        ask(db, key=key, priority=priority)
    assert [job.key for _ in range(4) if (job := take(db, one.token))] == ["b", "d", "c", "a"]


@pytest.mark.parametrize(("code", "state"), [(0, "done"), (1, "failed"), (130, "failed"), (-9, "failed")])
def test_how_it_ended_is_kept(db: Database, one: Presence, code: int, state: str) -> None:
    ask(db)
    job = take(db, one.token)
    assert job
    with db.write() as session:
        jobs.report(session, job.id, one.token, 3, 9, "tagging")
    end(db, job, one.token, code, message="x" * 5000, output="\0bad \ud800 text")
    with db.read() as session:
        (kept,) = list_jobs(session)
    assert (kept.state, kept.exit_code, kept.done, kept.total, kept.lease) == (state, code, 3, 9, None)
    assert kept.output == "bad ? text"
    assert len(kept.message or "") == jobs.MAX_MESSAGE


def test_who_lost_a_job_cannot_end_it(db: Database, one: Presence) -> None:
    ask(db)
    job = take(db, one.token)
    assert job
    assert not end(db, job, "another")
    with db.write() as session:
        assert not jobs.give_back(session, job.id, token="another")
    assert states(db) == {job.id: "running"}


def test_what_was_broken_off_waits_again_as_if_it_had_not_begun(db: Database, one: Presence) -> None:
    ask(db)
    for _ in range(5):
        job = take(db, one.token)
        assert job
        with db.write() as session:
            jobs.give_back(session, job.id, token=one.token)
    again = take(db, one.token)
    assert again
    assert again.attempts == 1


def test_cancelling(db: Database, one: Presence) -> None:
    waiting, _ = ask(db, key="a")
    running, _ = ask(db, key="b", priority=1)
    assert take(db, one.token)
    with db.write() as session:
        for job in (waiting, running):
            assert jobs.ask_to_stop(session, job.id)
        assert jobs.asked_to_stop(session, token=one.token) == {running.id}
        assert jobs.ask_to_stop(session, 99) is None
    end(db, running, one.token, -15)
    assert states(db) == {waiting.id: "cancelled", running.id: "cancelled"}
    with db.write() as session:
        assert jobs.ask_to_stop(session, running.id) is None


def test_the_jobs_of_the_dead_wait_again_and_fail_after_three_tries(
    db: Database, config: Config, one: Presence
) -> None:
    job, _ = ask(db)
    for number in range(jobs.ATTEMPTS):
        dying = Presence(db, config.data, "worker")
        taken = take(db, dying.token)
        assert taken
        assert taken.attempts == number + 1
        assert bury_dead(db, config.data, lost_after=LOST) == []
        dying.lease.abandon()
        assert [found.id for found in bury_dead(db, config.data, lost_after=LOST)] == [job.id]
    assert states(db) == {job.id: "failed"}
    with db.read() as session:
        assert [process.token for process in processes(session)] == [one.token]
        assert list_jobs(session)[0].message == jobs.LOST


def test_what_was_typed_by_hand_is_not_tried_again(db: Database, config: Config, one: Presence) -> None:
    hand = Presence(db, config.data, "command")
    with db.write() as session:
        job = jobs.begin(session, name="crawl", key="a", args=(), asked_by="hand", token=hand.token)
    assert job
    hand.lease.abandon()
    bury_dead(db, config.data, lost_after=LOST)
    assert states(db) == {job.id: "failed"}


def test_another_machine_is_dead_when_nothing_was_heard_of_it_for_long(
    db: Database, config: Config, one: Presence
) -> None:
    far = Presence(db, config.data.parent / "far", "worker")
    job, _ = ask(db)
    take(db, far.token)
    assert bury_dead(db, config.data, lost_after=LOST) == []
    assert far.beat()
    assert bury_dead(db, config.data, lost_after=timedelta(seconds=-5))
    assert states(db) == {job.id: "queued"}
    assert not far.beat(), "it has to learn that others took it for dead"
    with db.read() as session:
        assert [process.token for process in processes(session)] == [one.token], "the lease of the living is believed"
    far.lease.release()


def test_a_child_holds_the_lease_of_its_parent(db: Database, config: Config, one: Presence) -> None:
    parent = Presence(db, config.data, "worker")
    ask(db)
    take(db, parent.token)
    child = os.dup(parent.lease.fileno())
    parent.lease.abandon()
    assert bury_dead(db, config.data, lost_after=LOST) == []
    os.close(child)
    assert bury_dead(db, config.data, lost_after=LOST)


def test_the_past_is_told_of_each_name_and_key(db: Database, one: Presence, at: At) -> None:
    run(db, one.token, key="a", due_at=at(0))
    at(1)
    run(db, one.token, exit_code=1, key="a")
    run(db, one.token, key="c", name="tag")
    ask(db, key="b")
    with db.read() as session:
        past = past_jobs(session, moment=at(1))
        assert last_successes(session) == {"crawl": START, "tag": at(1)}
    a, b = past["crawl", "a"], past["crawl", "b"]
    assert (a.answered_due, a.answered_at, a.succeeded_at, a.failures, a.open) == (START, START, START, 1, False)
    assert (b.answered_at, b.open, a.last, b.last) == (None, True, 2, 4)


def test_what_a_wrong_clock_wrote_is_moved_to_now(db: Database, one: Presence, at: At) -> None:
    run(db, one.token, key="a", due_at=at(50))
    with db.read() as session:
        assert not has_future(session, at(50))
        assert has_future(session, at(49))
    with db.write() as session:
        mend_future(session, at(49))
        assert not has_future(session, at(49))
        past = past_jobs(session, moment=at(49))["crawl", "a"]
        assert past_jobs(session, moment=at(50))["crawl", "a"].answered_due == at(50)
    assert (past.answered_due, past.answered_at, past.succeeded_at) == (None, at(49), at(49))


def test_failures_are_counted_from_the_last_end(db: Database, one: Presence, at: At) -> None:
    run(db, one.token)
    for hour in (1, 2):
        at(hour)
        run(db, one.token, exit_code=1)
    with db.read() as session:
        past = past_jobs(session, moment=at(3))["crawl", ""]
    assert (past.failures, past.failed_at, past.answered_at) == (2, START + 2 * HOUR, START)


def test_old_jobs_go_but_the_last_successes_stay(db: Database, one: Presence, at: At) -> None:
    done = [run(db, one.token, key=key).id for key in "abaaaa"]
    run(db, one.token, exit_code=1, key="a")
    waits, _ = ask(db, key="a")
    with db.read() as session:
        assert queue_state(session) == ({"queued": 1, "running": 0}, at(0))
    with db.write() as session:
        assert prune_jobs(session, before=at(0)) == 0
        assert prune_jobs(session, before=at(1)) == 3
    assert sorted(states(db)) == [*done[1:2], *done[3:], waits.id]


def test_whether_a_scheduler_runs(db: Database, config: Config, at: At) -> None:
    def seen() -> tuple[bool, datetime | None]:
        with db.read() as session:
            return scheduler_runs(session), scheduled_since(session)

    assert seen() == (False, None)
    Presence(db, config.data, "worker").leave()
    assert seen() == (False, None)
    at(5)
    wrong_clock = Presence(db, config.data, "run")
    at(1)
    assert wrong_clock.beat()
    assert seen() == (True, START + HOUR)
    wrong_clock.leave()
    at(100)
    later = Presence(db, config.data, "run")
    with db.write() as session:
        forget_processes(session)
    assert seen() == (True, START + HOUR)
    later.leave()
    assert seen()[0] is False


def test_a_job_and_its_place_in_the_queue_are_written_together_or_not_at_all(db: Database, one: Presence) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("the queue of SQLite is the table itself")

    def queued() -> list[tuple[Any, ...]]:
        with db.read() as session:
            return [tuple(row) for row in session.execute(text("SELECT lock, priority, args FROM procrastinate_jobs"))]

    def queue_and_fail() -> None:
        with db.write() as session:
            enqueue(session, jobs.submit(session, name="crawl", key="a", asked_by="test")[0])
            raise InputError("the asker changed its mind")

    with pytest.raises(InputError):
        queue_and_fail()
    assert (queued(), states(db)) == ([], {})
    with db.write() as session:
        job, _ = jobs.submit(session, name="crawl", key="kabar 100% baru", asked_by="test", priority=2)
        enqueue(session, job)
    assert queued() == [("crawl:kabar 100% baru", 2, {"job": job.id})]


@pytest.mark.parametrize("noted", ["02.06.00_01_add_cancel_states.sql", "03.03.00_01_pre_priority_lock_fetch_job.sql"])
def test_the_queues_tables_are_brought_up_from_an_older_version(postgres: Server, noted: str) -> None:
    engine = make_engine(postgres.make(empty=True).render_as_string(hide_password=False))
    for script in sorted(migrations_path.glob("*.sql")):
        if script.name <= noted:
            with engine.begin() as connection:
                connection.connection.cursor().execute(script.read_text())
    with engine.begin() as connection:
        connection.execute(text(f"COMMENT ON TABLE procrastinate_jobs IS '{noted}'"))
    for _ in range(2):
        upgrade_queue(engine)
        with engine.begin() as connection:
            found = connection.execute(
                text("SELECT count(*) FROM pg_proc WHERE proname = 'procrastinate_retry_job_v2'")
            )
            assert found.scalar_one() == 1
    engine.dispose()
    postgres.drop()
