"""The weekly digest: from stored rows to a mail body that is short, whole, and has no hostile markup in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pantau.digests.build import build_digest
from pantau.digests.model import Digest, Line, Section
from pantau.digests.render import MAX_BYTES, MAX_WORDS, render_html, render_text, subject, word_count
from scraper.config import load_config
from scraper.items import Article, ArticleKind, DatedBy, FigureTag, PersonTag, Span, TaggedArticle, Tags
from storage.database import Database
from storage.records.articles import save_article
from storage.records.tags import save_tags

END = date(2026, 3, 8)
HOSTILE = 'Ralat: <img src=x onerror="alert(1)"> {{ 7 * 7 }} Harga Beras'


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(load_config(environ={**os.environ, "PANTAU_DATA": str(tmp_path)}))
    yield database
    database.close()


def store(db: Database, *, number: int, day: date, title: str = "Harga Beras Turun", kind: str = "news") -> None:
    text = f"Bupati Rahma Sentosa hadir di pasar nomor {number}."
    article = Article(
        canonical_url=f"https://contoh.test/{number}", title=title, text=text, site="contoh", kind=kind,  # type: ignore[arg-type]
        published=DatedBy(value=day, evidence="given", raw=day.isoformat()),
    )  # fmt: skip
    mention = Span(start=7, end=20, surface="Rahma Sentosa")
    person = PersonTag(
        key="rahma-sentosa", name="Rahma Sentosa", official=True, offices=("Bupati",), mentions=(mention,)
    )
    with db.write() as session:
        save_article(session, article)
        save_tags(session, TaggedArticle(article=article, tags=Tags(people=(person,)), tag_version="t"))


def figures_of(db: Database, kind: ArticleKind) -> list[str]:
    text = "Setiap warga disebut menerima Rp5 juta."
    article = Article(
        canonical_url="https://contoh.test/angka", title="Bantuan", text=text, site="contoh",
        published=DatedBy(value=END, evidence="given", raw="8/3/2026"),
    )  # fmt: skip
    figure = FigureTag(start=30, end=38, surface="Rp5 juta", value=5e6, unit="IDR", measures="bantuan")
    with db.write() as session:
        save_article(session, article)
        save_tags(session, TaggedArticle(article=article, tags=Tags(figures=(figure,), kind=kind), tag_version="t"))
    sections = {section.title: section for section in digest(db).sections}
    return [line.text for line in sections["Angka baru pekan ini"].lines] if "Angka baru pekan ini" in sections else []


def digest(db: Database) -> Digest:
    with db.read() as session:
        return build_digest(session, region="Tirtasari", until=END, base_url="http://127.0.0.1:8000")


def test_a_week_is_counted_against_the_week_before(db: Database) -> None:
    store(db, number=1, day=date(2026, 3, 8))
    store(db, number=2, day=date(2026, 3, 2))
    store(db, number=3, day=date(2026, 3, 1))
    found = digest(db)
    assert (found.start, found.count, found.previous) == (date(2026, 3, 2), 2, 1)
    assert "naik 100%" in found.summary
    officials = next(section for section in found.sections if section.title.startswith("Pejabat"))
    assert [(line.text, line.remark) for line in officials.lines] == [
        ("Rahma Sentosa", "disebut dalam 2 berita, 0 pernyataan")
    ]


def test_an_empty_week_says_so(db: Database) -> None:
    assert digest(db).summary == "Tidak ada berita baru pekan ini; semua sumber terbaca."
    assert "Tidak ada berita baru" in render_text(digest(db))


def test_hostile_titles_stay_text(db: Database) -> None:
    store(db, number=1, day=END, title=HOSTILE, kind="correction")
    html = render_html(digest(db))
    assert "<img" not in html
    assert "&lt;img" in html
    assert "{{ 7 * 7 }}" in html
    assert HOSTILE in render_text(digest(db))


def test_a_full_week_is_short_enough_to_be_read_and_not_cut_off(db: Database) -> None:
    for number in range(60):
        store(
            db, number=number, day=date(2026, 3, 2 + number % 7), title=f"Judul panjang tentang pasar ke {number} " * 2
        )
    full = digest(db)
    assert word_count(full) <= MAX_WORDS
    assert len(render_html(full).encode()) <= MAX_BYTES


@pytest.mark.parametrize(("kind", "told"), [("news", ["Rp5 juta: bantuan"]), ("hoax", [])])
def test_a_figure_of_a_hoax_is_not_told_as_news(db: Database, kind: ArticleKind, told: list[str]) -> None:
    assert figures_of(db, kind) == told


def test_the_body_loads_nothing_from_anywhere(db: Database) -> None:
    store(db, number=1, day=END)
    html = render_html(digest(db))
    assert "fonts.g" not in html
    assert "<script" not in html
    assert "@import" not in html


def test_text_and_html_say_the_same_and_the_subject_is_one_line() -> None:
    line = Line(text="Isu satu", link="http://127.0.0.1:8000/artikel/a?x=1&y=2", remark="(2 media)")
    shown = Digest(
        region="Tirta\r\nBcc: x@y.test", start=date(2026, 3, 2), end=END, count=1, previous=0, summary="Ringkas.",
        sections=(Section(title="Isu teratas", lines=(line,)),), notes=("Catatan satu.",),
        search_link="http://127.0.0.1:8000/cari?q=",
    )  # fmt: skip
    html, text = render_html(shown), render_text(shown)
    for part in ("Isu satu", "(2 media)", "Catatan satu.", "Ringkas."):
        assert part in html
        assert part in text
    assert 'href="http://127.0.0.1:8000/artikel/a?x=1&amp;y=2"' in html
    assert "\n" not in subject(shown)
    assert "\r" not in subject(shown)
