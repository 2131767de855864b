"""What is stored of one official or programme: the newest first, each figure once."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.items import Article, DatedBy, FigureTag, PersonTag, ProgramTag, QuoteTag, Span, TaggedArticle, Tags
from storage.database import Database
from storage.records.articles import save_article
from storage.records.profiles import figures_beside, figures_said, profile, statement_count, statements
from storage.records.tags import save_tags

TEXT = "Asep berkata 5 persen warga ikut GERAK dan Gerak."
NAMES = ("GERAK", "Gerak")


def span(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "surface": words}


def tagged(number: int, day: date | None) -> TaggedArticle:
    article = Article(
        canonical_url=f"https://warta.test/{number}", title=f"Berita {number}", text=TEXT, site="warta",
        published=DatedBy(value=day, evidence="url", raw="") if day else None,
    )  # fmt: skip
    figure = FigureTag(**span("5 persen"), value=5.0, unit="%", indicator="umkm", speaker="asep")  # type: ignore[arg-type]
    quote = QuoteTag(**span("berkata"), speaker="asep", kind="direct")  # type: ignore[arg-type]
    programs = tuple(ProgramTag(name=name, mentions=(Span(**span(name)),)) for name in NAMES)  # type: ignore[arg-type]
    person = PersonTag(key="asep", name="Asep", mentions=(Span(**span("Asep")),), official=True)  # type: ignore[arg-type]
    tags = Tags(people=(person,), programs=programs, figures=(figure,), quotes=(quote,))
    return TaggedArticle(article=article, tags=tags, tag_version="v1")


@pytest.fixture
def office(db: Database) -> Database:
    with db.write() as session:
        for number, day in ((1, date(2026, 3, 1)), (2, None), (3, date(2026, 3, 2)), (4, date(2024, 1, 1))):
            item = tagged(number, day)
            save_article(session, item.article)
            save_tags(session, item)
    return db


def test_statements_and_figures_come_newest_first_and_once(office: Database) -> None:
    with office.read() as session:
        found = (statements(session, "asep"), figures_said(session, "asep"), figures_beside(session, "gerak"))
        newest = figures_beside(session, "gerak", limit=2)
        assert statement_count(session, "asep") == 4
    for told in found:
        assert [item.where.title for item in told] == ["Berita 3", "Berita 1", "Berita 4", "Berita 2"]
        assert told[-1].where.published is None
    assert [item.where.title for item in newest] == ["Berita 3", "Berita 1"]


def test_names_of_one_programme_are_counted_by_article(office: Database) -> None:
    with office.read() as session:
        found = profile(session, "programmes", "gerak")
    assert found is not None
    assert (found.articles, found.names) == (4, (("GERAK", 4), ("Gerak", 4)))
