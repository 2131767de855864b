"""A span of days in numbers: beside the one before, with what is new, silent, undated or failed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from scraper.items import Article, DatedBy, FigureTag, PersonTag, ProgramTag, QuoteTag, TaggedArticle, Tags
from storage.database import Database
from storage.records.articles import save_article
from storage.records.registry import load_registry
from storage.records.tags import save_tags
from storage.trends import spans
from storage.trends.points import TrendPoint, trend_points
from storage.trends.spans import Count, PersonCount, Span

WEEK = Span(date(2026, 3, 2), date(2026, 3, 8))
SEEN = datetime(2026, 3, 4, tzinfo=UTC)
PERSON = PersonTag(key="rukmini", name="Rukmini Hartati", mentions=(), official=True, offices=("Camat",))
QUOTE = QuoteTag(start=0, end=4, surface="Siap", speaker="rukmini")


def save(db: Database, number: int, day: date | None, *, site: str = "warta", tags: Tags | None = None) -> str:
    article = Article(
        canonical_url=f"https://{site}.test/{number}",
        title=f"Berita {number}",
        text=f"Siap bekerja nomor {number}.",
        site=site,
        published=DatedBy(value=day, evidence="url", raw="") if day else None,
        fetched_at=SEEN,
    )
    with db.write() as session:
        save_article(session, article)
        if tags:
            save_tags(session, TaggedArticle(article=article, tags=tags, tag_version="v1"))
    return article.id


def figure(surface: str, value: float, **values: object) -> FigureTag:
    return FigureTag(start=0, end=1, surface=surface, value=value, unit="IDR", measures="omzet", **values)  # type: ignore[arg-type]


def test_counts_stand_beside_those_of_the_span_before(db: Database) -> None:
    for number, (day, site) in enumerate(
        [(date(2026, 3, 2), "warta"), (date(2026, 3, 8), "warta"), (date(2026, 3, 9), "warta"),
         (date(2026, 2, 23), "tirta"), (date(2026, 3, 1), "warta"), (None, "warta")]
    ):  # fmt: skip
        save(db, number, day, site=site)
    with db.read() as session:
        assert (spans.article_count(session, WEEK), spans.article_count(session, WEEK.before())) == (2, 2)
        assert spans.outlet_counts(session, WEEK) == [Count("warta", 2, 1), Count("tirta", 0, 1)]
        assert (spans.undated_count(session), spans.undated_count(session, WEEK)) == (1, 1)
        assert spans.undated_count(session, WEEK.before()) == 0


def test_people_are_counted_by_articles_and_by_statements(db: Database) -> None:
    save(db, 1, date(2026, 3, 2), tags=Tags(people=(PERSON,), quotes=(QUOTE, QUOTE)))
    save(db, 2, date(2026, 3, 3), tags=Tags(people=(PERSON, PersonTag(key="joko", name="Joko", mentions=()))))
    save(db, 3, date(2026, 2, 20), tags=Tags(people=(PERSON,), quotes=(QUOTE,)))
    with db.read() as session:
        assert spans.official_counts(session, WEEK, limit=5) == [PersonCount("Rukmini Hartati", 2, 2)]


def test_programme_is_one_whatever_its_form(db: Database) -> None:
    with db.write() as session:
        load_registry(
            session, layer="shipped", rows={"programmes": [{"programme_id": "g-1", "name": "Gerakan Menjahit"}]}
        )
    for number, (name, day) in enumerate([("Gema", 2), ("Gerakan Menjahit", 3), ("gema", 1)]):
        tags = Tags(programs=(ProgramTag(name=name, mentions=(), program_id="g-1"),))
        save(db, number, date(2026, 3, day), tags=tags)
    with db.read() as session:
        assert spans.programme_counts(session, WEEK, limit=5) == [Count("Gerakan Menjahit", 2, 1)]


def test_only_new_figures_are_given_those_with_a_speaker_first(db: Database) -> None:
    save(db, 1, date(2026, 2, 1), tags=Tags(figures=(figure("Rp5 juta", 5e6),)))
    save(db, 2, date(2026, 3, 2), tags=Tags(figures=(figure("Rp5.000.000", 5e6),)))
    save(db, 3, date(2026, 3, 7), tags=Tags(figures=(figure("Rp7 juta", 7e6, flags=("implausible-scale",)),)))
    save(db, 4, date(2026, 3, 3), tags=Tags(people=(PERSON,), figures=(figure("Rp9 juta", 9e6, speaker="rukmini"),)))
    with db.read() as session:
        claims = spans.spoken_figures(session, WEEK, limit=5)
    assert [(claim.surface, claim.speaker) for claim in claims] == [("Rp9 juta", "Rukmini Hartati"), ("Rp7 juta", None)]


def test_stories_with_more_outlets_come_first(db: Database) -> None:
    ids = [save(db, n, date(2026, 3, 2 + n), site=site) for n, site in enumerate(["warta", "tirta", "warta"])]
    with db.write() as session:
        session.connection().exec_driver_sql(f"UPDATE articles SET cluster = '{ids[0]}' WHERE id = '{ids[1]}'")
    with db.read() as session:
        found = spans.top_stories(session, WEEK, limit=5)
    assert [(story.article_id, story.articles, story.outlets) for story in found] == [(ids[0], 2, 2), (ids[2], 1, 1)]


@pytest.mark.parametrize(
    ("by", "starts"),
    [
        ("day", [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)]),
        ("week", [date(2026, 2, 23), date(2026, 3, 2)]),
        ("month", [date(2026, 2, 1), date(2026, 3, 1)]),
    ],
)
def test_points_have_no_gap(by: str, starts: list[date]) -> None:
    points = trend_points({date(2026, 2, 27): 2, date(2026, 3, 2): 1}, {date(2026, 2, 27): 9}, by=by)  # type: ignore[arg-type]
    assert [point.start for point in points] == starts
    assert (points[0], points[-1].count) == (TrendPoint(starts[0], 2, 9), 1)


def test_points_reach_to_the_days_that_were_asked_for() -> None:
    points = trend_points({date(2026, 3, 3): 2}, {}, by="day", since=date(2026, 3, 2), until=date(2026, 3, 5))
    assert [point.count for point in points] == [0, 2, 0, 0]
