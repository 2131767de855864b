"""A span of days in numbers: beside the one before, with what is new, silent, undated or failed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from scraper.items import Article, DatedBy, FigureTag, OrgTag, PersonTag, QuoteTag, TaggedArticle, Tags
from storage.database import Database
from storage.records.articles import save_article
from storage.records.tags import save_tags
from storage.stories.leading import leading_stories
from storage.trends import spans
from storage.trends.novelty import known_values
from storage.trends.points import TrendPoint, trend_points
from storage.trends.spans import Span
from storage.trends.voices import offices_of, organisation_counts, statement_counts

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
    facts = {"unit": "IDR", "measures": "realisasi", "indicator": "pad"} | values
    return FigureTag(start=0, end=1, surface=surface, value=value, **facts)  # type: ignore[arg-type]


def test_the_undated_are_counted_by_when_they_were_found(db: Database) -> None:
    save(db, 1, date(2026, 3, 2))
    save(db, 2, None)
    with db.read() as session:
        assert (spans.undated_count(session), spans.undated_count(session, WEEK)) == (1, 1)
        assert spans.undated_count(session, WEEK.before()) == 0


def test_a_span_knows_its_days_and_the_span_before() -> None:
    assert WEEK.before() == Span(date(2026, 2, 23), date(2026, 3, 1))
    assert (len(WEEK.days()), WEEK.days()[0], WEEK.days()[-1]) == (7, WEEK.start, WEEK.end)


def test_statements_are_counted_by_person_and_organisations_by_article(db: Database) -> None:
    orgs = tuple(OrgTag(start=start, end=start + 4, surface=surface) for start, surface in ((0, "Siap"), (5, "SIAP")))
    ids = [
        save(db, 1, date(2026, 3, 2), tags=Tags(people=(PERSON,), quotes=(QUOTE, QUOTE), orgs=orgs)),
        save(db, 2, date(2026, 3, 3), tags=Tags(people=(PERSON, PersonTag(key="joko", name="Joko", mentions=())))),
    ]
    other = save(db, 3, date(2026, 2, 20), tags=Tags(people=(PERSON,), quotes=(QUOTE,), orgs=orgs[:1]))
    with db.read() as session:
        assert statement_counts(session, ids) == {"Rukmini Hartati": 2}
        assert statement_counts(session, [*ids, other]) == {"Rukmini Hartati": 3}
        assert statement_counts(session, []) == {}
        assert list(organisation_counts(session, [*ids, other]).values()) == [("Siap", 2)]


def test_a_figure_is_known_that_an_earlier_article_has(db: Database) -> None:
    save(db, 1, date(2026, 2, 1), tags=Tags(figures=(figure("Rp5 juta", 5e6),)))
    save(db, 2, date(2026, 3, 2), tags=Tags(figures=(figure("Rp7 juta", 7e6),)))
    asked = {(5e6, "IDR"), (5e6, "USD"), (7e6, "IDR")}
    with db.read() as session:
        assert known_values(session, asked, before=WEEK.start) == {(5e6, "IDR")}
        assert known_values(session, set(), before=WEEK.start) == set()


def test_an_office_is_the_one_that_the_article_names(db: Database) -> None:
    article_id = save(db, 1, date(2026, 3, 2), tags=Tags(people=(PERSON,)))
    with db.read() as session:
        found = offices_of(session, [(article_id, "rukmini-hartati"), (article_id, "joko"), ("x", "rukmini-hartati")])
    assert found == {(article_id, "rukmini-hartati"): "Camat"}


def test_stories_with_more_outlets_come_first(db: Database) -> None:
    ids = [save(db, n, date(2026, 3, 2 + n), site=site) for n, site in enumerate(["warta", "tirta", "warta"])]
    before = save(db, 9, date(2026, 2, 27))
    with db.write() as session:
        for article_id in (ids[1], before):
            session.connection().exec_driver_sql(f"UPDATE articles SET cluster = '{ids[0]}' WHERE id = '{article_id}'")
    with db.read() as session:
        found = leading_stories(session, ids, before=[before], limit=5)
        assert leading_stories(session, ids, limit=1)[0].before == 0
    assert [(story.first.id, story.articles, story.outlets, story.before) for story in found] == [
        (ids[0], 2, 2, 1), (ids[2], 1, 1, 0),
    ]  # fmt: skip


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
