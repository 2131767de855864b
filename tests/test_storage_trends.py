"""Trends: exact tests, bursts, comparisons, movers, what is mentioned together, who speaks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from scraper.config import load_config
from scraper.errors import QueryError
from scraper.items import Article, DatedBy, PersonTag, QuoteTag, TaggedArticle, Tags
from storage.database import Database
from storage.records.bulk import save_all_tags, save_articles
from storage.search.engine import SearchIndex
from storage.trends.bursts import find_bursts
from storage.trends.exact import adjusted, binomial_above, rate_changed, together_above
from storage.trends.points import TrendPoint
from storage.trends.questions import compare, first_mention, mentioned_together, movers, voices
from storage.trends.spans import Span

DAY = timedelta(days=1)
MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("hits", "trials", "chance"), [(0, 5, 0.3), (3, 5, 0.3), (5, 5, 0.9), (40, 60, 0.5), (2, 60, 0.5)]
)
def test_binomial_tail_is_exact(hits: int, trials: int, chance: float) -> None:
    terms = (math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(hits, trials + 1))
    assert binomial_above(hits, trials, chance) == pytest.approx(math.fsum(terms), rel=1e-9)


def test_binomial_tail_at_its_ends() -> None:
    assert [binomial_above(*case) for case in ((6, 5, 0.3), (1, 5, 0.0), (5, 5, 1.0))] == [0.0, 0.0, 1.0]
    assert binomial_above(500_100, 1_000_000, 0.5) == pytest.approx(0.42, abs=0.01)


@pytest.mark.parametrize(
    ("both", "one", "other", "everything"), [(2, 4, 5, 20), (4, 4, 5, 20), (0, 4, 5, 20), (1, 12, 12, 20)]
)
def test_shared_articles_are_tested_exactly(both: int, one: int, other: int, everything: int) -> None:
    ways = (math.comb(one, k) * math.comb(everything - one, other - k) for k in range(both, min(one, other) + 1))
    assert together_above(both, one, other, everything) == pytest.approx(sum(ways) / math.comb(everything, other))


@pytest.mark.parametrize(
    ("now", "now_of", "before", "before_of", "surprising"),
    [(1, 100, 0, 100, False), (3, 100, 1, 100, False), (9, 100, 0, 100, True), (0, 100, 9, 100, True),
     (20, 400, 10, 200, False), (0, 0, 9, 100, False), (0, 10, 0, 10, False)],
)  # fmt: skip
def test_change_of_a_share(now: int, now_of: int, before: int, before_of: int, surprising: bool) -> None:
    assert (rate_changed(now, now_of, before, before_of) < 0.05) is surprising


def test_many_questions_need_stronger_evidence() -> None:
    assert adjusted([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.0533, 0.0533, 0.5], abs=0.001)
    assert adjusted([]) == []


def points(counts: str, *, crawled: int = 50) -> list[TrendPoint]:
    return [TrendPoint(MONDAY + at * DAY, *((0, 0) if c == "." else (int(c), crawled))) for at, c in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "found"),
    [("1012110", []), ("10121109", [(7, 7, 9)]), ("1012110..98", [(9, 10, 17)]), ("0000002", []), ("9", []),
        ("0000006600006", [(6, 7, 12), (12, 12, 6)]),
    ],
)  # fmt: skip
def test_bursts(counts: str, found: list[tuple[int, int, int]]) -> None:
    bursts = find_bursts(points(counts))
    assert [((b.start - MONDAY).days, (b.end - MONDAY).days, b.count) for b in bursts] == found


def test_burst_of_the_whole_archive_is_none_of_the_query() -> None:
    quiet = points("111111")
    assert find_bursts([*quiet, TrendPoint(MONDAY + 6 * DAY, 9, 450)]) == []


def article(number: int, text: str, day: date, site: str = "warta") -> Article:
    return Article(
        canonical_url=f"https://{site}.test/{number}",
        title=f"Berita {number}",
        text=text,
        site=site,
        published=DatedBy(value=day, evidence="meta", raw=""),
    )


def person(name: str) -> PersonTag:
    return PersonTag(key=name.lower(), name=name, mentions=(), official=True)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    """Four weeks: Ani is named throughout and speaks now and then, Budi with floods in the last week only."""
    db = Database.open(load_config(environ={"PANTAU_DATA": str(tmp_path)}, file=tmp_path / "none.toml"))
    rows: list[tuple[Article, Tags]] = []
    for day in range(28):
        flood = day >= 21
        for number in range(4):
            text = "Banjir dan pasar." if flood and number < 2 else "Pasar ramai." if number < 3 else "Jalan baru."
            people = [person("Ani")] if number in (0, 3) else []
            people += [person("Budi")] if flood and number < 2 else []
            quotes = (QuoteTag(start=0, end=5, surface=text[:5], speaker="ani"),) if people and day % 7 == 0 else ()
            made = article(day * 4 + number, text, MONDAY + day * DAY, site="warta" if number else "tirta")
            rows.append((made, Tags(people=tuple(people), quotes=quotes)))
    with db.write() as session:
        save_articles(session, [made for made, _ in rows])
        save_all_tags(
            session, [TaggedArticle(article=a, tags=t, tag_version="1", text_version=a.content_hash) for a, t in rows]
        )
    opened = SearchIndex.open(db, tmp_path)
    opened.catch_up()
    yield opened
    db.close()


def test_queries_are_compared_over_the_same_weeks(index: SearchIndex) -> None:
    market, flood = compare(index, ["pasar", "banjir"], by="week")
    assert [point.start for point in market.points] == [point.start for point in flood.points]
    assert [point.count for point in market.points] == [21, 21, 21, 21]
    assert [(point.count, point.crawled_total) for point in flood.points] == [(0, 28), (0, 28), (0, 28), (14, 28)]
    assert [point.share for point in flood.points] == [0.0, 0.0, 0.0, 0.5]
    assert (market.total, flood.total, flood.share_of_voice) == (84, 14, round(14 / 98, 4))


def test_bursts_of_compared_queries_look_back_to_the_first_crawl(index: SearchIndex) -> None:
    market, flood = compare(index, ["pasar", "banjir"], by="week")
    assert market.bursts == ()
    assert [(burst.start, burst.count, burst.expected) for burst in flood.bursts] == [(MONDAY + 21 * DAY, 14, 0.0)]


def test_at_most_five_are_compared(index: SearchIndex) -> None:
    with pytest.raises(QueryError, match="paling banyak 5"):
        compare(index, ["a"] * 6)
    assert [series.points for series in compare(index, ["takada", "kosong"])] == [(), ()]


def test_movers_are_told_from_chance(index: SearchIndex) -> None:
    last = Span(MONDAY + 21 * DAY, MONDAY + 27 * DAY)
    budi, ani = movers(index, "pejabat", last)
    assert (budi.value, budi.now, budi.before, budi.is_significant) == ("Budi", 14, 0, True)
    assert (ani.value, ani.now, ani.before, ani.is_significant) == ("Ani", 14, 14, False)
    assert [mover.value for mover in movers(index, "pejabat", last, query="jalan")] == ["Ani"]


def test_what_is_mentioned_together_more_than_by_chance(index: SearchIndex) -> None:
    (budi,) = mentioned_together(index, "banjir", "pejabat")
    assert (budi.value, budi.together, budi.alone, budi.expected) == ("Budi", 14, 14, 1.75)
    assert mentioned_together(index, "pejabat:Budi", "pejabat") == []


def test_mentions_and_statements_are_counted_apart(index: SearchIndex) -> None:
    ani, budi = voices(index, "")
    assert (ani.name, ani.mentioned, ani.speaking, ani.share_of_voice) == ("Ani", 56, 8, 1.0)
    assert (budi.name, budi.mentioned, budi.speaking) == ("Budi", 14, 0)
    assert index.search("narasumber:ani").total == 8


def test_first_mention(index: SearchIndex) -> None:
    hit = first_mention(index, "banjir")
    assert hit is not None
    assert hit.published == MONDAY + 21 * DAY
    assert first_mention(index, "takada") is None
