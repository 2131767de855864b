"""A handful of tagged articles for the tests of exports, and the cells that must harm nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pressroom import tagged as tags_of

from nlp.registry_data import shipped_rows
from scraper.clock import WIB
from scraper.config import load_config
from scraper.items import Article, DatedBy, PersonTag, Span, TaggedArticle, Tags
from storage.database import Database
from storage.datasets.clips import Clip
from storage.records.articles import save_article
from storage.records.registry import load_registry
from storage.records.stored import StoredArticle
from storage.records.tags import save_tags

HOSTILE = (
    '=HYPERLINK("http://jahat.test";"klik")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tTab", "\rBalik", "'=1",
    "''@x", "'biasa", "a|b\\c", 'kutip "dua", koma; titik', "baris\nkedua\r\nketiga", "<r><t>x</t></r>", "_x0041_",
    "<script>alert(1)</script>", "</t></is></c>", "\x00\x01\x0b\x1f", "\ud800 separuh", "\ufffe\uffff", "x" * 40_000,
    "\u202egnp.exe", "😀 emoji 👩‍👩‍👧", "'; DROP TABLE articles; --", "-DOCSTART-", " pinggir ", "null", "1e5", "007",
)  # fmt: skip
"""Text that a spreadsheet, a parser, a terminal or a page might take for more than text."""
TEXT = (
    "Wali Kota Tirtasari Ratna Dewi membuka Pasar Murah di Kota Tirtasari. Inflasi 2,96 persen.\n\n"
    "\"Harga beras turun ke Rp14.500 per kilogram,\" kata Ratna di kantor Dinas Koperasi, 'pelan-pelan'."
)
SEEN = datetime(2026, 3, 2, 1, tzinfo=UTC)


def tagged(number: int = 1, **facts: Any) -> TaggedArticle:
    """One article of March 2026; ``facts`` replace fields of the article."""
    url = f"https://contoh.test/berita/{number}"
    values: dict[str, Any] = {
        "canonical_url": url,
        "url": url,
        "site": "contoh" if number % 2 else "lain",
        "title": f"Inflasi dan UMKM {number}",
        "text": TEXT,
        "published": DatedBy(
            value=datetime(2026, 3, 1 + (number - 1) % 28, 7, 30, tzinfo=WIB), evidence="json-ld", raw="x"
        ),
        "authors": ("Ani", "Budi"),
        "section": "Ekonomi",
        "image": f"{url}.jpg",
        "fetched_at": SEEN,
    }
    article = Article(**(values | facts))
    return TaggedArticle(article=article, tags=tags(article.text), tag_version="v1", text_version=article.content_hash)


def stored(one: TaggedArticle, **facts: Any) -> StoredArticle:
    """An article as the database hands it out; ``facts`` replace fields."""
    values: dict[str, Any] = {
        "id": one.article.id,
        "article": one.article,
        "kind": one.article.kind,
        "cluster": one.article.id,
        "first_seen": SEEN,
        "tags": one.tags,
        "tag_version": one.tag_version,
        "versions": (),
        "urls": (),
        "page": None,
        "withdrawn_at": None,
        "change": 1,
    }
    return StoredArticle(**(values | facts))


def clip(one: TaggedArticle, **facts: Any) -> Clip:
    """An article as a press office clips it; ``facts`` replace fields of the stored one."""
    return Clip(stored=stored(one, **facts), outlet=one.article.site)


def fill_office(folder: Path, articles: Iterable[TaggedArticle]) -> Path:
    """Make an installation with these articles in a folder."""
    db = Database.open(load_config(environ={"PANTAU_DATA": str(folder)}, file=folder / "none.toml"))
    with db.write() as session:
        load_registry(session, layer="shipped", rows=shipped_rows())
        for one in articles:
            save_article(session, one.article)
            save_tags(session, one)
    db.close()
    return folder


def day_only(number: int) -> TaggedArticle:
    """One of which only the day is known, in February."""
    return tagged(number, published=DatedBy(value=date(2026, 2, number), evidence="url", raw="x"))


def tags(text: str) -> Tags:
    """What TEXT says; nothing for another text."""
    if text != TEXT:
        return Tags()
    first, short = text.index("Ratna Dewi"), text.index("Ratna", text.index("kata"))
    ratna = PersonTag(
        key="ratna-dewi",
        name="Ratna Dewi",
        mentions=(
            Span(start=first, end=first + 10, surface="Ratna Dewi"),
            Span(start=short, end=short + 5, surface="Ratna"),
        ),
        official=True,
        offices=("Wali Kota Tirtasari",),
        person_id="ratna-dewi",
    )
    rice = {"measures": "Harga beras", "speaker": "ratna-dewi", "direction": "down", "flags": ("check",)}
    found = tags_of(
        text,
        programs=("Pasar Murah",),
        figures=(
            ("2,96 persen", 2.96, "%", {"measures": "Inflasi", "indicator": "inflasi"}),
            ("Rp14.500 per kilogram", 14500.0, "IDR/kg", rice),
        ),
        quotes=(("Ratna Dewi", "Harga beras turun ke Rp14.500 per kilogram,"),),
        places=(("Kota Tirtasari", "99.71"), ("Tirtasari", "99.71")),
        orgs=("Dinas Koperasi",),
    )
    return replace(found, people=(ratna,), topics=("prices", "umkm"))
