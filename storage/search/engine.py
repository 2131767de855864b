"""The search index beside the database: catches up by change number, is rebuilt from nothing, answers queries."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy
from sqlalchemy import select

from scraper.errors import StorageError
from storage.database import Database
from storage.records.articles import iter_articles
from storage.records.changes import chunks, database_id, last_change
from storage.records.registry import registry_names
from storage.records.tables import ArticleRow
from storage.search.counting import count_days, count_facets
from storage.search.fields import make_schema, to_document
from storage.search.hits import pick, read_hits
from storage.search.matching import Matcher, matched_words
from storage.search.query import Query, parse_query
from storage.search.results import SearchResult, Sort
from storage.search.state import IndexState, read_state, write_state
from storage.trends.points import Step, TrendPoint, trend_points

Progress = Callable[[int, int | None], None]
ENOUGH = 10
"""With fewer articles that hold all words, some words may be missing."""
HEAP = 64_000_000
BATCH = 500


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """A tantivy index of one database; cheap to open, safe to share between threads."""

    db: Database
    folder: Path
    index: tantivy.Index

    @classmethod
    def open(cls, db: Database, data: Path) -> SearchIndex:
        """Open the index in the data folder; one of another version or database starts empty."""
        folder = data / "index"
        state = read_state(folder)
        with db.read() as session:
            same = state == IndexState(database_id(session), state.change)
        if not same:
            shutil.rmtree(folder, ignore_errors=True)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return cls(db, folder, tantivy.Index(make_schema(), path=str(folder)))
        except (OSError, ValueError) as error:
            raise StorageError(f"the index in {folder} cannot be opened ({error}); run: pantau reindex") from error

    def behind(self) -> int:
        """How many changes of the database are not in the index."""
        with self.db.read() as session:
            return max(last_change(session) - read_state(self.folder).change, 0)

    def catch_up(self, progress: Progress | None = None) -> int:
        """Index what changed; gives the number of articles. Where another process writes, it is left to that one."""
        if not self.behind():
            return 0
        try:
            writer = self.index.writer(HEAP, 1)
        except ValueError:  # tantivy says so where another writer holds its lock
            return 0
        return self._index_since(writer, read_state(self.folder).change, progress)

    def rebuild(self, progress: Progress | None = None) -> int:
        """Index everything anew; raises StorageError where another process is writing."""
        try:
            writer = self.index.writer(HEAP, 1)
        except ValueError as error:
            raise StorageError("another process is writing the index; try again when it is done") from error
        writer.delete_all_documents()
        return self._index_since(writer, -1, progress)

    def _index_since(self, writer: tantivy.IndexWriter, change: int, progress: Progress | None) -> int:
        with self.db.read() as session:
            target, name = last_change(session), database_id(session)
            wanted = select(ArticleRow.id).where(ArticleRow.change > change).order_by(ArticleRow.change)
            ids = list(session.scalars(wanted))
            names = {kind: registry_names(session, kind=kind) for kind in ("persons", "programmes", "places")}
            done = 0
            for part in chunks(ids, BATCH):
                for stored in iter_articles(session, ids=part, withdrawn=True):
                    writer.delete_documents_by_query(self._by_id(stored.id))
                    if stored.withdrawn_at is None:
                        writer.add_document(to_document(stored, **names))
                done += len(part)
                if progress:
                    progress(done, len(ids))
        writer.commit()
        writer.wait_merging_threads()
        write_state(self.folder, IndexState(name, target))
        self.index.reload()
        return len(ids)

    def search(
        self, query: Query | str, *, limit: int = 20, offset: int = 0, sort: Sort = "relevance", group: bool = True
    ) -> SearchResult:
        """Find articles; with ``group`` one hit a story. Raises QueryError where the query cannot be read."""
        parsed = parse_query(query) if isinstance(query, str) else query
        searcher = self._searcher()
        matching, total, relaxed = self._match(searcher, parsed)
        if parsed.empty:
            sort = "date"
        fetch = min((offset + limit) * (4 if group else 1) + 20, 5_000)
        order: dict[str, Any] = {"order_by_field": "moment"} if sort == "date" else {}
        found = searcher.search(matching, limit=fetch, count=False, **order)
        picked = pick(searcher, found.hits, group=group)[offset : offset + limit]
        with self.db.read() as session:
            hits = tuple(read_hits(session, picked, matched_words(parsed)))
        return SearchResult(
            total=total,
            stories=round(searcher.cardinality(matching, "cluster")) if total else 0,
            hits=hits,
            facets=count_facets(searcher, matching) if total else {},
            behind=self.behind(),
            relaxed=relaxed,
        )

    def volume(self, query: Query | str, *, by: Step = "month") -> list[TrendPoint]:
        """The articles of a query over time beside all stored ones; undated articles are left out."""
        parsed = parse_query(query) if isinstance(query, str) else query
        searcher = self._searcher()
        matching, _, _ = self._match(searcher, parsed)
        return trend_points(count_days(searcher, matching), count_days(searcher, tantivy.Query.all_query()), by=by)

    def find_ids(self, query: Query | str) -> list[str]:
        """The ids of all articles that a query finds, the newest first."""
        parsed = parse_query(query) if isinstance(query, str) else query
        searcher = self._searcher()
        matching, total, _ = self._match(searcher, parsed)
        if not total:
            return []
        hits = searcher.search(matching, limit=total, count=False, order_by_field="moment").hits
        return [str(searcher.doc(address)["id"][0]) for _, address in hits]

    def _searcher(self) -> tantivy.Searcher:
        self.index.reload()
        return self.index.searcher()

    def _match(self, searcher: tantivy.Searcher, query: Query) -> tuple[tantivy.Query, int, bool]:
        """The strictest form of the query that finds enough, its exact total, and whether words may be missing."""
        levels = Matcher(self.index.schema).levels(query)
        for number, level in enumerate(levels):
            total = int(searcher.search(level, limit=1).count)  # type: ignore[attr-defined]
            if total >= ENOUGH or number == len(levels) - 1:
                break
        return level, total, number > 0

    def _by_id(self, article_id: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.index.schema, "id", article_id, "basic")
