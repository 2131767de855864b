"""How far a list is followed, and by which pages: pure, page by page."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from scraper.crawl.store import ListState
from spiders.walk.lists import DayWalk, PageNews, Walk, page_of, saved_front
from spiders.walk.plan import Plan

FIRST, PULSE = Plan(mode="first"), Plan(mode="pulse")
SEEN = datetime(2026, 3, 1, 5, tzinfo=UTC)


def keys(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"k{number}" for number in range(first, last + 1))


def news(shown: tuple[str, ...], unseen: tuple[str, ...] = (), unknown: tuple[str, ...] | None = None) -> PageNews:
    fresh = frozenset(unseen if unknown is None else unknown)
    return PageNews(keys=shown, unseen=frozenset(unseen), unknown=fresh, new=fresh)


def follow(walk: Walk, plan: Plan, *pages: PageNews, covered: bool = False) -> str:
    """Where a list stands after these pages: the number of the page that it asks next, ``rest`` or ``end``."""
    for number, page in enumerate(pages, start=2):
        repeated = not walk.note(page)
        walk.follow(f"/indeks?page={number}", page, plan, repeated=repeated, covered=covered)
        walk.pages.add(page_of(f"/indeks?page={number}"))
        if walk.waiting is None:
            return "end"
    return "rest" if walk.rests else walk.waiting.rpartition("=")[2]


def of_last_run(*front: str) -> ListState:
    return ListState(url="/indeks", seen_at=SEEN, front=front)


@pytest.mark.parametrize(
    ("pages", "where"),
    [
        ([news(keys(1, 3), keys(1, 3))], "2"),
        ([news(keys(1, 3), keys(1, 3)), news(keys(4, 6))], "3"),
        ([news(keys(1, 3), keys(1, 3)), news(keys(4, 6)), news(keys(7, 9))], "rest"),
        ([news(keys(1, 3), keys(1, 3)), news(keys(4, 6)), news(keys(7, 9), keys(7, 9))], "4"),
        ([news(keys(1, 3), keys(1, 3)), news(keys(1, 3))], "end"),
        ([news(()), news(())], "rest"),
    ],
)
def test_first_crawl_follows_what_brings_anything_unseen(pages: list[PageNews], where: str) -> None:
    assert follow(Walk(url="/indeks", kind="listing"), FIRST, *pages) == where


def test_listing_that_archives_cover_rests_at_once() -> None:
    walk = Walk(url="/indeks", kind="listing")
    assert follow(walk, FIRST, news(keys(1, 9)), covered=True) == "rest"
    assert walk.covered


@pytest.mark.parametrize(
    ("front", "shown", "unknown", "where"),
    [
        (keys(1, 8), ("n1", *keys(1, 7)), ("n1",), "end"),
        (keys(1, 8), ("n1", "n2", "n3"), ("n1", "n2", "n3"), "2"),
        (keys(1, 8), ("k1", "n1", "n2", "n3"), ("n1", "n2", "n3"), "2"),
        (keys(1, 8), keys(1, 8), (), "end"),
        ((), ("n1", "n2"), ("n1", "n2"), "2"),
        ((), keys(1, 3), (), "end"),
    ],
    ids=["met", "all new", "one pinned", "nothing new", "was empty", "was empty, known"],
)
def test_ordinary_run_follows_down_to_the_last_one(
    front: tuple[str, ...], shown: tuple[str, ...], unknown: tuple[str, ...], where: str
) -> None:
    walk = Walk(url="/indeks", kind="listing", state=of_last_run(*front))
    assert follow(walk, PULSE, news(shown, unknown)) == where


def test_known_pages_do_not_end_a_list_after_a_run_that_broke_off() -> None:
    known = [news(keys(10 * number, 10 * number + 9)) for number in range(1, 12)]
    walk = Walk(url="/indeks", kind="listing", state=of_last_run("far-away"))
    assert follow(walk, Plan(mode="sweep", deep=True), *known[:9]) == "10"
    assert follow(walk, Plan(mode="sweep", deep=True), known[9]) == "end"


def test_archives_are_walked_through_what_is_known() -> None:
    plan = Plan(mode="since", since=date(2026, 1, 1))
    pages = [news(keys(10 * number, 10 * number + 9)) for number in range(1, 40)]
    assert follow(Walk(url="/indeks", kind="listing"), plan, *pages) == "40"


def test_front_is_kept_without_what_surrounds_the_list() -> None:
    walk = Walk(url="/indeks", kind="listing")
    walk.note(news(("k1", "k2", "popular"), ("k1", "k2", "popular")))
    walk.note(news(("k3", "k4", "popular"), ("k3", "k4")))
    assert saved_front(walk, ()) == ("k1", "k2")
    later = Walk(url="/indeks", kind="listing", state=of_last_run("k1", "k2"))
    later.note(news(("n1", "k1", "k2", "popular", "other"), ("n1",)))
    assert saved_front(later, {"n1"}) == ("n1", "k1", "k2")


def days(plan: Plan, pages: dict[int, tuple[str, ...]], state: ListState | None = None, today: int = 20) -> list[int]:
    """The days of March that a list by day asks; ``pages`` are the unseen articles of each."""
    walk = DayWalk(url="/{date:%Y-%m-%d}", kind="dated", day=date(2026, 3, today), state=state)
    asked = []
    for _ in range(40):
        asked.append(walk.day.day if walk.day.month == 3 else 0)
        page = news(pages.get(asked[-1], ()), pages.get(asked[-1], ()))
        walk.follow(None, page, plan, repeated=not walk.note(page), covered=False)
        if walk.waiting is None:
            break
    return asked


def test_days_are_walked_back_until_enough_were_empty() -> None:
    every_day = {day: (f"d{day}",) for day in range(15, 21)}
    assert days(FIRST, every_day) == list(range(20, 10, -1))
    with_gaps = {20: ("a",), 16: ("b",)}
    assert days(FIRST, with_gaps) == list(range(20, 5, -1))


def test_days_end_at_the_last_run_or_at_the_day_wanted() -> None:
    seen = ListState(url="/{date:%Y-%m-%d}", seen_at=datetime(2026, 3, 18, 20, tzinfo=UTC), front=("x",))
    assert days(PULSE, {}, seen) == [20, 19]  # that was the 19th in Jakarta
    assert days(Plan(mode="since", since=date(2026, 3, 17)), {}) == [20, 19, 18, 17]
