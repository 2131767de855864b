"""Second looks: when they are due, what they leave behind, and what the lists of a source showed last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import inspect

import scraper.crawl.store as protocol
from scraper.clock import WIB
from scraper.config import Config
from scraper.crawl.store import ListState, Reread, Validators
from scraper.items import Article, DatedBy
from storage.crawl_store import CrawlStore
from storage.database import Database
from storage.engine import for_writing
from storage.records.articles import get_article
from storage.records.changes import last_change
from storage.records.looks import due_counts
from storage.records.schedule import next_look
from storage.schema import alembic_config

START = datetime(2026, 3, 2, 8, 0, tzinfo=WIB)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URL = "https://warta.test/baca/1"
HALF_PAST = DatedBy(value=START - HOUR / 2, evidence="json-ld", raw="")


@pytest.mark.parametrize(
    ("age", "after"),
    [
        (0 * HOUR, 1 * HOUR), (0.9 * HOUR, 1 * HOUR), (1 * HOUR, 3 * HOUR), (5 * HOUR, 12 * HOUR), (12 * HOUR, 1 * DAY),
        (1 * DAY, 3 * DAY), (2 * DAY, 3 * DAY), (3 * DAY, 7 * DAY), (8 * DAY, 14 * DAY), (20 * DAY, 30 * DAY),
        (30 * DAY, None), (44 * DAY, None), (300 * DAY, None),
    ],
)  # fmt: skip
def test_looks_decay_with_the_age_of_the_page(age: timedelta, after: timedelta | None) -> None:
    due = next_look(now=START + age, first_seen=START, published=START, looks=1)
    assert due == (START + after if after else None)


@pytest.mark.parametrize(
    ("published", "after"),
    [
        (None, HOUR), (START + 3 * DAY, HOUR), (START - 0.5 * HOUR, 0.5 * HOUR), (START - 10 * HOUR, 2 * HOUR),
        (START - 2 * DAY, DAY), (START - 5 * DAY, DAY), (START - 31 * DAY, DAY), (START - 44.5 * DAY, None),
        (START - 46 * DAY, None), (START - 4000 * DAY, None),
    ],
)  # fmt: skip
def test_first_look_comes_within_a_day_unless_the_article_is_old(
    published: datetime | None, after: timedelta | None
) -> None:
    due = next_look(now=START, first_seen=START, published=published)
    assert due == (START + after if after else None)


@pytest.mark.parametrize(
    ("since_change", "after"),
    [(0 * HOUR, 3 * HOUR), (2 * HOUR, 3 * HOUR), (3 * HOUR, 12 * HOUR), (12 * HOUR, DAY), (25 * HOUR, 3 * DAY)],
)
def test_a_change_starts_the_looks_again(since_change: timedelta, after: timedelta) -> None:
    changed = START + 5 * DAY
    due = next_look(now=changed + since_change, first_seen=START, published=START, changed_at=changed, looks=6)
    assert due == changed + after


def test_a_change_keeps_no_article_in_sight_for_ever() -> None:
    changed = START + 44 * DAY
    assert next_look(now=changed, first_seen=START, published=START, changed_at=changed, looks=9) == changed + 3 * HOUR
    assert next_look(now=changed + DAY, first_seen=START, published=START, changed_at=changed, looks=12) is None


def make(number: int = 1, *, published: DatedBy = HALF_PAST, **changes: str) -> Article:
    url = f"https://warta.test/baca/{number}"
    values = {"site": "warta", "title": f"Berita {number}", "text": "Pasar dibuka lagi."}
    return Article(canonical_url=url, url=url, published=published, **(values | changes))  # type: ignore[arg-type]


class Clock:
    """The project's clock, moved by hand."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def set(self, moment: datetime) -> None:
        self._patch.setenv("PANTAU_NOW", moment.isoformat())


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.set(START)
    return clock


@pytest.fixture
def crawl(config: Config, clock: Clock) -> Iterator[CrawlStore]:
    store: protocol.CrawlStore = CrawlStore.open(config)
    assert isinstance(store, CrawlStore)
    yield store
    store.close()


def read(config: Config, article: Article) -> tuple[datetime | None, int, int]:
    """When it was removed, its versions, and the last change number of the database."""
    db = Database.open(config)
    with db.read() as session:
        stored = get_article(session, article.id)
        assert stored is not None
        found = stored.removed_at, len(stored.versions), last_change(session)
    db.close()
    return found


def test_due_ones_come_youngest_first_with_what_their_site_said(crawl: CrawlStore, clock: Clock) -> None:
    older = DatedBy(value=date(2026, 3, 1), evidence="url", raw="")
    crawl.save(make(1, published=older), None, [], validators=Validators(etag='"a"'))
    crawl.save(make(2), None, [], validators=Validators(last_modified="Mon, 02 Mar 2026 00:30:00 GMT"))
    crawl.save(make(3, site="tirta"), None, [])
    crawl.save(replace(make(4), url=None, canonical_url="urn:sha256:4"), None, [])
    assert crawl.due("warta", limit=9) == []
    clock.set(START + DAY)
    second = Reread(
        key=make(2).canonical_url,
        url=make(2).canonical_url,
        validators=Validators(last_modified="Mon, 02 Mar 2026 00:30:00 GMT"),
    )
    first = Reread(key=URL, url=URL, validators=Validators(etag='"a"'))
    assert crawl.due("warta", limit=9) == [second, first]
    assert crawl.due("warta", limit=1) == [second]


