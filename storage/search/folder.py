"""The index on disk: opened or made, one writer at a time, and the mark that says how far it reaches."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from tantivy import Document, Index, IndexWriter, Searcher
from tantivy import Query as IndexQuery

from scraper.errors import StorageError
from storage.search.fields import fingerprint, make_schema

Made = TypeVar("Made")
MOST_KEPT = 50
PATIENCE = 1.0
"""Seconds that a caller waits for segments to be merged."""
DAMAGE = ("orrupt", "InvalidData", "UnexpectedEof", "FileDoesNotExist", "Schema error")
"""What tantivy says of an index that cannot be read any more, unlike one that only may not be read now."""
HEAP, LARGE_HEAP = 64_000_000, 256_000_000
"""Bytes that a writer keeps before it writes a segment; with the larger one a large archive is merged less often."""
MANY = 20_000
"""Articles from which a writer takes the larger one."""
MARKED = "mark"
"""What the field ``live`` says in the document that carries the mark."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far an index reaches: the database it was built from and that database's change number."""

    database: str = ""
    change: int = 0

    @classmethod
    def read(cls, text: str) -> Mark:
        """From its text form."""
        database, _, change = text.partition(":")
        return cls(database, int(change or 0))

    def __str__(self) -> str:
        return f"{self.database}:{self.change}"


class IndexFolder:
    """One tantivy index; the folder's name tells how its documents were built."""

    def __init__(self, path: Path, index: Index) -> None:
        self._path = path
        self._index = index
        self._kept: tuple[Mark, dict[Hashable, Any]] = Mark(), {}
        self._loaded: Hashable = None
        """State of the folder that the index was last read in."""

    @classmethod
    def open(cls, parent: Path) -> IndexFolder:
        """Open the index that fits this code or make an empty one; raises StorageError where that fails.

        A damaged one is thrown away: the database has all that is in it, and the next catch-up builds it again.
        """
        path = parent / fingerprint()
        try:
            try:
                return cls(path, _opened(path))
            except ValueError as error:
                if not any(sign in str(error) for sign in DAMAGE):
                    raise
                shutil.rmtree(path)
                return cls(path, _opened(path))
        except (OSError, ValueError) as error:
            raise StorageError(
                "cannot open the search index in %(path)s (%(error)s); delete the folder %(parent)s, it is built again",
                path=path,
                error=error,
                parent=parent,
            ) from error

    def searcher(self) -> Searcher:
        """The index as of the last commit, whoever made it."""
        state = self._state()
        if state is None or state != self._loaded:
            self._index.reload()
            self._loaded = state
        return self._index.searcher()

    def mark(self, searcher: Searcher | None = None) -> Mark:
        """How far the last commit reaches, or that of a searcher."""
        searcher = searcher or self.searcher()
        hits = searcher.search(_marked(), 1).hits
        return Mark.read(str(searcher.doc(hits[0][1]).get_first("mark"))) if hits else Mark()

    def kept(self, searcher: Searcher, key: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives of a searcher, made once between two commits."""
        mark, (kept_of, kept) = self.mark(searcher), self._kept
        if mark != kept_of or len(kept) >= MOST_KEPT:
            kept = {}
            self._kept = mark, kept
        if key not in kept:
            kept[key] = make()
        made: Made = kept[key]
        return made

    @contextmanager
    def writing(self, articles: int) -> Iterator[IndexWriter | None]:
        """A writer for about so many articles, or ``None`` while another writes; what is not committed is dropped."""
        try:
            writer = self._index.writer(heap_size=LARGE_HEAP if articles >= MANY else HEAP, num_threads=1)
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise StorageError(
                    "the search index in %(path)s cannot be written (%(error)s)", path=self._path, error=error
                ) from error
            yield None
            return
        try:
            writer.delete_documents_by_query(_nothing())
            yield writer
        except ValueError as error:
            raise StorageError(
                "the search index in %(path)s cannot be written (%(error)s)", path=self._path, error=error
            ) from error
        finally:
            _finish(writer)

    def _state(self) -> Hashable:
        """Differs after each commit and merge, which put another file in the place of this one."""
        try:
            found = (self._path / "meta.json").stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def remove_older(self) -> None:
        """Delete what other versions left beside this index."""
        for other in self._path.parent.iterdir():
            if other != self._path:
                shutil.rmtree(other, ignore_errors=True) if other.is_dir() else other.unlink(missing_ok=True)


def _finish(writer: IndexWriter) -> None:
    """Let segments be merged; long merges of a large index go on behind what the caller does next.

    The writer's lock is held until then. A program does not end before its merges do.
    """
    merging = Thread(target=writer.wait_merging_threads, name="merging the index")
    merging.start()
    merging.join(PATIENCE)


def _opened(path: Path) -> Index:
    path.mkdir(parents=True, exist_ok=True)
    index = Index(make_schema(), path=str(path))
    index.config_reader("manual")
    return index


def commit(writer: IndexWriter, mark: Mark) -> None:
    """Commit the documents together with the mark: one does not become visible without the other."""
    writer.delete_documents_by_query(_marked())
    document = Document()
    document.add_text("live", MARKED)
    document.add_text("mark", str(mark))
    writer.add_document(document)
    writer.commit()


def _nothing() -> IndexQuery:
    """The first thing that a writer deletes.

    tantivy numbers it like the commit before. A merge that a killed process left undone takes a deletion with that
    number for one that its segments have seen, and what should be deleted stays.
    """
    return IndexQuery.term_query(make_schema(), "live", "nothing", "basic")


def _marked() -> IndexQuery:
    return IndexQuery.term_query(make_schema(), "live", MARKED, "basic")
