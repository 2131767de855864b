"""A database with its index, and exports of it, for tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pantau.exports.manifest import Asked, Manifest
from pantau.exports.run import open_export, write_export
from scraper.config import Config
from scraper.items import TaggedArticle
from storage.database import Database
from storage.records.articles import save_article
from storage.records.tags import save_tags
from storage.search.engine import SearchIndex


def save(db: Database, *articles: TaggedArticle) -> None:
    for one in articles:
        with db.write() as session:
            save_article(session, one.article)
            save_tags(session, one)


class Office:
    """A database with its index, and exports of it."""

    def __init__(self, config: Config, db: Database, folder: Path) -> None:
        self.db, self.folder = db, folder
        self.index = SearchIndex.open(db, config.data)

    def fresh(self) -> SearchIndex:
        self.index.catch_up()
        return self.index

    def export(self, name: str, *, since: Manifest | None = None, **asked: Any) -> Manifest:
        wanted = Asked(**({"table": "articles", "format": "jsonl"} | asked))
        with open_export(self.db, asked=wanted, index=self.fresh, since=since) as opened:
            return write_export(opened, self.folder / name)

    def rows(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / name).read_text(encoding="utf-8").splitlines()]


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
