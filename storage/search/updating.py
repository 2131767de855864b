"""From the database to the index: what changed since the last commit, or everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tantivy import IndexWriter
from tantivy import Query as IndexQuery

from storage.database import Database
from storage.records.changes import position
from storage.records.registry import registry_names
from storage.records.tables import ArticleRow
from storage.search.fields import Registries, make_schema, to_document
from storage.search.folder import IndexFolder, Mark, commit
from storage.search.reading import read_indexed

Progress = Callable[[int, int | None], None]
"""Called with (done so far, total)."""
EVERY = 100
"""Articles between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Updater:
    """Brings one index up to date with one database."""

    db: Database
    folder: IndexFolder

    def behind(self) -> int:
        """Articles changed since the last commit."""
        with self.db.read() as session:
            return changed_since(session, self.folder.mark())

    def run(self, progress: Progress | None, *, afresh: bool) -> int | None:
        """Index what changed, or everything; gives how many articles, ``None`` while somebody else is writing."""
        with self.db.read() as session:
            expected = _changed(session, -1) if afresh else changed_since(session, self.folder.mark())
        with self.folder.writing(expected) as writer:
            if writer is None:
                return None
            with self.db.read() as session:
                return self._write(writer, session, progress, afresh=afresh)

    def _write(self, writer: IndexWriter, session: Session, progress: Progress | None, *, afresh: bool) -> int:
        target = Mark(*position(session))
        since = -1 if afresh else _since(target, self.folder.mark())
        if since < 0:
            writer.delete_all_documents()
        done, total = 0, _changed(session, since)
        changed = sorted(session.scalars(select(ArticleRow.id).where(ArticleRow.change > since)))
        names = _registries(session)
        for item in read_indexed(session, changed):
            if since >= 0:
                writer.delete_documents_by_query(IndexQuery.term_query(make_schema(), "id", item.id, "basic"))
            if not item.withdrawn:
                writer.add_document(to_document(item, names))
            done += 1
            if progress and (done % EVERY == 0 or done == total):
                progress(done, total)
        commit(writer, target)
        self.folder.remove_older()
        return done


def changed_since(session: Session, mark: Mark) -> int:
    """Articles that an index which reaches to a mark does not have as they are now."""
    target = Mark(*position(session))
    return 0 if mark == target else _changed(session, _since(target, mark))


def _since(target: Mark, mark: Mark) -> int:
    """The change number to go on from; -1 where the index belongs to another database or state of it."""
    return mark.change if mark.database == target.database and mark.change <= target.change else -1


def _registries(session: Session) -> Registries:
    return Registries(
        persons=registry_names(session, kind="persons"),
        programmes=registry_names(session, kind="programmes"),
        places=registry_names(session, kind="places"),
    )


def _changed(session: Session, since: int) -> int:
    return session.execute(select(func.count()).where(ArticleRow.change > since)).scalar_one()
