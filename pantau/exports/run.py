"""An export from the question to the files: one state of the database, all tables, written whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pantau.exports.as_datapackage import ABOUT, DESCRIPTOR, README, descriptor
from pantau.exports.as_parquet import write_months
from pantau.exports.formats import FORMATS, Format
from pantau.exports.manifest import NAME as MANIFEST
from pantau.exports.manifest import Asked, Manifest, Written, make_manifest
from pantau.exports.staging import flush, pack, publish_files, publish_folder, refuse_foreign, staged
from scraper.errors import DeliveryError, InputError
from storage.database import Database
from storage.datasets.clips import read_clips
from storage.datasets.columns import Batch, Table
from storage.datasets.reading import published_days
from storage.datasets.snapshot import Snapshot, select_articles
from storage.datasets.tables import TABLES
from storage.datasets.withdrawals import CHANGES
from storage.records.changes import position
from storage.search.engine import SearchIndex
from storage.search.query import Query

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ALL = "all"
PACKAGE = "datapackage"
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
    def form(self) -> Format:
        """How it is written."""
        return FORMATS[self.asked.format]

    @property
    def is_folder(self) -> bool:
        """Whether it is several files, in a folder or a zip."""
        return self.asked.table == ALL or self.asked.format == PACKAGE or self.asked.partition is not None

    @property
    def tables(self) -> list[Table]:
        """The tables that are written, without the columns that were not asked for."""
        wanted = list(TABLES.values()) if self.asked.table == ALL else [TABLES[self.asked.table]]
        hidden = "snippet" if self.asked.full_text else "text"
        return [table.without(hidden) if table.name == "articles" else table for table in wanted]

    def snapshot_of(self, table: Table) -> Snapshot:
        """What a table's rows are read from: those that are not of one article are always whole."""
        return self.rows if table.of_articles or table is CHANGES else self.scope

    def counting(self, advance: Advance) -> Export:
        """The same, telling how many articles were read."""
        total = len(self.rows.articles) * sum(table.of_articles for table in self.tables)
        done = 0

        def count(articles: int) -> None:
            nonlocal done
            done += articles
            advance(done, total)

        return replace(self, rows=replace(self.rows, advance=count))

    def size(self) -> int:
        """About how many bytes will be written, judged by a few articles."""
        few = self.rows.articles.sample(SAMPLE)
        if not few:
            return 0
        snapshot, total = self.rows.of(few), 0
        for table in self.tables:
            if table.of_articles:
                sample = BytesIO()
                self.write(table, snapshot, sample)
                total += sample.tell()
        return total * len(self.rows.articles) // len(few)

    def write(self, table: Table, snapshot: Snapshot, file: BinaryIO) -> int:
        """Write one table to an open file; returns how many rows."""
        if self.form.write_clips is not None:
            return self.form.write_clips(read_clips(snapshot), file=file, asked=self.asked)
        return self.form.write(table.read(snapshot), columns=table.columns, file=file)


@contextmanager
def open_export(
    db: Database, *, asked: Asked, index: Callable[[], SearchIndex], since: Manifest | None = None,
    query: Query | None = None,
) -> Iterator[Export]:  # fmt: skip
    """Fix one state of the database, and find the articles of the query in it.

    ``query`` is that of ``asked`` where it was read already.
    The index is brought up to date first; where others write faster than it follows, it may lack the latest.
    Raises InputError where ``since`` is not of this database.
    """
    for attempt in range(1, TRIES + 1):
        searched = index() if asked.query is not None else None
        with db.read() as session:
            database = position(session)
            ids, is_current = (
                (None, True) if searched is None else searched.find_all(session, query or asked.query or "")
            )
            if is_current or attempt == TRIES:
                _check(since, database)
                yield _export(session, asked, ids, since, database, is_current=is_current)
                return


