"""Judgements: the newest counts, the others are the history; search finds and counts them, unrated ones apart."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.config import Config
from scraper.errors import InputError, QueryError, StorageError
from scraper.items import Article, DatedBy
from storage.database import Database
from storage.records.articles import save_article, withdraw_article
from storage.records.assessments import assess, history, latest_assessments, undo_assessment
from storage.records.changes import last_change
from storage.search.engine import SearchIndex
from storage.trends.tones import ToneCounts


def save(db: Database, number: int, *, site: str = "warta", month: int = 3) -> str:
    dated = DatedBy(value=date(2026, month, 2), evidence="url", raw="")
    url = f"https://{site}.test/{number}"
    article = Article(canonical_url=url, title=f"Pasar {number}", text="Pasar malam.", site=site, published=dated)
    with db.write() as session:
        save_article(session, article)
    return article.id


def test_newest_judgement_counts_and_keeps_what_it_does_not_say(db: Database) -> None:
    one, other = save(db, 1), save(db, 2)
    with db.write() as session:
        assess(session, one, officer="ani", tone_title="negative", tone_body="neutral", note="  Salah kutip. ")
        assess(session, one, officer="budi", follow_up="clarify", disposition="")
        assess(session, one, officer="budi", follow_up="clarify")
    with db.read() as session:
        newest, first = history(session, one)
        found = latest_assessments(session, [one, other])
    assert (newest.tone_title, newest.tone_body, newest.follow_up) == ("negative", "neutral", "clarify")
    assert (newest.note, newest.disposition, newest.officer) == ("Salah kutip.", None, "budi")
    assert (first.officer, first.follow_up) == ("ani", None)
    assert found == {one: newest}


def test_undo_goes_one_step_back_and_is_itself_in_the_history(db: Database) -> None:
    one = save(db, 1)
    with db.write() as session:
        assert undo_assessment(session, one, officer="ani") is None
        assess(session, one, officer="ani", tone_title="negative")
        assess(session, one, officer="ani", tone_title="positive")
        undo_assessment(session, one, officer="budi")
    with db.read() as session:
        assert [row.tone_title for row in history(session, one)] == ["negative", "positive", "negative"]


def test_each_judgement_is_a_change_that_readers_see(db: Database) -> None:
    one = save(db, 1)
    for expected, tone in ((2, "negative"), (2, "negative"), (3, None)):
        with db.write() as session:
            assess(session, one, officer="ani", tone_title=tone)  # type: ignore[arg-type]
        with db.read() as session:
            assert last_change(session) == expected


@pytest.mark.parametrize("facts", [{"tone_title": "bad"}, {"tone_body": ""}, {"follow_up": "pantau"}])
def test_what_is_no_judgement_is_refused(db: Database, facts: dict[str, str]) -> None:
    one = save(db, 1)
    with db.write() as session, pytest.raises(InputError, match="choose"):
        assess(session, one, officer="ani", **facts)  # type: ignore[arg-type]


def test_missing_and_withdrawn_articles_are_not_judged(db: Database) -> None:
    one = save(db, 1)
    with db.write() as session:
        withdraw_article(session, one)
        for article_id in (one, "nothing"):
            with pytest.raises(StorageError, match="not there"):
                assess(session, article_id, officer="ani", tone_title="neutral")


def test_tones_are_searched_and_counted_with_the_unrated_apart(config: Config, db: Database) -> None:
    ids = [save(db, n, site="warta" if n < 3 else "sagara", month=3 + n % 2) for n in range(5)]
    index = SearchIndex.open(db, config.data)
    index.catch_up()
    with db.write() as session:
        assess(session, ids[0], officer="ani", tone_title="positive")
        assess(session, ids[1], officer="ani", tone_title="negative", tone_body="neutral", follow_up="reply")
        assess(session, ids[3], officer="ani", tone_body="negative")
    assert index.catch_up() == 3

    def found(query: str) -> set[int]:
        return {ids.index(article_id) for article_id in index.find_ids(query)}

    assert found("tone:negatif") == {1, 3}
    assert found("nada:belum") == {2, 4}
    assert found("pasar -tone:unrated") == {0, 1, 3}
    assert found('tindak:"Hak jawab"') == {1}
    (whole,) = index.tones("pasar")
    assert whole.title == ToneCounts(positive=1, negative=1, unrated=3)
    assert whole.body == ToneCounts(neutral=1, negative=1, unrated=3)
    by_outlet = {group.outlet: group.body for group in index.tones("pasar", outlets=True)}
    assert by_outlet == {"warta": ToneCounts(neutral=1, unrated=2), "sagara": ToneCounts(negative=1, unrated=1)}
    april, outlet = index.tones("", by="month", outlets=True)[-1], date(2026, 4, 1)
    assert (april.start, april.outlet, april.title) == (outlet, "warta", ToneCounts(negative=1))
    assert (april.title.ratio, april.title.negative_share) == (0.0, 1.0)
    with pytest.raises(QueryError, match="tidak dikenal"):
        index.search("tone:bagus")


def test_ratios_need_something_to_divide_by() -> None:
    assert (ToneCounts(unrated=3).ratio, ToneCounts(unrated=3).negative_share) == (None, None)
    assert (ToneCounts(positive=3, negative=2).ratio, ToneCounts(positive=3, negative=1).negative_share) == (1.5, 0.25)
