"""What is due, as a function of now and the past: tables, and any history of wakings and clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.jobs.due import LONGEST_PAUSE, Due, due_jobs, pause_after
from pantau.jobs.rhythm import Appointment, Rhythm
from scraper.clock import WIB
from scraper.config import load_config
from scraper.errors import ConfigError
from storage.records.job_history import Past

HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
RHYTHM = Rhythm(
    crawl_every=HOUR,
    digest=Appointment(at=time(6, 30), weekday=0),
    daily_alerts=Appointment(at=time(7)),
    backup=Appointment(at=time(2)),
    prune=Appointment(at=time(3)),
)
MONDAY = datetime(2026, 3, 2, tzinfo=WIB)
SINCE = MONDAY - 30 * DAY


def at(text: str) -> datetime:
    """``Mon 06:30``, in the week of Monday, 2 March 2026."""
    day, _, clock = text.partition(" ")
    hour, minute = clock.split(":")
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    return MONDAY + names.index(day) * DAY + int(hour) * HOUR + int(minute) * MINUTE


def due(now: datetime, past: dict[tuple[str, str], Past] | None = None, **values: object) -> list[str]:
    found = due_jobs(now, **({"past": past or {}, "rhythm": RHYTHM, "sources": {}, "since": SINCE} | values))  # type: ignore[arg-type]
    return [f"{job.name} {job.key}".strip() for job in found]


@pytest.mark.parametrize(
    ("now", "latest"),
    [
        ("2026-03-02T06:29:59+07:00", "2026-02-23T06:30:00+07:00"),
        ("2026-03-02T06:30:00+07:00", "2026-03-02T06:30:00+07:00"),
        ("2026-03-01T23:30:00+00:00", "2026-03-02T06:30:00+07:00"),
        ("2026-03-01T18:30:00-05:00", "2026-03-02T06:30:00+07:00"),
        ("2026-03-08T23:59:59+07:00", "2026-03-02T06:30:00+07:00"),
        ("2026-03-29T02:30:00+01:00", "2026-03-23T06:30:00+07:00"),  # a clock change in Europe
    ],
)
def test_the_latest_monday_morning_is_that_of_jakarta(now: str, latest: str) -> None:
    assert RHYTHM.digest.latest(datetime.fromisoformat(now)) == datetime.fromisoformat(latest)


@pytest.mark.parametrize(
    ("now", "answered", "is_due"),
    [
        ("Mon 06:29", "Mon 00:00", False),
        ("Mon 06:30", "Mon 00:00", True),
        ("Thu 17:00", "Mon 00:00", True),
        ("Thu 17:00", "Mon 06:30", False),
        ("Sun 23:59", "Mon 06:30", False),
    ],
)
def test_the_digest_is_sent_on_monday_or_as_soon_as_it_can_be(now: str, answered: str, is_due: bool) -> None:
    last = at(answered) if answered != "Mon 00:00" else at("Mon 06:30") - 7 * DAY
    assert ("digest" in due(at(now), {("digest", ""): Past(answered_due=last)})) is is_due


def test_three_missed_mondays_are_one_digest() -> None:
    past = {("digest", ""): Past(answered_due=at("Mon 06:30") - 28 * DAY)}
    (found,) = [
        job
        for job in due_jobs(at("Wed 10:00"), past=past, rhythm=RHYTHM, sources={}, since=SINCE)
        if job.name == "digest"
    ]
    assert found == Due(name="digest", at=at("Mon 06:30"))


@pytest.mark.parametrize("since", [None, at("Mon 06:30"), at("Tue 09:00")])
def test_nothing_planned_before_the_first_start_is_caught_up(since: datetime | None) -> None:
    assert "digest" not in due(at("Tue 09:00"), since=since)
    assert "digest" in due(at("Tue 09:00") + 7 * DAY, since=since or at("Tue 09:00"))


@pytest.mark.parametrize(
    ("answered", "every", "is_due"),
    [
        (None, HOUR, True),
        (59 * MINUTE, HOUR, False),
        (HOUR, HOUR, True),
        (59 * MINUTE, 15 * MINUTE, True),
        (9 * DAY, HOUR, True),
    ],
)
def test_a_source_is_crawled_at_its_own_rhythm(answered: timedelta | None, every: timedelta, is_due: bool) -> None:
    now = at("Tue 12:00")
    past = {("crawl", "warta"): Past(answered_at=now - answered if answered else None)}
    assert ("crawl warta" in due(now, past, sources={"warta": every})) is is_due


def test_the_longest_waiting_source_comes_first() -> None:
    now = at("Tue 12:00")
    past = {("crawl", name): Past(answered_at=now - hours * HOUR) for name, hours in (("a", 2), ("b", 5), ("c", 3))}
    found = due(now, past, sources=dict.fromkeys("abc", HOUR))
    assert [job for job in found if job.startswith("crawl")] == ["crawl b", "crawl c", "crawl a"]


@pytest.mark.parametrize(
    ("tagged", "crawled", "is_due"),
    [(30, 20, True), (30, 40, False), (4, 1, False), (61, 90, True), (5, 5, True)],
)
def test_tagging_follows_the_crawls_but_not_each_at_once(tagged: int, crawled: int, is_due: bool) -> None:
    now = at("Tue 12:00")
    past = {
        ("tag", ""): Past(answered_at=now - tagged * MINUTE),
        ("crawl", "warta"): Past(succeeded_at=now - crawled * MINUTE),
    }
    assert ("tag" in due(now, past)) is is_due


@pytest.mark.parametrize(("mail", "is_due"), [(None, False), (MINUTE, True), (-MINUTE, False)])
def test_a_mail_that_failed_is_tried_again_at_its_time(mail: timedelta | None, is_due: bool) -> None:
    now = at("Tue 12:00")
    past = {("digest", ""): Past(answered_due=at("Mon 06:30"), answered_at=at("Mon 06:30"))}
    assert ("digest" in due(now, past, mail_at=now - mail if mail else None)) is is_due
    past["digest", ""] = replace(past["digest", ""], answered_at=now - 2 * MINUTE)
    assert "digest" not in due(now, past, mail_at=now - MINUTE)


@pytest.mark.parametrize(("failures", "minutes"), [(0, 0), (1, 5), (2, 10), (3, 20), (7, 320), (8, 360), (1000, 360)])
def test_what_fails_is_left_alone_ever_longer(failures: int, minutes: int) -> None:
    assert pause_after(failures) == minutes * MINUTE


@pytest.mark.parametrize("job", [("digest", ""), ("crawl", "warta"), ("tag", ""), ("backup", ""), ("alerts", "")])
def test_nothing_is_due_that_waits_runs_or_has_just_failed(job: tuple[str, str]) -> None:
    now, name = at("Tue 12:00"), " ".join(job).strip()
    assert name in due(now, {}, sources={"warta": HOUR})
    assert name not in due(now, {job: Past(open=True)}, sources={"warta": HOUR})
    assert name not in due(now, {job: Past(failures=2, failed_at=now - 9 * MINUTE)}, sources={"warta": HOUR})
    assert name in due(now, {job: Past(failures=2, failed_at=now - 10 * MINUTE)}, sources={"warta": HOUR})


@pytest.mark.parametrize(
    ("per_week", "minutes"), [(0, 60), (3, 180), (70, 144), (200, 50.4), (1000, 15), (1e9, 15), (-1, 60)]
)
def test_a_source_is_crawled_about_as_often_as_it_publishes(per_week: float, minutes: float) -> None:
    assert RHYTHM.crawl_interval(per_week) == minutes * MINUTE


def test_the_settings_give_the_rhythm() -> None:
    environ = {"PANTAU_CRAWL_EVERY": "60", "PANTAU_DIGEST_DAY": "senin", "PANTAU_DIGEST_TIME": "6:30"}
    assert Rhythm.from_config(load_config(environ=environ)) == RHYTHM
    assert Rhythm.from_config(load_config(environ={})) == RHYTHM


@pytest.mark.parametrize(
    ("setting", "value"),
    [("BACKUP_AT", "2"), ("CRAWL_EVERY", "0"), ("CRAWL_EVERY", "1.5"), ("JOBS_AT_ONCE", "-1"), ("LOG_FORMAT", "xml")],
)
def test_a_setting_that_cannot_be_read_is_named(setting: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"PANTAU_{setting}"):
        load_config(environ={f"PANTAU_{setting}": value})


def test_copies_can_be_off() -> None:
    assert Rhythm.from_config(load_config(environ={"PANTAU_BACKUP_AT": "off"})).backup is None
    assert Rhythm.from_config(load_config(environ={}), copies=False).backup is None


moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)).map(lambda naive: naive.replace(tzinfo=WIB))


class Office:
    """Keeps the past as storage does, which moves what was done ahead of now to now."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str, datetime, datetime]] = []

    def past(self, now: datetime) -> dict[tuple[str, str], Past]:
        self.done = [(name, key, planned, min(ran, now)) for name, key, planned, ran in self.done]
        found: dict[tuple[str, str], Past] = {}
        for name, key, planned, ran in self.done:
            before = found.get((name, key), Past())
            dues = [due for due in (planned, before.answered_due) if due and due <= now]
            last = max(ran, before.answered_at or ran)
            found[name, key] = Past(answered_due=max(dues, default=None), answered_at=last, succeeded_at=last)
        return found

    def wake(self, now: datetime) -> list[Due]:
        found = due_jobs(
            now, past=self.past(now), rhythm=RHYTHM, sources={"a": HOUR, "b": 3 * HOUR}, since=SINCE - 999 * DAY
        )
        self.done += [(job.name, job.key, job.at, now) for job in found]
        return found


