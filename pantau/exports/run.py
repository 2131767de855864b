"""An export from the question to the files: one state of the database, all tables, written whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pantau.exports.formats import FORMATS
from pantau.exports.manifest import Asked, Manifest, Written, make_manifest
from pantau.exports.staging import MANIFEST, pack, publish_files, publish_folder, refuse_foreign, staged
from scraper.errors import DeliveryError, InputError
from storage.database import Database
from storage.datasets.columns import Table
from storage.datasets.snapshot import Snapshot, select_articles
from storage.datasets.tables import TABLES
from storage.datasets.withdrawals import CHANGES
from storage.records.changes import position
from storage.search.engine import SearchIndex

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ALL = "all"
SAMPLE = 200
"""Articles from which the size is estimated."""
TRIES = 3
ZIP = ".zip"
Advance = Callable[[int, int], None]
"""Told how many articles were read of how many, each once a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One state of the database with what was asked of it."""

    asked: Asked
    rows: Snapshot
    """The articles whose rows are written."""
    scope: Snapshot
    """All articles that were asked for; the same, unless only changes are written."""
    since: Manifest | None
    database: tuple[str, int]
    is_current: bool
    """Whether the index knew everything that the query was put to."""

    @property
    def tables(self) -> list[Table]:
        """The tables that are written, without the columns that were not asked for."""
        wanted = list(TABLES.values()) if self.asked.table == ALL else [TABLES[self.asked.table]]
        hidden = "snippet" if self.asked.full_text else "text"
        return [table.without(hidden) if table.name == "articles" else table for table in wanted]

    def snapshot_of(self, table: Table) -> Snapshot:
        """What a table's rows are read from: those that are not of one article are always whole."""
        return self.rows if table.of_articles or table is CHANGES else self.scope

    def size(self) -> int:
        """About how many bytes will be written, judged by a few articles."""
        few = self.rows.articles.sample(SAMPLE)
        if not few:
            return 0
        snapshot, total = self.rows.of(few), 0
        for table in self.tables:
            if table.of_articles:
                sample = BytesIO()
                FORMATS[self.asked.format](table.rows(snapshot), columns=table.columns, file=sample)
                total += sample.tell()
        return total * len(self.rows.articles) // len(few)


@contextmanager
def open_export(
    db: Database, *, asked: Asked, index: Callable[[], SearchIndex], since: Manifest | None = None
) -> Iterator[Export]:
    """Fix one state of the database, and find the articles of the query in it.

    The index is brought up to date first; where others write faster than it follows, it may lack the latest.
    Raises InputError where ``since`` is not of this database.
    """
    for attempt in range(1, TRIES + 1):
        searched = index() if asked.query is not None else None
        with db.read() as session:
            database = position(session)
            ids, is_current = (None, True) if searched is None else searched.find_all(session, asked.query or "")
            if is_current or attempt == TRIES:
                _check(since, database)
                yield _export(session, asked, ids, since, database, is_current=is_current)
                return


def write_export(export: Export, path: Path, *, advance: Advance | None = None) -> Manifest:
    """Write one table to a file, all to a folder, or to a zip by the name of ``path``; raises DeliveryError."""
    export = _counting(export, advance) if advance else export
    several = export.asked.table == ALL
    if several and path.suffix != ZIP:
        refuse_foreign(path)
    _ensure_room(export, path)
    with staged(path) as folder:
        target = folder / path.stem if several else folder
        target.mkdir(exist_ok=True)
        files = [_write(export, table, target / _name(table, export, path)) for table in _written(export)]
        manifest = make_manifest(
            export.rows, asked=export.asked, since=export.since, files=files, database=export.database,
            is_current=export.is_current,
        )  # fmt: skip
        (target / _manifest_name(export, path)).write_text(manifest.text(), encoding="utf-8")
        if not several:
            publish_files(folder, path.parent)
        elif path.suffix == ZIP:
            pack(target, folder / path.name)
            shutil.rmtree(target)
            publish_files(folder, path.parent)
        else:
            publish_folder(target, path)
    return manifest


def _export(
    session: Session, asked: Asked, ids: list[str] | None, since: Manifest | None, database: tuple[str, int], *,
    is_current: bool,
) -> Export:  # fmt: skip
    scope = Snapshot(
        session=session,
        articles=select_articles(session, ids=ids),
        everything=ids is None,
        private=asked.private,
        full_text=asked.full_text,
    )
    rows = scope
    if since is not None:
        changed = select_articles(session, ids=ids, since=since.change)
        rows = replace(scope.of(changed), since=since.change)
    return Export(asked=asked, rows=rows, scope=scope, since=since, database=database, is_current=is_current)


def _check(since: Manifest | None, database: tuple[str, int]) -> None:
    if since is not None and (since.database != database[0] or since.change > database[1]):
        raise InputError(
            f"export {since.id} is of another database, or of one that was restored since; export everything anew"
        )


def _counting(export: Export, advance: Advance) -> Export:
    total = len(export.rows.articles) * sum(table.of_articles for table in export.tables)
    done = 0

    def count(articles: int) -> None:
        nonlocal done
        done += articles
        advance(done, total)

    return replace(export, rows=replace(export.rows, advance=count))


def _written(export: Export) -> list[Table]:
    return [*export.tables, *([CHANGES] if export.since else [])]


def _name(table: Table, export: Export, path: Path) -> str:
    if export.asked.table == ALL:
        return f"{table.name}.{export.asked.format}"
    return path.name if table is not CHANGES else f"{path.name}.changes.{export.asked.format}"


def _manifest_name(export: Export, path: Path) -> str:
    return MANIFEST if export.asked.table == ALL else f"{path.name}.{MANIFEST}"


def _write(export: Export, table: Table, path: Path) -> Written:
    snapshot = export.snapshot_of(table)
    with path.open("wb") as file:
        count = FORMATS[export.asked.format](table.rows(snapshot), columns=table.columns, file=file)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    changed = export.since is not None and snapshot is export.rows
    return Written(
        path=path.name,
        table=table.name,
        rows=count,
        bytes=path.stat().st_size,
        sha256=digest,
        content="changed" if changed else "whole",
    )


def _ensure_room(export: Export, path: Path) -> None:
    there = next(folder for folder in (path.parent, *path.parent.resolve().parents) if folder.exists())
    needed, free = export.size(), shutil.disk_usage(there).free
    if needed > free:
        raise DeliveryError(
            f"{path} needs about {needed >> 20} MB and {there} has {free >> 20} MB left; "
            "free some space, or export less with --query"
        )
