"""Expected yields: learned by weekday from the last weeks, and the tail that tells chance from silence."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from storage.health.yields import DOUBT, Yield, learn, poisson_tail

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def weeks(*counts: list[int]) -> dict[date, int]:
    """Counts by day of the weeks before MONDAY, the latest week last."""
    days = [count for week in counts for count in week]
    return {MONDAY - (len(days) - at) * DAY: count for at, count in enumerate(days) if count}


@pytest.mark.parametrize(
    ("got", "expected", "tail"),
    [(0, 0, 1.0), (0, 1, 0.367879), (2, 2, 0.676676), (0, 7, 0.000912), (10, 20, 0.010812), (500, 500, 0.511891)],
)
def test_poisson_tail(got: int, expected: float, tail: float) -> None:
    assert poisson_tail(got, expected) == pytest.approx(tail, abs=1e-6)


def test_weekdays_are_learned() -> None:
    learned = learn(weeks(*[[10, 10, 10, 10, 10, 2, 0]] * 5), until=MONDAY)
    assert learned.weeks == 5
    assert learned.spread == 1.0
    assert sum(learned.weekdays) == pytest.approx(52)
    assert learned.weekdays[0] == pytest.approx(10, abs=0.1)
    assert learned.weekdays[5] == pytest.approx(2, abs=0.1)
    assert learned.weekdays[6] < 0.05


def test_weekdays_do_not_depend_on_the_day_of_the_check() -> None:
    days = weeks(*[[9, 8, 7, 6, 5, 4, 3]] * 6)
    for later in range(7):
        learned = learn(days, until=MONDAY - later * DAY)
        assert learned.weekdays[0] == pytest.approx(9, abs=0.1)
        assert learned.weekdays[6] == pytest.approx(3, abs=0.1)


def test_a_burst_and_a_hole_do_not_decide() -> None:
    usual, burst, hole = [3] * 7, [30] * 7, [0, 0, 0, 0, 0, 0, 1]
    learned = learn(weeks(usual, hole, usual, burst, usual, usual), until=MONDAY)
    assert sum(learned.weekdays) == pytest.approx(21)
    assert learned.spread == 6.0


@pytest.mark.parametrize(
    ("history", "stated", "weekly"),
    [
        ([], 0, 0), ([], 20, 20), ([[1] * 7], 0, 7), ([[1] * 7], 28, 21), ([[1] * 7] * 2, 28, 14),
        ([[1] * 7] * 3, 28, 7), ([[0, 0, 0, 5, 1, 1, 1], [2] * 7], 0, 14),
    ],
)  # fmt: skip
def test_the_profiles_word_stands_until_there_are_weeks(history: list[list[int]], stated: int, weekly: float) -> None:
    assert sum(learn(weeks(*history), until=MONDAY, stated=stated).weekdays) == pytest.approx(weekly)


def test_weeks_without_a_crawl_teach_nothing() -> None:
    days = weeks([4] * 7, [4] * 7, [4] * 7, [1, 0, 0, 0, 0, 0, 0], [0] * 6 + [1])
    broken = [MONDAY - at * DAY for at in range(2, 14)]
    assert sum(learn(days, until=MONDAY, broken=broken).weekdays) == pytest.approx(28)


def test_days_are_added_up_and_some_left_out() -> None:
    usual = Yield(weekdays=(9, 8, 7, 6, 5, 4, 3))
    assert usual.expected(MONDAY, MONDAY + 3 * DAY) == 24
    assert usual.expected(MONDAY - DAY, MONDAY + 7 * DAY) == 45
    assert usual.expected(MONDAY, MONDAY + 3 * DAY, without={MONDAY + DAY}) == 16
    assert usual.expected(MONDAY, MONDAY) == usual.expected(MONDAY, MONDAY - DAY) == 0


@pytest.mark.parametrize(
    ("expected", "spread", "least"), [(0, 1, 0), (5, 1, 0), (10, 1, 2), (100, 1, 71), (100, 4, 44)]
)
def test_least_is_the_smallest_count_that_is_no_alarm(expected: float, spread: float, least: int) -> None:
    usual = Yield(spread=spread)
    assert usual.least(expected) == least
    assert not usual.too_few(least, expected)
    assert least == 0 or usual.too_few(least - 1, expected)


def test_sources_that_are_well_raise_few_alarms() -> None:
    chance = random.Random(7)
    alarms = checks = 0
    for _ in range(60):
        rate = chance.choice([0.5, 2, 8, 25])
        days = {MONDAY - at * DAY: sum(chance.random() < rate / 100 for _ in range(100)) for at in range(1, 24 * 7)}
        for back in range(0, 14 * 7, 7):
            first = MONDAY - (back + 7) * DAY
            usual = learn(days, until=first)
            got = sum(days.get(first + at * DAY, 0) for at in range(7))
            alarms += usual.too_few(got, sum(usual.weekdays))
            checks += 1
    assert alarms / checks < 5 * DOUBT