def write_export(export: Export, path: Path, *, advance: Advance | None = None) -> Manifest:
    """Write one table to a file, all to a folder, or to a zip by the name of ``path``; raises DeliveryError.

    It is there whole or not at all: a file counts from the moment at which its manifest stands beside it, which comes
    last and goes first.
    """
    export = export.counting(advance) if advance else export
    if export.is_folder and path.suffix != ZIP:
        refuse_foreign(path)
    _ensure_room(export, path)
    with staged(path) as folder:
        target = folder / path.stem if export.is_folder else folder
        target.mkdir(exist_ok=True)
        manifest = _fill(export, target, path)
        if not export.is_folder:
            _publish_file(export, folder, path)
        elif path.suffix == ZIP:
            pack(target, folder / path.name)
            publish_files([folder / path.name], path.parent)
        else:
            publish_folder(target, path)
    return manifest


def _fill(export: Export, target: Path, path: Path) -> Manifest:
    """Write everything into a staging folder."""
    files = [file for table in _written(export) for file in _write(export, table, target, path)]
    manifest = make_manifest(
        export.rows, asked=export.asked, since=export.since, files=files, database=export.database,
        is_current=export.is_current,
    )  # fmt: skip
    (target / _manifest_name(export, path)).write_text(manifest.text(), encoding="utf-8")
    if export.asked.format == PACKAGE:
        tables = {table.name: table for table in _written(export)}
        (target / DESCRIPTOR).write_text(descriptor(tables, files), encoding="utf-8")
        (target / ABOUT).write_text(README, encoding="utf-8")
    return manifest


def _publish_file(export: Export, folder: Path, path: Path) -> None:
    names = [_name(table, export, path) for table in _written(export)] + [_manifest_name(export, path)]
    (path.parent / names[-1]).unlink(missing_ok=True)
    (path.parent / _name(CHANGES, export, path)).unlink(missing_ok=True)
    flush(path.parent)
    publish_files([folder / name for name in names], path.parent)


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


def _written(export: Export) -> list[Table]:
    return [*export.tables, *([CHANGES] if export.since else [])]


def _name(table: Table, export: Export, path: Path) -> str:
    if export.is_folder:
        return f"{table.name}.{export.form.suffix}"
    return path.name if table is not CHANGES else f"{path.name}.changes.{export.form.suffix}"


def _manifest_name(export: Export, path: Path) -> str:
    return MANIFEST if export.is_folder else f"{path.name}.{MANIFEST}"


def _write(export: Export, table: Table, target: Path, path: Path) -> list[Written]:
    snapshot = export.snapshot_of(table)
    if export.asked.partition is not None and table.of_articles:
        folder = target / table.name if export.asked.table == ALL else target
        counts = write_months(
            table.read(snapshot), columns=table.columns, folder=folder, days_of=_days_of(table, snapshot)
        )
    else:
        file = target / _name(table, export, path)
        with file.open("wb") as opened:
            counts = {file: export.write(table, snapshot, opened)}
    content = "changed" if export.since is not None and snapshot is export.rows else "whole"
    return [_told(file, table, rows, target=target, content=content) for file, rows in counts.items()]


def _days_of(table: Table, snapshot: Snapshot) -> Callable[[Batch], Iterator[date | None]]:
    """The days of publication of the articles that rows of a table belong to."""
    name = "id" if table.name == "articles" else "article_id"

    def days(batch: Batch) -> Iterator[date | None]:
        ids = batch.columns[name]
        known = published_days(snapshot.session, ids)
        return (known[key] for key in ids)

    return days


def _told(file: Path, table: Table, rows: int, *, target: Path, content: str) -> Written:
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Written(
        path=file.relative_to(target).as_posix(),
        table=table.name,
        rows=rows,
        bytes=file.stat().st_size,
        sha256=digest,
        content=content,
    )


def _ensure_room(export: Export, path: Path) -> None:
    there = next(folder for folder in (path.parent, *path.parent.resolve().parents) if folder.exists())
    needed, free = export.size(), shutil.disk_usage(there).free
    if needed > free:
        raise DeliveryError(
            f"{path} needs about {needed >> 20} MB and {there} has {free >> 20} MB left; "
            "free some space, or export less with --query"
        )
