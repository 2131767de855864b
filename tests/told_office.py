"""An office that followed the demo's newsroom: its stories stored, tagged, grouped and indexed, without a crawl."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from demo.newsroom import SOURCES
from demo.registry_rows import demo_registry
from demo.story import SITES, Story, Version, load_stories
from pantau.cli.tagging import tag_archive
from pantau.cli.workspace import Workspace, open_workspace
from scraper.clock import WIB
from scraper.items import Article, DatedBy
from storage.crawl_store import CrawlStore
from storage.records.registry import load_registry

MORNING = datetime(2026, 3, 9, 8, 0, tzinfo=WIB)
"""The Monday on which the office looks at the page."""
HOSTILE = (
    "<script>document.title='dijebol'</script> Harga Beras",
    "Harga \u202ebmob\u202c Beras \u2066Naik\u2069 di Tirtasari",
    "Beras " + "Panjang " * 370,
    "<svg onload=alert(1)> {{ 7*7 }} ${7*7} '\"`><img src=x onerror=alert(1)> Beras",
)
"""Titles that must show as text: a script, letters that turn the line around, 3,000 characters, markup of all kinds."""
HOSTILE_TEXTS = (
    "Harga beras naik menjadi Rp15.000 per kilogram.\n\n\"<b onclick='x'>Stok</b> aman,\" ujar warga.",
    "Pedagang mengaku \u202elabret\u202c sejak pekan lalu.\n\n<script>alert(1)</script> Pembeli berkurang separuh.",
    "Gudang di pelabuhan penuh karung.\n\n" + "a" * 2000 + "\n\nKapal menunggu giliran bongkar muat.",
    "Warung makan mengecilkan porsi nasi.\n\n<img src=x onerror=alert(1)> Pelanggan memaklumi keadaan itu.",
)


def build(folder: Path, *, hostile: bool = True) -> dict[str, str]:
    """Make the office in ``folder``, with ``hostile`` articles too; gives the environment for commands on it."""
    environ = {"PANTAU_DATA": str(folder), "PANTAU_NOW": MORNING.isoformat(), "PANTAU_CONFIG": str(folder / "none")}
    with _environment(environ):
        workspace = open_workspace()
        _write_sources(folder)
        with workspace.db.write() as session:
            load_registry(session, layer="local", rows=demo_registry(MORNING.date()))
        _store(workspace, hostile_articles() if hostile else ())
        tag_archive(workspace, counts=Counter())
        workspace.refresh()
        workspace.db.close()
    return environ


def hostile_articles() -> Iterator[Article]:
    """News that tries to be more than text."""
    for number, (title, text) in enumerate(zip(HOSTILE, HOSTILE_TEXTS, strict=True)):
        published = MORNING - timedelta(hours=number + 1)
        yield Article(
            canonical_url=f"https://jahat.test/{number}", url=f"javascript:alert({number})", title=title, text=text,
            site="jahat", authors=("<i>Anonim</i>",), fetched_at=MORNING,
            published=DatedBy(value=published, evidence="json-ld", raw="<u>tadi</u>"),
        )  # fmt: skip


def _store(workspace: Workspace, others: Iterable[Article]) -> None:
    store = CrawlStore.open(workspace.config)
    runs = {site: store.start_run(site) for site in SITES}
    for story in load_stories(MORNING.date()):
        for version in story.versions:
            if version.published <= MORNING:
                store.save(_article(story, version), None, [])
    for article in others:
        store.save(article, None, [])
    for run in runs.values():
        store.finish_run(run, {"stored": 1}, "finished")
    store.close()


def _article(story: Story, version: Version) -> Article:
    address = f"https://{version.site}.test/{story.slug}"
    authors = tuple(name.strip() for name in version.author.split(",") if name.strip())
    return Article(
        canonical_url=address, url=address, title=version.title, text=version.text, site=version.site,
        authors=authors, editor=version.editor or None, section=version.section or None, tags=version.tags,
        kind=version.kind, fetched_at=version.published + timedelta(minutes=30),
        published=DatedBy(value=version.published, evidence="json-ld", raw=version.published.isoformat()),
    )  # fmt: skip


def _write_sources(folder: Path) -> None:
    (folder / "sources").mkdir()
    for site in SITES:
        text = (SOURCES / f"{site}.toml").read_text(encoding="utf-8")
        (folder / "sources" / f"{site}.toml").write_text(text.replace("{origin}", f"https://{site}.test"), "utf-8")


@contextmanager
def _environment(environ: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in environ}
    os.environ.update(environ)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
