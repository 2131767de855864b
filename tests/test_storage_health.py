"""The health of sources: silent, blocked, unreachable, drifting or well, told from stored runs and articles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from scraper.clock import WIB, now
from scraper.config import Config
from scraper.items import Article, DatedBy
from storage.crawl_store import CrawlStore, close_killed_runs
from storage.database import Database
from storage.health.checks import SourceHealth, check_sources, last_checks
from storage.health.counted import Stated
from storage.health.drift import Share, binomial_tail
from storage.leases import FOLDER
from storage.records.runs import runs

START = datetime(2026, 1, 5, 9, tzinfo=WIB)
DAY = timedelta(days=1)


class Office:
    """An installation whose sources are crawled day by day."""

    def __init__(self, config: Config, patch: pytest.MonkeyPatch) -> None:
        self.config = config
        self.db = Database.open(config)
        self.day = 0
        self._patch = patch
        self._number = 0

    @property
    def now(self) -> datetime:
        return START + self.day * DAY

    def crawl(
        self,
        articles: int,
        *,
        days: int = 1,
        outcome: str = "finished",
        source: str = "warta",
        dated: bool = True,
        flags: tuple[str, ...] = (),
        no_text: int = 0,
    ) -> None:
        """So many articles a day for some days, each with one run."""
        for _ in range(days):
            self._patch.setenv("PANTAU_NOW", self.now.isoformat())
            store = CrawlStore.open(self.config)
            run = store.start_run(source)
            for _ in range(articles):
                store.save(self.article(source, dated=dated, flags=flags), None, [])
            counts = {"fetched": articles + no_text, "new": articles, "skipped": no_text, "skipped/no-text": no_text}
            store.finish_run(run, counts, outcome)
            store.close()
            self.day += 1

    def article(self, source: str, *, dated: bool = True, flags: tuple[str, ...] = ()) -> Article:
        self._number += 1
        url = f"https://{source}.test/{self._number}"
        moment = DatedBy(value=self.now - timedelta(minutes=5), evidence="json-ld", raw="")
        text = f"Pasar nomor {self._number} dibuka oleh kepala dinas pada hari ke-{self.day}."
        return Article(
            canonical_url=url, url=url, site=source, title=f"Berita {self._number}", text=text,
            published=moment if dated else None, flags=flags, fetched_at=now(),
        )  # fmt: skip

    def check(self, *, paused: tuple[str, ...] = (), **stated: Stated) -> list[SourceHealth]:
        with self.db.write() as session:
            return check_sources(session, stated or {"warta": Stated()}, paused)

    def state(self, **stated: Stated) -> tuple[str, str | None]:
        (found,) = self.check(**stated)
        return found.state, found.reason


@pytest.fixture
def office(config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    office = Office(config, monkeypatch)
    yield office
    office.db.close()


def test_a_source_that_yields_as_ever_is_well(office: Office) -> None:
    office.crawl(3, days=36)
    (found,) = office.check()
    assert (found.state, found.reason) == ("ok", None)
    assert (found.got, found.least) == (21, 8)
    assert found.expected == pytest.approx(21, abs=2.1)
    assert found.weekdays == pytest.approx((3,) * 7, abs=0.1)


@pytest.mark.parametrize(
    ("a_day", "quiet_days", "state"), [(6, 2, "ok"), (6, 3, "silent"), (30, 1, "ok"), (1, 5, "ok"), (1, 10, "silent")]
)
def test_silence_is_told_by_what_was_usual(office: Office, a_day: int, quiet_days: int, state: str) -> None:
    office.crawl(a_day, days=30)
    last = office.now - DAY - timedelta(minutes=5)
    office.crawl(0, days=quiet_days)
    (found,) = office.check()
    assert found.state == state
    if state == "silent":
        assert (found.reason, found.since) == ("no-articles", last)


def test_a_source_that_died_long_ago_stays_silent(office: Office) -> None:
    office.crawl(2, days=30)
    office.crawl(0, days=100)
    assert office.state() == ("silent", "no-articles")


def test_too_few_is_silence_too_until_it_is_usual(office: Office) -> None:
    office.crawl(10, days=30)
    office.crawl(2, days=7)
    assert office.state() == ("silent", "few-articles")
    office.crawl(2, days=70)
    assert office.state() == ("ok", None)


def test_without_history_only_the_profile_can_be_broken(office: Office) -> None:
    office.crawl(1, days=2)
    office.crawl(0, days=6)
    assert office.state() == ("ok", None)
    assert office.state(warta=Stated(per_week=70)) == ("silent", "no-articles")


def test_what_the_profile_states_is_remembered_by_the_next_crawl(office: Office) -> None:
    office.crawl(1)
    office.check(warta=Stated(per_week=70))
    office.crawl(0, days=5)
    with office.db.read() as session:
        assert [found.state for found in last_checks(session)] == ["silent"]


@pytest.mark.parametrize(
    ("outcomes", "state", "reason"),
    [
        (["blocked"], "blocked", "blocked"), (["rate-limited"], "blocked", "rate-limited"),
        (["robots-unreachable"], "unreachable", "robots-unreachable"), (["unavailable"], "unreachable", "unavailable"),
        (["storage-failed"], "failing", "storage-failed"), (["blocked", "finished"], "ok", None),
        (["blocked", "stopped"], "blocked", "blocked"), (["stopped"], "ok", None), (["killed"], "ok", None),
        (["killed"] * 3, "failing", "killed"),
    ],
)  # fmt: skip
def test_the_last_runs_that_tell_something_decide(
    office: Office, outcomes: list[str], state: str, reason: str | None
) -> None:
    office.crawl(2, days=3)
    finished = office.now - DAY
    for outcome in outcomes:
        office.crawl(0, outcome=outcome)
    (found,) = office.check()
    assert (found.state, found.reason) == (state, reason)
    if state != "ok":
        assert found.since == finished


def test_an_outage_of_ours_is_not_held_against_the_source(office: Office) -> None:
    office.crawl(10, days=30)
    office.crawl(0, days=6, outcome="unreachable")
    assert office.state() == ("unreachable", "unreachable")
    office.crawl(10)
    assert office.state() == ("ok", None)


def test_never_stale_paused_and_unknown(office: Office) -> None:
    office.crawl(2, days=2)
    office.day += 5
    office.crawl(1, source="tirta")
    found = office.check(paused=("lama",), warta=Stated(), baru=Stated())
    states = {health.source: health.state for health in found}
    assert states == {"warta": "stale", "baru": "never", "lama": "paused", "tirta": "paused"}


def test_trouble_comes_first_and_keeps_its_beginning(office: Office) -> None:
    office.crawl(9, days=30, source="sunyi")
    office.day -= 30
    office.crawl(9, days=34, source="baik")
    office.day -= 4
    office.crawl(0, days=4, source="sunyi")
    office.crawl(0, source="tutup", outcome="blocked")
    sources = {name: Stated() for name in ("baik", "sunyi", "tutup")}
    first = office.check(**sources)
    assert [health.source for health in first] == ["sunyi", "tutup", "baik"]
    office.day += 1
    assert [health.since for health in office.check(**sources)] == [health.since for health in first]


@pytest.mark.parametrize(
    ("lately", "reason"),
    [
        ({"flags": ("rules-disagree",)}, "rules-disagree"),
        ({"flags": ("profile-empty",)}, "rules-disagree"),
        ({"dated": False}, "undated"),
        ({"no_text": 4}, "no-article"),
        ({"flags": ("title-cut",)}, None),
        ({}, None),
    ],
)
def test_pages_that_change_under_our_reading_drift(office: Office, lately: dict[str, Any], reason: str | None) -> None:
    office.crawl(4, days=25)
    office.crawl(4, days=5, **lately)
    assert office.state() == ("drifting" if reason else "ok", reason)


def test_rules_that_never_fitted_and_promised_dates_need_no_past(office: Office) -> None:
    office.crawl(12, flags=("profile-disagrees",), source="salah")
    office.crawl(12, dated=False)
    found = office.check(salah=Stated(), warta=Stated(dated=0.95))
    assert {health.source: health.reason for health in found} == {"salah": "rules-disagree", "warta": "undated"}


@pytest.mark.parametrize(
    ("lately", "before", "grew"),
    [
        ((10, 20), (2, 100), True), ((3, 20), (2, 100), False), ((9, 9), (0, 100), False), ((10, 10), (0, 9), False),
        ((20, 20), (95, 100), False), ((60, 1000), (10, 1000), False), ((0, 0), (0, 0), False),
    ],
)  # fmt: skip
def test_a_share_grew_where_chance_does_not_explain_it(
    lately: tuple[int, int], before: tuple[int, int], grew: bool
) -> None:
    assert Share(*lately).grew_from(Share(*before)) is grew


def test_binomial_tail() -> None:
    assert binomial_tail(0, 5, 0.3) == pytest.approx(1)
    assert binomial_tail(5, 5, 0.5) == pytest.approx(1 / 32)
    assert binomial_tail(8, 10, 0.5) == pytest.approx(56 / 1024)


def test_runs_of_dead_processes_are_closed_and_living_ones_are_not(office: Office) -> None:
    office.crawl(0)
    store = CrawlStore.open(office.config)
    number = store.start_run("warta")
    store.save(office.article("warta"), None, [])
    assert close_killed_runs(office.db, office.config.data) == []
    store.close()  # without a word, as a killed process ends
    other = CrawlStore.open(office.config)
    with office.db.read() as session:
        run = runs(session)[0]
    assert (run.id, run.outcome, run.counts) == (number, "killed", {"new": 1})
    assert list((office.config.data / FOLDER).glob("*")) == []
    other.close()
