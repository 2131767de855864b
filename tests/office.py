"""A small office for tests of the page: one hostile article, tagged, in a database and index of its own."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from scraper.clock import WIB
from scraper.config import Config, load_config
from scraper.items import Article, DatedBy, FigureTag, PersonTag, QuoteTag, Span, TaggedArticle, Tags
from storage.database import Database
from storage.records.accounts import add_account
from storage.records.articles import save_article
from storage.records.logins import open_session
from storage.records.tags import save_tags

HOSTILE = "<script>alert(1)</script> Harga Beras Turun"
TEXT = 'Wali Kota Rahma Sentosa menyebut harga beras turun menjadi Rp15.000 per kilogram.\n\n"Stok aman," ujar Rahma.'


def article() -> Article:
    """Its title is a script, its address runs one."""
    dated = DatedBy(value=datetime(2026, 3, 2, 8, 30, tzinfo=WIB), evidence="byline", raw="Senin, 2 Maret 2026 | 08:30")
    return Article(
        canonical_url="https://contoh.test/read/1", url="javascript:alert(1)", title=HOSTILE, text=TEXT, site="contoh",
        published=dated,
    )  # fmt: skip


def office_config(folder: Path, **settings: str) -> Config:
    """The settings of an office in ``folder``."""
    environ = {"PANTAU_DATA": str(folder)} | {f"PANTAU_{name.upper()}": value for name, value in settings.items()}
    return load_config(environ=environ, file=folder / "none.toml")


def open_office(folder: Path) -> tuple[Config, Database]:
    """The settings and the open database of a new office in ``folder``, with the article in it."""
    config = office_config(folder)
    db = Database.open(config)
    at = TEXT.index("Rahma Sentosa")
    person = PersonTag(
        key="rahma-sentosa", name="Rahma Sentosa", official=True, offices=("Wali Kota",),
        mentions=(Span(start=at, end=at + 13, surface="Rahma Sentosa"),),
    )  # fmt: skip
    figure = FigureTag(
        **_span("Rp15.000 per kilogram"), value=15000.0, unit="IDR/kg", measures="harga beras", indicator="harga-pangan"
    )
    quote = QuoteTag(**_span("Stok aman"), speaker="rahma-sentosa", verb="ujar")
    with db.write() as session:
        save_article(session, article())
    with db.write() as session:
        tags = Tags(people=(person,), figures=(figure,), quotes=(quote,), topics=("prices",))
        save_tags(session, TaggedArticle(article=article(), tags=tags, tag_version="t"))
    return config, db


def _span(words: str) -> dict[str, Any]:
    at = TEXT.index(words)
    return {"start": at, "end": at + len(words), "surface": words}


def office_app(prepared: Path, folder: Path, **settings: str) -> FastAPI:
    """The page over a copy of a prepared office; ``settings`` are those of ``pantau.toml``."""
    from pantau.web.app import create_app  # tests of other rooms start without the page

    shutil.copytree(prepared, folder)
    return create_app(office_config(folder, **settings))


HERE = "http://127.0.0.1:8000"


class Browser(TestClient):
    """A browser at the machine that serves the page: its address is loopback, and its forms carry Origin and token."""

    def __init__(self, app: FastAPI, *, peer: str = "127.0.0.1") -> None:
        super().__init__(
            app, base_url=HERE, client=(peer, 50000), follow_redirects=False, raise_server_exceptions=False
        )

    @property
    def db(self) -> Database:
        """The database of the office."""
        found: Database = self.app.state.context.db  # type: ignore[attr-defined]
        return found

    def enter(self, role: str) -> str:
        """Be logged in as a new account of a role, without the login page; gives the account's name."""
        with self.db.write() as session:
            account = add_account(session, f"si {role}", role=role)
            secret = open_session(session, account.id)
        self.carry(secret)
        return account.name

    def carry(self, secret: str) -> None:
        """Hold the cookie of a login, and no other."""
        self.cookies.clear()
        self.cookies.set("pantau", secret)

    def token(self) -> str:
        """The token of the forms of a page."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/nowhere").text)
        assert found
        return found[1]

    def submit(self, address: str, **fields: Any) -> Any:
        """Send a form as a page of ours does."""
        return self.post(address, data={"csrf": self.token()} | fields, headers={"Origin": HERE})

    def log_in(self, name: str, password: str) -> Any:
        """Fill in the form of the login page."""
        return self.submit("/masuk", nama=name, sandi=password)
