"""The search index beside the database: catches up by change number, is rebuilt from nothing, answers queries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar

from sqlalchemy.orm import Session
from tantivy import Order, Searcher
from tantivy import Query as IndexQuery

from scraper.errors import StorageError
from storage.database import Database
from storage.records.changes import position
from storage.records.registry import registry_rows
from storage.search.concepts import shown
from storage.search.counting import (
    FACET_SIZE,
    MOST_OUTLETS,
    MOST_VALUES,
    count_all,
    count_facets,
    count_periods,
    count_rest,
    count_stories,
    count_tones,
    count_values,
)
from storage.search.cursor import Cursor
from storage.search.fields import FACETS
from storage.search.folder import IndexFolder, Mark
from storage.search.hits import FIRST, Found, page, ranking, read_hits, read_keys
from storage.search.likeness import likeness
from storage.search.matching import Compiled, Reading, compile_query, dated, live, one_of, outlet_filters, outlets_only
from storage.search.query import Query, parse_query
from storage.search.results import FacetCount, SearchHit, SearchResult, Sort
from storage.search.spelling import Speller
from storage.search.suggestions import Known, Suggestion, Suggestions, aliases_of
from storage.search.updating import Progress, Updater, changed_since
from storage.trends.points import Step, TrendPoint, trend_points
from storage.trends.tones import ToneGroup, whole_of

SUGGESTED = {"pejabat": "persons", "program": "programmes", "wilayah": "places", "media": ""}
"""Facets whose values a search box offers -> the registry that knows other names of them."""
MOST_SUGGESTED = 20_000
MOST = 2 / 3
"""Hits as a part of all articles from which the values of the other articles are counted instead: they are fewer."""
PAUSE = 0.5
"""Seconds between two looks whether another writer has ended."""
Made = TypeVar("Made")


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

    def reach(self) -> int:
        """The change number up to which articles are found."""
        return self.folder.mark().change

    def catch_up(self, progress: Progress | None = None) -> int:
        """Index what changed; gives the number of articles. Where another process writes, it is left to that one."""
        updater = Updater(self.db, self.folder)
        return (updater.run(progress, afresh=False) or 0) if updater.behind() else 0

    def rebuild(self, progress: Progress | None = None, *, patience: float = 0.0) -> int:
        """Index everything anew, readers keeping the old index until it is done; of what was deleted nothing is left.

        Raises StorageError where another process is writing and does not end in so many seconds.
        """
        end = monotonic() + patience
        while (done := Updater(self.db, self.folder).run(progress, afresh=True)) is None:
            if monotonic() >= end:
                raise StorageError("another process is writing the index; when it is done, run: pantau reindex")
            sleep(PAUSE)
        return done

    def search(
        self,
        query: Query | str,
        *,
        limit: int = 20,
        offset: int = 0,
        after: str | None = None,
        sort: Sort = "relevance",
        group: bool = True,
        facets: Collection[str] = tuple(FACETS),
    ) -> SearchResult:
        """Find articles; with ``group`` one hit a story. Raises QueryError where the query cannot be read.

        Articles with all words come first and are what ``total`` and the facets count; by relevance, those with
        some of the words follow. Where no article has them all, the latter are counted, and ``relaxed`` says so.
        Where a word is in no article, the nearest one is searched for, and ``corrected`` says so; ``volume`` and
        ``find_ids`` never do that. ``after`` is the cursor of the page before (``next``): pages join without gap or
        repeat while articles arrive.
        """
        parsed, searcher = _parsed(query), self.folder.searcher()
        cursor = Cursor.read(after) if after else None
        asked, corrected = Asked(searcher, compile_query(parsed), sort, listed=True), dict[str, str]()
        with self.db.read() as session:
            if asked.is_fruitless:
                parsed, corrected = Speller(searcher, session).corrected(parsed)
                asked = Asked(searcher, compile_query(parsed), sort, listed=True) if corrected else asked
            picked, end = page(asked, limit=limit, offset=offset, after=cursor, group=group)
            hits = read_hits(session, picked, shown(parsed.root))
            behind = changed_since(session, self.folder.mark(searcher))
        return SearchResult(
            total=asked.total,
            stories=count_stories(searcher, asked.counted, asked.total) if group else 0,
            hits=hits,
            facets=self._facets(searcher, asked, facets),
            behind=behind,
            relaxed=asked.is_relaxed,
            corrected=corrected,
            next=str(end) if end else None,
        )

    def facet(self, query: Query | str, name: str, *, limit: int = 10) -> tuple[FacetCount, ...]:
        """The most frequent values of one facet among the articles of a query."""
        searcher = self.folder.searcher()
        return self._facets(searcher, Asked(searcher, compile_query(_parsed(query))), [name], size=limit)[name]

    def outlets(self) -> dict[str, int]:
        """Outlet -> its articles, by name."""
        searcher = self.folder.searcher()
        found = self.folder.kept(
            searcher, "outlets", lambda: count_facets(searcher, live(), ["media"], size=MOST_OUTLETS)["media"]
        )
        return {item.value: item.count for item in sorted(found, key=lambda item: item.value)}

    def kept(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives, made once until an article changes; for answers that nothing else changes."""
        return self.folder.kept(self.folder.searcher(), key, make)

    def count(self, query: Query | str) -> int:
        """How many articles ``total`` of a search counts."""
        return Asked(self.folder.searcher(), compile_query(_parsed(query))).total

    def volume(self, query: Query | str, *, by: Step = "month") -> list[TrendPoint]:
        """The articles of a query over time beside all of the same outlets; undated articles are left out."""
        return trend_points(*self.periods(query, by=by), by=by)

    def periods(self, query: Query | str, *, by: Step = "month") -> tuple[dict[date, int], dict[date, int]]:
        """First day of a period -> articles of a query, and all articles of the outlets that it is about."""
        parsed, searcher = _parsed(query), self.folder.searcher()
        key = (by, *outlet_filters(parsed))
        everything = self.folder.kept(searcher, key, lambda: count_periods(searcher, outlets_only(parsed), by=by))
        if not parsed.root.children:
            return everything, everything
        return count_periods(searcher, Asked(searcher, compile_query(parsed)).counted, by=by), everything

    def tones(self, query: Query | str, *, by: Step | None = None, outlets: bool = False) -> list[ToneGroup]:
        """How people rated the articles of a query: together, or per outlet, per period (dated ones only), or both."""
        searcher = self.folder.searcher()
        counted = Asked(searcher, compile_query(_parsed(query))).counted
        found = list(count_tones(searcher, counted, by=by, outlets=outlets))
        if by is None and not outlets:
            return [whole_of(found)]
        return sorted(found, key=lambda group: (group.start or date.min, group.outlet or ""))

    def earliest(self, query: Query | str) -> SearchHit | None:
        """The first dated article of a query."""
        searcher, parsed = self.folder.searcher(), _parsed(query)
        counted = dated(Asked(searcher, compile_query(parsed)).counted)
        hits = searcher.search(counted, 1, count=False, order_by_field="moment", order=Order.Asc).hits
        found = [Found(*read_keys(searcher, address), float(moment or 0), "date") for moment, address in hits]
        with self.db.read() as session:
            return next(iter(read_hits(session, found, shown(parsed.root))), None)

    def find_ids(self, query: Query | str) -> list[str]:
        """The ids of all articles that ``total`` of a search counts, the newest first."""
        asked = Asked(self.folder.searcher(), compile_query(_parsed(query)), "date")
        return [item.id for item in sorted(asked.hits, key=lambda item: (-item.rank, item.id))]

    def suggest(self, text: str, *, limit: int = 8) -> list[Suggestion]:
        """Officials, programmes, places and outlets whose names have words that begin as typed."""
        searcher = self.folder.searcher()
        known = self.folder.kept(searcher, "suggestions", lambda: Suggestions(self._known(searcher)))
        return known.find(text, limit=limit)

    def find_all(self, session: Session, query: Query | str) -> tuple[list[str], bool]:
        """What ``find_ids`` gives in any order, and whether the index reaches exactly as far as a session sees."""
        searcher = self.folder.searcher()
        found = Asked(searcher, compile_query(_parsed(query)), "date").hits
        return [item.id for item in found], self.folder.mark(searcher) == Mark(*position(session))

    def complete_ids(self, query: Query | str, *, among: Collection[str] | None = None) -> list[str]:
        """The ids of the articles that have everything that was asked for, the newest first; all, or those ``among``.

        Unlike the others this never makes do with some of the words.
        """
        searcher, counted = self.folder.searcher(), compile_query(_parsed(query)).complete.counted
        found = ranking(searcher, counted if among is None else one_of(counted, among), sort="date")
        return [item.id for item in sorted(found, key=lambda item: (-item.rank, item.id))]

    def similar(self, article_id: str, *, limit: int = 5) -> tuple[SearchHit, ...]:
        """Articles of other stories that share the most telling words with an article."""
        searcher = self.folder.searcher()
        with self.db.read() as session:
            asked = likeness(searcher, session, article_id)
            found, _ = page(ranking(searcher, asked, sort="relevance"), limit=limit, group=True)
            return read_hits(session, found, [])

    def _facets(
        self, searcher: Searcher, asked: Asked, names: Collection[str], *, size: int = FACET_SIZE
    ) -> dict[str, tuple[FacetCount, ...]]:
        everywhere = self._everywhere(searcher, names) if asked.total > MOST * searcher.num_docs else {}
        others = [name for name in names if name not in everywhere]
        found = count_rest(searcher, asked.counted, everywhere, size=size)
        found |= count_facets(searcher, asked.counted, others, size=size)
        return {name: found[name] for name in names}

    def _everywhere(self, searcher: Searcher, names: Collection[str]) -> dict[str, tuple[FacetCount, ...]]:
        """Facet -> its values in all articles, for those facets that do not have too many."""
        found = {
            name: self.folder.kept(searcher, ("values", name), partial(count_values, searcher, name)) for name in names
        }
        return {name: values for name, values in found.items() if len(values) < MOST_VALUES}

    def _known(self, searcher: Searcher) -> Iterator[Known]:
        counts = count_facets(searcher, live(), list(SUGGESTED), size=MOST_SUGGESTED)
        with self.db.read() as session:
            registries = registry_rows(session)
        for facet, kind in SUGGESTED.items():
            aliases = aliases_of(registries, kind)
            for item in counts[facet]:
                yield Known(facet, item.value, item.count, aliases.get(item.value, ()))


