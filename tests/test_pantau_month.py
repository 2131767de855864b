"""A month of an office by a clock of our own: the right jobs at the right times, over restarts and wrong clocks."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
import structlog

from pantau.jobs.scheduler import Scheduler
from scraper.clock import WIB, now
from scraper.config import Config
from storage.database import Database
from storage.presence import Presence, bury_dead
from storage.records import jobs
from storage.records.job_history import list_jobs, prune_jobs

START = datetime(2026, 3, 1, 12, tzinfo=WIB)
STEP, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
KEPT = timedelta(days=3)
MONDAYS = [datetime(2026, 3, day, 6, 30, tzinfo=WIB) for day in (2, 9, 16, 23, 30)]
SOURCES = {"warta": 60, "kabar": 240}


@dataclass
class Office:
    """Real scheduler and real rows; the jobs themselves take no time and go well, and only old rows are removed."""

    config: Config
    monkeypatch: pytest.MonkeyPatch
    db: Database = field(init=False)
    presence: Presence = field(init=False)
    scheduler: Scheduler = field(init=False)
    now: datetime = START
    done: list[tuple[str, str, datetime | None, datetime]] = field(default_factory=list)
    """Name, key, planned time and the (true) time of each job."""

    def __post_init__(self) -> None:
        self.db = Database.open(self.config)
        (self.config.data / "sources").mkdir()
        for name, minutes in SOURCES.items():
            (self.config.data / "sources" / f"{name}.toml").write_text(f"every = {minutes}")
        self.start()

    def start(self) -> None:
        self.set_clock(self.now)
        self.presence, self.scheduler = Presence(self.db, self.config.data, "run"), Scheduler(self.db, self.config)

    def die(self) -> None:
        self.presence.lease.abandon()

    def set_clock(self, moment: datetime) -> None:
        self.monkeypatch.setenv("PANTAU_NOW", moment.isoformat())

    def live(self, span: timedelta, *, wrong_by: timedelta = timedelta(0)) -> None:
        """Let time pass; the machine's clock may be wrong all the while."""
        for _ in range(span // STEP):
            self.now += STEP
            self.set_clock(self.now + wrong_by)
            self.presence.beat()
            bury_dead(self.db, self.config.data, lost_after=timedelta(seconds=90))
            self.scheduler.plan()
            self.work()
        self.set_clock(self.now)

    def work(self) -> None:
        while True:
            with self.db.write() as session:
                if (job := jobs.claim_next(session, token=self.presence.token)) is None:
                    return
                jobs.finish(session, job.id, token=self.presence.token, exit_code=0)
                if job.name == "prune":
                    prune_jobs(session, before=now() - KEPT)
            self.done.append((job.name, job.key, job.due_at, self.now))

    def times(self, name: str, key: str = "") -> list[datetime]:
        return [moment for job, of, _, moment in self.done if (job, of) == (name, key)]


@pytest.fixture
def office(sqlite: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("TZ", "America/New_York")  # its clocks change on 8 March
    time.tzset()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    made = Office(sqlite, monkeypatch)
    yield made
    made.presence.leave()
    made.db.close()
    structlog.reset_defaults()
    monkeypatch.undo()
    time.tzset()


def gaps(times: list[datetime]) -> list[timedelta]:
    return [later - earlier for earlier, later in pairwise(times)]


@pytest.mark.slow
def test_a_month_with_all_that_happens_to_an_office(office: Office) -> None:
    office.live(10 * DAY)  # until the 11th, 12.00
    office.die()
    office.start()
    office.live(3 * HOUR)
    office.die()
    office.now = datetime(2026, 3, 18, 9, tzinfo=WIB)  # a week without power, over a Monday
    office.start()
    office.live(STEP)
    assert office.times("digest")[-1] == office.now
    office.live(4 * DAY)
    with office.db.write() as session:
        jobs.submit(session, name="crawl", key="warta", asked_by="test")
        assert jobs.claim_next(session, token=office.presence.token)
    office.die()  # in the middle of a crawl
    office.start()
    office.live(11 * DAY)
    assert [due for name, _, due, _ in office.done if name == "digest"] == MONDAYS
    late = [moment - due for (name, _, due, moment) in office.done if name == "digest" and due]
    assert [delay <= STEP for delay in late] == [True, True, False, True, True]
    nights = [moment.date() for moment in office.times("backup")]
    assert nights == sorted(set(nights))
    assert len(nights) == 10 + 1 + 15, "every night that the machine was on, and once for those that it was off"
    for name, minutes in SOURCES.items():
        *usual, powerless = sorted(gaps(office.times("crawl", name)))
        assert powerless > 6 * DAY
        assert usual[-1] <= timedelta(minutes=minutes) + STEP
    with office.db.read() as session:
        left = list_jobs(session, limit=10_000)
    assert {job.state for job in left} == {"done"}
    assert len(left) < len(office.done) / 5


@pytest.mark.slow
@pytest.mark.parametrize("wrong_by", [400 * DAY, -30 * DAY, 3 * HOUR, -3 * HOUR])
def test_a_clock_that_was_wrong_for_a_while_puts_nothing_off(office: Office, wrong_by: timedelta) -> None:
    office.live(2 * DAY)
    office.live(6 * HOUR, wrong_by=wrong_by)
    before = len(office.done)
    office.live(7 * DAY)
    after = office.done[before:]
    assert [due for name, _, due, _ in after if name == "digest"] == [MONDAYS[1]]
    assert [due for name, _, due, _ in office.done].count(MONDAYS[0]) == 1
    for name, minutes in SOURCES.items():
        times = [moment for job, key, _, moment in after if (job, key) == ("crawl", name)]
        assert max(gaps([office.now - 7 * DAY, *times])) <= timedelta(minutes=minutes) + STEP


@pytest.mark.slow
def test_a_machine_whose_clock_was_wrong_at_its_first_start(office: Office) -> None:
    office.die()
    for years in (-40, 10):
        office.presence.leave()
        office.now = START + years * 365 * DAY
        office.start()
        office.live(HOUR)
        office.die()
    office.now = START
    office.start()
    office.live(8 * DAY)
    assert [due for name, _, due, _ in office.done if name == "digest" and due in MONDAYS] == MONDAYS[:2]
