"""The search index beside the database: catches up by change number, is rebuilt from nothing, answers queries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tantivy import Query as IndexQuery
from tantivy import Searcher

from scraper.errors import StorageError
from storage.database import Database
from storage.search.concepts import shown
from storage.search.counting import count_days, count_facets
from storage.search.folder import IndexFolder
from storage.search.hits import listed, page, read_hits, read_keys, scan
from storage.search.likeness import likeness
from storage.search.matching import Compiled, compile_query, outlets_only
from storage.search.query import Query, parse_query
from storage.search.results import SearchHit, SearchResult, Sort
from storage.search.spelling import Speller
from storage.search.updating import Progress, Updater
from storage.trends.points import Step, TrendPoint, trend_points


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query as the index understands it."""

    compiled: Compiled
    complete: int
    """Articles with all words."""
    counted: IndexQuery
    """What is counted: articles with all words, or with some where none has them all."""
    total: int


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """A tantivy index of one database; cheap to open, safe to share between threads and processes."""

    db: Database
    folder: IndexFolder

    @classmethod
    def open(cls, db: Database, data: Path) -> SearchIndex:
        """Open or make the index in the data folder; raises StorageError where the folder cannot be used."""
        return cls(db, IndexFolder.open(data / "index"))

    def behind(self) -> int:
        """How many articles have changes that are not in the index."""
        return Updater(self.db, self.folder).behind()

    def catch_up(self, progress: Progress | None = None) -> int:
        """Index what changed; gives the number of articles. Where another process writes, it is left to that one."""
        updater = Updater(self.db, self.folder)
        return (updater.run(progress, afresh=False) or 0) if updater.behind() else 0

    def rebuild(self, progress: Progress | None = None) -> int:
        """Index everything anew, readers keeping the old index until it is done.

        Raises StorageError where another process is writing.
        """
        done = Updater(self.db, self.folder).run(progress, afresh=True)
        if done is None:
            raise StorageError("another process is writing the index; try again when it is done")
        return done

    def search(
        self, query: Query | str, *, limit: int = 20, offset: int = 0, sort: Sort = "relevance", group: bool = True
    ) -> SearchResult:
        """Find articles; with ``group`` one hit a story. Raises QueryError where the query cannot be read.

        Articles with all words come first and are what ``total`` and the facets count; by relevance, those with
        some of the words follow. Where no article has them all, the latter are counted, and ``relaxed`` says so.
        Where a word is in no article, the nearest one is searched for, and ``corrected`` says so; ``volume`` and
        ``find_ids`` never do that.
        """
        parsed, searcher = _parsed(query), self.folder.searcher()
        found, corrected = _asked(searcher, parsed), dict[str, str]()
        with self.db.read() as session:
            if not found.complete and found.compiled.scored:
                parsed, corrected = Speller(searcher, session).corrected(parsed)
                found = _asked(searcher, parsed) if corrected else found
            order = listed(searcher, found.compiled, complete=found.complete, sort=sort)
            picked = page(order, limit=limit, offset=offset, group=group)
            hits = read_hits(session, picked, shown(parsed.root))
        return SearchResult(
            total=found.total,
            stories=min(round(searcher.cardinality(found.counted, "cluster")), found.total),
            hits=hits,
            facets=count_facets(searcher, found.counted),
            behind=self.behind(),
            relaxed=found.compiled.several and not found.complete,
            corrected=corrected,
        )

    def volume(self, query: Query | str, *, by: Step = "month") -> list[TrendPoint]:
        """The articles of a query over time beside all of the same outlets; undated articles are left out."""
        parsed = _parsed(query)
        searcher = self.folder.searcher()
        matching = _asked(searcher, parsed).counted
        return trend_points(count_days(searcher, matching), count_days(searcher, outlets_only(parsed)), by=by)

    def find_ids(self, query: Query | str) -> list[str]:
        """The ids of all articles that ``total`` of a search counts, the newest first."""
        searcher = self.folder.searcher()
        asked = _asked(searcher, _parsed(query))
        hits = searcher.search(asked.counted, max(asked.total, 1), count=False, order_by_field="moment").hits
        keys = sorted((-int(moment or 0), read_keys(searcher, address)[0]) for moment, address in hits)
        return [article_id for _, article_id in keys]

    def similar(self, article_id: str, *, limit: int = 5) -> tuple[SearchHit, ...]:
        """Articles of other stories that share the most telling words with an article."""
        searcher = self.folder.searcher()
        with self.db.read() as session:
            asked = likeness(searcher, session, article_id)
            found = page(scan(searcher, asked, sort="relevance"), limit=limit, offset=0, group=True)
            return read_hits(session, found, [])


def _parsed(query: Query | str) -> Query:
    return parse_query(query) if isinstance(query, str) else query


def _asked(searcher: Searcher, query: Query) -> _Asked:
    compiled = compile_query(query)
    complete = _count(searcher, compiled.complete)
    if complete or not compiled.several:
        return _Asked(compiled, complete, compiled.complete, complete)
    return _Asked(compiled, complete, compiled.partial, _count(searcher, compiled.partial))


def _count(searcher: Searcher, query: IndexQuery) -> int:
    return int(searcher.search(query, 1).count)  # type: ignore[attr-defined]  # missing in tantivy's type stubs
