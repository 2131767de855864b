"""What a run sets out to do, which lists show what is new, and what is kept of them: pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from scraper.crawl.store import ListState, Validators
from spiders.lists.feeds import Entry
from spiders.walk.children import wanted_children
from spiders.walk.keeping import moments, next_pulse, states_to_keep
from spiders.walk.lists import PageNews, Walk
from spiders.walk.plan import Plan, choose, make_plan
from spiders.walk.pulse import Reach, Shown, learn_pulse, newest_groups, reach

NOW = datetime(2026, 3, 10, 8, tzinfo=UTC)
RECENT, LONG_AGO = NOW - timedelta(days=2), NOW - timedelta(days=8)
SINCE = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("since", "swept", "complete", "pulse", "mode", "deep"),
    [
        (None, None, True, False, "first", False),
        (None, RECENT, True, True, "pulse", False),
        (None, RECENT, True, False, "sweep", False),
        (None, LONG_AGO, True, True, "sweep", False),
        (None, RECENT, False, True, "sweep", True),
        (SINCE, RECENT, True, True, "since", False),
    ],
)
def test_plan(since: date | None, swept: datetime | None, complete: bool, pulse: bool, mode: str, deep: bool) -> None:
    plan = make_plan(since=since, swept=swept, complete=complete, pulse=pulse, now=NOW)
    assert (plan.mode, plan.deep) == (mode, deep)


def test_ordinary_run_asks_pulse_new_and_failed_lists_first() -> None:
    states = {
        "/feed": ListState(url="/feed", seen_at=RECENT, front=("a",), pulse=True),
        "/a": ListState(url="/a", seen_at=RECENT, front=("a",)),
        "/b": ListState(url="/b", seen_at=LONG_AGO, front=("a",)),
        "/left-out": ListState(url="/left-out"),
        "/gone": ListState(url="/gone", seen_at=RECENT),
        "/failed": ListState(url="/failed", seen_at=RECENT, front=("a",)),
    }
    lists = ["/new", *states]
    choice = choose(Plan(mode="pulse"), lists, states, ["/failed"])
    assert choice.now == ("/feed", "/new", "/failed")
    assert choice.later == ("/left-out", "/b", "/a")
    assert choose(Plan(mode="sweep"), lists, states, []).now == tuple(lists)


DATES = {f"k{number}": NOW - timedelta(hours=number) for number in range(1, 41)}


def keys(*numbers: int) -> tuple[str, ...]:
    return tuple(f"k{number}" for number in numbers)


MOST = keys(*(number for number in range(1, 41) if number % 10))


def lists(**shown: tuple[str, ...]) -> list[Shown]:
    return [Shown(url=name, kind="feed" if name == "feed" else "listing", keys=found) for name, found in shown.items()]


@pytest.mark.parametrize(
    ("shown", "pulse"),
    [
        ({"feed": keys(*range(1, 11)), "index": keys(*range(1, 41)), "sport": keys(*range(3, 40, 3))}, {"feed"}),
        ({"feed": keys(*range(1, 10)), "index": MOST, "opinion": keys(10, 20, 30)}, {"feed", "opinion"}),
        ({"index": MOST, "opinion": keys(10, 20, 30, 40)}, {"index", "opinion"}),
        ({"a": keys(*range(1, 41, 2)), "b": keys(*range(2, 41, 2))}, {"a", "b"}),
        ({"feed": keys(*range(4, 14)), "index": keys(*range(1, 11))}, {"index"}),
        ({"popular": keys(7, 30, 22, 35, 39, 40, 38, 36), "index": keys(*range(1, 11))}, {"index"}),
        ({}, set()),
    ],
    ids=[
        "a feed does", "one section is left out of all", "one section is left out", "two halves", "a feed that lags",
        "what is popular", "no list",
    ],
)  # fmt: skip
def test_pulse(shown: dict[str, tuple[str, ...]], pulse: set[str]) -> None:
    assert learn_pulse(lists(**shown), DATES) == pulse


def test_pulse_without_dates_has_the_first_of_every_list() -> None:
    shown = lists(index=keys(1, 2, 3, 4, 5, 6), a=keys(1, 3, 5, 7), b=keys(2, 4, 6), rare=keys(30, 31))
    assert learn_pulse(shown, {}) == {"index", "rare"}


def test_sitemap_below_an_index_needs_the_index() -> None:
    below = Shown(url="posts-1", kind="sitemap", keys=keys(*range(1, 41)), parent="index")
    assert learn_pulse([below], DATES) == {"posts-1", "index"}


def test_articles_of_one_moment_have_no_order() -> None:
    groups = [{"a", "b"}, {"c", "d", "e", "f"}]
    assert reach(groups, {"a", "b", "c"}) == Reach(3, 1)
    assert reach(groups, {"b"}) == Reach(1, 0)
    assert reach(groups, {"d"}) == Reach()


def test_a_mere_day_counts_only_where_most_have_no_time() -> None:
    dates = {
        "early": datetime(2026, 3, 4, 2, tzinfo=UTC),
        "late": datetime(2026, 3, 4, 9, tzinfo=UTC),
        "some time": date(2026, 3, 4),
        "before": date(2026, 3, 3),
    }
    assert newest_groups({*dates, "undated"}, dates) == [{"late"}, {"early"}]
    assert newest_groups(dates.keys() - {"late"}, dates) == [{"early", "some time"}, {"before"}]


def walk(url: str, shown: tuple[str, ...], *, new: tuple[str, ...] = (), state: ListState | None = None) -> Walk:
    found = Walk(url=url, kind="listing", state=state, validators=Validators(etag='"now"'))
    found.pages.add(url)
    found.note(PageNews(keys=shown, unseen=frozenset(new), unknown=frozenset(new), new=frozenset(new)))
    return found


def test_list_that_alone_showed_news_joins_the_pulse() -> None:
    before = {
        "/feed": ListState(url="/feed", seen_at=RECENT, front=keys(5), pulse=True),
        "/rare": ListState(url="/rare", seen_at=RECENT, front=keys(6)),
        "/old": ListState(url="/old", seen_at=RECENT, front=keys(7)),
    }
    walks = [
        walk("/feed", keys(1, 5), new=keys(1), state=before["/feed"]),
        walk("/rare", keys(2, 6), new=keys(2), state=before["/rare"]),
        walk("/old", ("ancient", "k7"), new=("ancient",), state=before["/old"]),
    ]
    dates = {**DATES, "ancient": LONG_AGO - timedelta(days=300)}
    new = {*keys(1, 2), "ancient"}
    pulse = next_pulse(walks, Plan(mode="pulse"), before=before, dates=dates, new=new, swept=LONG_AGO)
    assert pulse == {"/feed", "/rare"}
    kept = {
        state.url: state for state in states_to_keep(walks, before=before, pulse=pulse, new=new, owed={"k2"}, now=NOW)
    }
    assert [url for url, state in kept.items() if state.pulse] == ["/feed", "/rare"]
    assert kept["/feed"].validators == Validators(etag='"now"')
    assert kept["/rare"].validators == Validators(), "it shows an article that is still owed"


def test_list_that_answered_with_nothing_new_keeps_its_front() -> None:
    state = ListState(url="/feed", validators=Validators(etag='"a"'), seen_at=LONG_AGO, front=keys(1, 2), pulse=True)
    asked = Walk(url="/feed", kind="feed", state=state, unchanged=True, pages={"/feed"})
    [kept] = states_to_keep([asked], before={"/feed": state}, pulse={"/feed"}, new=(), owed=(), now=NOW)
    assert (kept.front, kept.validators, kept.seen_at) == (keys(1, 2), Validators(etag='"a"'), NOW)


def test_moments_of_days_and_times() -> None:
    found = moments({"a": "2026-03-01", "b": "2026-03-01T10:00:00+07:00", "c": "kemarin"})
    assert found == {"a": date(2026, 3, 1), "b": datetime(2026, 3, 1, 3, tzinfo=UTC)}


def entry(url: str, day: int | None = None) -> Entry:
    return Entry(f"https://k.example/{url}", changed=datetime(2026, 3, day, tzinfo=UTC) if day else None)


def named(children: list[str]) -> list[str]:
    return [url.rpartition("/")[2] for url in children]


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["post-sitemap.xml", "page-sitemap.xml", "category-sitemap.xml", "author-sitemap.xml"], ["post-sitemap.xml"]),
        (["wp-sitemap-posts-post-1.xml", "wp-sitemap-posts-page-1.xml", "wp-sitemap-taxonomies-post_tag-1.xml",
          "wp-sitemap-users-1.xml"], ["wp-sitemap-posts-post-1.xml"]),
        (["sitemap-page-2.xml", "sitemap-page-3.xml"], ["sitemap-page-2.xml", "sitemap-page-3.xml"]),
        (["sitemap-tags.xml"], ["sitemap-tags.xml"]),
        (["halaman.xml.gz", "2026-03.xml.gz"], ["halaman.xml.gz", "2026-03.xml.gz"]),
    ],
)  # fmt: skip
def test_sitemaps_of_other_things_are_left_out(names: list[str], wanted: list[str]) -> None:
    assert named(wanted_children([entry(name) for name in names], plan=Plan(mode="first"), state=None)) == wanted


def test_only_changed_sitemaps_are_asked_again() -> None:
    children = [entry("jan.xml", 1), entry("feb.xml", 5), entry("mar.xml", 9), entry("new.xml", 2)]
    state = ListState(url="i", seen_at=datetime(2026, 3, 8, tzinfo=UTC), front=tuple(e.url for e in children[:3]))
    assert named(wanted_children(children, plan=Plan(mode="pulse"), state=state)) == ["mar.xml", "new.xml"]
    assert named(wanted_children(children, plan=Plan(mode="since", since=date(2026, 3, 4)), state=state)) == [
        "mar.xml",
        "feb.xml",
    ]