class Asked:
    """A query put to the index: what is counted, and the hits in order, each looked up when it is wanted."""

    def __init__(
        self, searcher: Searcher, compiled: Compiled, sort: Sort = "relevance", *, listed: bool = False
    ) -> None:
        """``listed`` says that hits will be wanted: where all must be looked at for them, they are counted with it."""
        self._searcher, self._compiled = searcher, compiled
        self._sort: Sort = sort if compiled.scored else "date"
        self._at_once = listed and self._sort == "relevance" and not compiled.bare

    @cached_property
    def total(self) -> int:
        """Articles with all words, or with some where none has them all."""
        return count_all(self._searcher, self.counted) if self.is_relaxed else self._complete

    @property
    def counted(self) -> IndexQuery:
        """What ``total`` counts."""
        return self._reading.counted

    @property
    def is_relaxed(self) -> bool:
        """Whether no article has all words, and articles with some of them will do."""
        return self._compiled.several and not self._complete

    @property
    def is_fruitless(self) -> bool:
        """Whether words were asked for that no article has all of."""
        return self._compiled.scored and not self._complete

    @property
    def hits(self) -> Iterator[Found]:
        """The hits that ``total`` counts, in order."""
        query = self._reading.ranked if self._sort == "relevance" else self._reading.counted
        first = self._best.hits if self._at_once and not self.is_relaxed else None
        yield from ranking(self._searcher, query, sort=self._sort, partial=self.is_relaxed, first=first)

    def __iter__(self) -> Iterator[Found]:
        yield from self.hits
        if self._compiled.several and self._sort == "relevance" and not self.is_relaxed:
            rest = self._compiled.partial.ranked.and_must_not_match(self._compiled.complete.counted)
            yield from ranking(self._searcher, rest, sort="relevance", partial=True)

    @cached_property
    def _complete(self) -> int:
        if self._at_once:
            return int(self._best.count)
        return count_all(self._searcher, self._compiled.complete.counted)

    @cached_property
    def _best(self) -> Any:
        return self._searcher.search(self._compiled.complete.ranked, FIRST, count=True)

    @property
    def _reading(self) -> Reading:
        return self._compiled.partial if self.is_relaxed else self._compiled.complete


def _parsed(query: Query | str) -> Query:
    return parse_query(query) if isinstance(query, str) else query