def test_a_look_plans_the_next_one_and_changes_nothing_else(config: Config, crawl: CrawlStore, clock: Clock) -> None:
    article = make()
    crawl.save(article, None, [])
    clock.set(START + HOUR)
    assert len(crawl.due("warta", limit=9)) == 1
    crawl.looked(article.canonical_url, "unchanged")
    assert crawl.due("warta", limit=9) == []
    clock.set(START + 3 * HOUR)
    assert crawl.save(article, None, []) == "same"
    assert crawl.due("warta", limit=9) == []
    assert read(config, article) == (None, 0, 1)


def test_a_changed_text_is_looked_at_again_soon(config: Config, crawl: CrawlStore, clock: Clock) -> None:
    crawl.save(make(), None, [])
    clock.set(START + 8 * DAY)
    assert crawl.save(make(text="Pasar ditutup lagi."), None, []) == "changed"
    clock.set(START + 8 * DAY + 3 * HOUR)
    assert [found.key for found in crawl.due("warta", limit=9)] == [URL]
    assert read(config, make())[:2] == (None, 1)


def test_twice_gone_is_removed_and_comes_back(config: Config, crawl: CrawlStore, clock: Clock) -> None:
    article = make()
    crawl.save(article, None, [])
    crawl.looked(article.canonical_url, "gone")
    assert read(config, article)[0] is None
    clock.set(START + 2 * DAY)
    assert len(crawl.due("warta", limit=9)) == 1
    crawl.looked(article.canonical_url, "gone")
    removed_at, _, change = read(config, article)
    assert (removed_at, change) == (START + 2 * DAY, 2)
    assert crawl.due("warta", limit=9) == []
    clock.set(START + 9 * DAY)
    assert len(crawl.due("warta", limit=9)) == 1
    assert crawl.save(article, None, []) == "same"
    assert read(config, article) == (None, 0, 3)


@pytest.mark.parametrize(
    ("looks", "removed"),
    [
        (["gone"], False), (["gone", "gone"], True), (["gone", "unchanged", "gone"], False),
        (["gone", "gone", "unchanged"], False), (["gone", "gone", "gone", "gone", "gone"], True),
    ],
)  # fmt: skip
def test_only_looks_in_a_row_remove(config: Config, crawl: CrawlStore, looks: list[str], removed: bool) -> None:
    crawl.save(make(), None, [])
    for outcome in looks:
        crawl.looked(URL, outcome)  # type: ignore[arg-type]
    assert (read(config, make())[0] is not None) is removed


def test_a_look_at_what_is_not_stored_is_passed_over(crawl: CrawlStore) -> None:
    crawl.looked("https://warta.test/baca/404", "gone")
    assert crawl.known(["https://warta.test/baca/404"]) == set()


def test_due_looks_are_counted_by_source(config: Config, crawl: CrawlStore, clock: Clock) -> None:
    for number, site in enumerate(("warta", "warta", "tirta")):
        crawl.save(make(number, site=site), None, [])
    clock.set(START + 2 * HOUR)
    db = Database.open(config)
    with db.read() as session:
        assert due_counts(session) == {"tirta": 1, "warta": 2}
    db.close()


def test_lists_are_kept_until_they_are_seen_again(crawl: CrawlStore) -> None:
    feed = ListState(
        url="https://warta.test/feed",
        validators=Validators(etag='W/"1"', last_modified="Mon, 02 Mar 2026 01:00:00 GMT"),
        seen_at=START.astimezone(UTC),
        front=(URL, "https://warta.test/baca/0"),
        pulse=True,
    )
    listing = ListState(url="https://warta.test/indeks")
    crawl.save_lists("warta", [feed, listing])
    crawl.save_lists("tirta", [replace(feed, front=())])
    crawl.save_lists("warta", [replace(listing, front=(URL,))])
    assert crawl.lists("warta") == {feed.url: feed, listing.url: replace(listing, front=(URL,))}
    assert crawl.lists("lain") == {}


def test_an_older_database_is_upgraded_with_what_it_holds(config: Config, clock: Clock) -> None:
    article = make()
    crawl = CrawlStore.open(config)
    crawl.save(article, None, [])
    crawl.close()
    db = Database.open(config)
    with for_writing(db.engine).begin() as connection:
        command.downgrade(alembic_config(connection), "0001")
    assert "removed_at" not in {column["name"] for column in inspect(db.engine).get_columns("articles")}
    db.upgrade()
    db.close()
    crawl = CrawlStore.open(config)
    assert crawl.save(article, None, []) == "same"
    clock.set(START + HOUR)
    assert len(crawl.due("warta", limit=9)) == 1
    crawl.close()