@given(st.lists(moments, min_size=1, max_size=30))
def test_whatever_the_clock_does_each_monday_is_answered_once_and_nothing_is_put_off(times: list[datetime]) -> None:
    office, mondays = Office(), set[datetime]()
    for now in times:
        found = office.wake(now)
        assert all(job.at <= now for job in found)
        sent = {job.at for job in found if job.name == "digest"}
        assert not sent & mondays
        mondays |= sent
        assert office.past(now)["digest", ""].answered_due == RHYTHM.digest.latest(now)
        again = office.wake(now)
        assert {job.name for job in again} <= {"tag", "alerts"}, "only what follows others"
        last = {key: past.answered_at for key, past in office.past(now).items()}
        assert now - (last["crawl", "a"] or SINCE) < HOUR
        assert now - (last["crawl", "b"] or SINCE) < 3 * HOUR


@given(st.lists(st.integers(1, 400), min_size=5, max_size=60))
def test_whoever_wakes_now_and_then_sends_the_latest_digest_and_no_other(minutes: list[int]) -> None:
    office, now, sent = Office(), at("Mon 00:00"), []
    for step in minutes:
        now += step * 10 * MINUTE
        sent += [job.at for job in office.wake(now) if job.name == "digest"]
    assert sent == sorted(set(sent))
    assert all(moment.weekday() == 0 and moment.time() == time(6, 30) for moment in sent)
    assert not sent or sent[-1] == RHYTHM.digest.latest(now)


@given(st.integers(1, 50), moments)
def test_what_keeps_failing_is_tried_for_ever_but_seldom(failures: int, now: datetime) -> None:
    past = {("digest", ""): Past(failures=failures, failed_at=now)}
    assert "digest" not in due(now, past, since=SINCE - 999 * DAY)
    assert "digest" in due(now + LONGEST_PAUSE, past, since=SINCE - 999 * DAY)
