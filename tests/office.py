"""A small office for tests of the page: one hostile article, tagged, in a database and index of its own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from scraper.clock import WIB
from scraper.config import Config, load_config
from scraper.items import Article, DatedBy, PersonTag, Span, TaggedArticle, Tags
from storage.database import Database
from storage.records.articles import save_article
from storage.records.tags import save_tags

HOSTILE = "<script>alert(1)</script> Harga Beras Turun"
TEXT = 'Wali Kota Rahma Sentosa menyebut harga beras turun.\n\n"Stok aman," ujar Rahma.'


def article() -> Article:
    """Its title is a script, its address runs one."""
    dated = DatedBy(value=datetime(2026, 3, 2, 8, 30, tzinfo=WIB), evidence="byline", raw="Senin, 2 Maret 2026 | 08:30")
    return Article(
        canonical_url="https://contoh.test/read/1", url="javascript:alert(1)", title=HOSTILE, text=TEXT, site="contoh",
        published=dated,
    )  # fmt: skip


def open_office(folder: Path, **settings: str) -> tuple[Config, Database]:
    """The settings and the open database of an office in ``folder``, with the article in it."""
    environ = {"PANTAU_DATA": str(folder)} | {f"PANTAU_{name.upper()}": value for name, value in settings.items()}
    config = load_config(environ=environ, file=folder / "none.toml")
    db = Database.open(config)
    at = TEXT.index("Rahma Sentosa")
    person = PersonTag(
        key="rahma-sentosa", name="Rahma Sentosa", official=True, offices=("Wali Kota",),
        mentions=(Span(start=at, end=at + 13, surface="Rahma Sentosa"),),
    )  # fmt: skip
    with db.write() as session:
        save_article(session, article())
    with db.write() as session:
        tags = Tags(people=(person,), topics=("prices",))
        save_tags(session, TaggedArticle(article=article(), tags=tags, tag_version="t"))
    return config, db
