"""What waits for a person: officials and programmes that nobody registered, with their evidence; misfits; sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from alembic import command

from scraper.items import Article, DatedBy, PersonTag, ProgramTag, Span, TaggedArticle, Tags
from storage.database import Database
from storage.engine import for_writing
from storage.health.checks import check_sources
from storage.health.counted import Stated
from storage.records import candidates as module
from storage.records.articles import save_article
from storage.records.candidates import Example, Suggestion, candidate_count, candidates, troubled_sources, waiting
from storage.records.decisions import dismiss, reopen
from storage.records.registry import load_registry
from storage.records.registry_edits import merge, register
from storage.records.runs import finish_run, start_run
from storage.records.tags import save_tags
from storage.schema import alembic_config

MENTION = Span(start=0, end=4, surface="Asep")


def tagged(number: int, *offices: str, official: bool = True, person_id: str | None = None) -> TaggedArticle:
    article = Article(
        canonical_url=f"https://warta.test/{number}",
        title=f"Berita {number}",
        text=f"Asep Suherman hadir {number}.",
        site="warta",
        published=DatedBy(value=date(2026, 3, number), evidence="url", raw=""),
    )
    person = PersonTag(
        key="asep-suherman", name="Asep Suherman", mentions=(MENTION, MENTION), official=official, offices=offices,
        person_id=person_id,
    )  # fmt: skip
    other = PersonTag(key="dewi", name="Dewi", mentions=(MENTION,), official=number == 2)
    program = ProgramTag(name="Gebrak Pasar", mentions=(MENTION,), program_id="gp" if number == 3 else None)
    return TaggedArticle(article=article, tags=Tags(people=(person, other), programs=(program,)), tag_version="v1")


@pytest.fixture
def office(db: Database) -> Database:
    persons = [
        {"person_id": "asep-1", "name": "Asep Suherman Hidayat", "aliases": "Asep Suherman H"},
        {"person_id": "dewi-1", "name": "Rina Kartika", "aliases": ""},
    ]
    items = (
        tagged(1, "Camat Ciruas"),
        tagged(2, "Camat Ciruas", "Plt Camat"),
        tagged(3, person_id="x"),
        tagged(4, official=False),
    )
    with db.write() as session:
        load_registry(session, layer="shipped", rows={"persons": persons})
        for item in items:
            save_article(session, item.article)
            save_tags(session, item)
    return db


def test_a_candidate_comes_with_its_evidence(office: Database) -> None:
    with office.read() as session:
        asep, dewi = candidates(session, "person")
        (program,) = candidates(session, "program")
        assert candidates(session, "person", least=2) == [asep]
        assert candidates(session, "person", limit=1, offset=1) == [dewi]
    assert (asep.key, asep.name, asep.articles, asep.mentions) == ("asep-suherman", "Asep Suherman", 2, 4)
    assert asep.offices == (("Camat Ciruas", 2), ("Plt Camat", 1))
    assert dict(asep.names) == {"Asep": 4, "Asep Suherman": 2}
    assert (asep.first_seen, asep.last_seen) == (date(2026, 3, 1), date(2026, 3, 2))
    newest = Example(article_id=tagged(2).article.id, title="Berita 2", outlet="warta", published=date(2026, 3, 2))
    assert asep.examples[0] == newest
    assert asep.suggestions == (Suggestion("asep-1", "Asep Suherman Hidayat", 100.0),)
    assert (dewi.articles, dewi.suggestions) == (1, ())
    assert (program.key, program.articles, program.offices) == ("gebrak-pasar", 3, ())


def test_of_a_candidate_in_many_articles_the_latest_are_read(office: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LATEST", 1)
    with office.read() as session:
        asep = candidates(session, "person")[0]
    assert (asep.articles, asep.mentions, asep.first_seen) == (2, 4, date(2026, 3, 1))
    assert asep.offices == (("Camat Ciruas", 1), ("Plt Camat", 1))
    assert [example.title for example in asep.examples] == ["Berita 2"]


def test_candidates_of_undated_and_late_found_articles_survive_the_upgrade(office: Database) -> None:
    late, undated = tagged(5, "Lurah"), tagged(6, "Sekda")
    late = replace(late, article=replace(late.article, published=DatedBy(value=date(2025, 1, 1), evidence="", raw="")))
    undated = replace(undated, article=replace(undated.article, published=None))
    with office.write() as session:
        for item in (undated, late):
            save_article(session, item.article)
            save_tags(session, item)
    with office.read() as session:
        before = [*candidates(session, "person"), *candidates(session, "program")]
    asep = before[0]
    assert [example.title for example in asep.examples] == ["Berita 2", "Berita 1", "Berita 5", "Berita 6"]
    assert (asep.articles, asep.first_seen, asep.last_seen) == (4, date(2025, 1, 1), date(2026, 3, 2))
    for move, revision in ((command.downgrade, "0006"), (command.upgrade, "head")):
        with for_writing(office.engine).begin() as connection:
            move(alembic_config(connection), revision)
    with office.read() as session:
        assert [*candidates(session, "person"), *candidates(session, "program")] == before


def test_what_was_decided_waits_no_longer(office: Database) -> None:
    with office.write() as session:
        assert (candidate_count(session, "person"), candidate_count(session, "program")) == (2, 1)
        merge(session, "person", "asep-suherman", into="asep-1", by="ani")
        dismiss(session, "person", "dewi", by="ani")
        register(session, "program", "gebrak-pasar", by="ani")
    with office.read() as session:
        found = waiting(session)
    assert (found.persons, found.programs, found.misfits, found.sources) == (0, 0, 0, 0)
    with office.write() as session:
        reopen(session, "person", "dewi")
        assert [candidate.key for candidate in candidates(session, "person")] == ["dewi"]


def test_sources_that_need_a_look_are_told(office: Database) -> None:
    with office.write() as session:
        for source, outcome in (("warta", "finished"), ("tirta", "blocked")):
            finish_run(session, start_run(session, source), counts={}, outcome=outcome)
        check_sources(session, {"warta": Stated(), "tirta": Stated(), "sagara": Stated()})
    with office.read() as session:
        assert [(health.source, health.state) for health in troubled_sources(session)] == [("tirta", "blocked")]
        assert waiting(session).sources == 1
