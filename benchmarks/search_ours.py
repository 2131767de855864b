"""Pantau's own storage and index under load: filled as import and tagging fill it, asked as the page asks it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from scraper.config import load_config
from scraper.items import Article, TaggedArticle, Tags
from storage.database import Database
from storage.records.bulk import save_all_tags, save_articles
from storage.search.engine import SearchIndex
from storage.trends.questions import compare

BATCH = 500
SHOWN_FACETS = ("pejabat", "program", "media", "wilayah", "topik", "jenis")


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling cost."""

    seconds: float
    """Of the clock, storing, tagging and indexing; not making the articles up."""
    index_cpu_seconds: float
    database_bytes: int
    index_bytes: int


class Ours:
    """A database with its index in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.db = Database.open(load_config(environ={"PANTAU_DATA": str(folder)}, file=folder / "none.toml"))
        self.index = SearchIndex.open(self.db, folder)

    def fill(self, articles: Iterable[tuple[Article, Tags]]) -> Filled:
        """Store, tag and index."""
        rows, seconds = iter(articles), 0.0
        while batch := list(islice(rows, BATCH)):
            started = time.perf_counter()
            self.store(batch)
            seconds += time.perf_counter() - started
        started, cpu = time.perf_counter(), time.process_time()
        self.index.catch_up()
        cpu = time.process_time() - cpu
        seconds += time.perf_counter() - started
        database = sum(path.stat().st_size for path in self.folder.glob("pantau.db*"))
        index = sum(path.stat().st_size for path in (self.folder / "index").rglob("*") if path.is_file())
        return Filled(seconds, cpu, database, index)

    def store(self, batch: Iterable[tuple[Article, Tags]]) -> None:
        """Store articles and their tags, in two transactions."""
        rows = list(batch)
        with self.db.write() as session:
            save_articles(session, [article for article, _ in rows])
        tagged = [
            TaggedArticle(article=article, tags=tags, tag_version="1", text_version=article.content_hash)
            for article, tags in rows
        ]
        with self.db.write() as session:
            save_all_tags(session, tagged)

    def freshness(self, article: Article) -> float:
        """Seconds from storing an article until a search finds it."""
        started = time.perf_counter()
        self.store([(article, Tags())])
        while not self.index.search(f'"{article.title}"', facets=()).total:
            self.index.catch_up()
        return time.perf_counter() - started

    def ranked(self, words: str) -> int:
        """The best hits with snippets; gives how many."""
        return len(self.index.search(words, facets=(), group=False).hits)

    def facet(self, words: str) -> int:
        """The most frequent officials."""
        return len(self.index.facet(words, "pejabat"))

    def months(self, words: str) -> int:
        """Hits by month, beside all articles."""
        return len(self.index.volume(words, by="month"))

    def filtered(self, official: str, year: int, word: str) -> int:
        """Hits of one official and year."""
        return self.ranked(f'pejabat:"{official}" dari:{year} sampai:{year} {word}')

    def phrase(self, name: str) -> int:
        """Hits of words that stand together."""
        return self.ranked(f'"{name}"')

    def boolean(self, one: str, two: str, three: str, four: str) -> int:
        """One, and two or three, and not four."""
        return self.ranked(f"{one} ({two} OR {three}) -{four}")

    def page(self, words: str) -> int:
        """What the search page shows: stories, facets and chart."""
        result = self.index.search(words, facets=SHOWN_FACETS)
        return len(result.hits) + len(self.index.volume(words))

    def compare(self, one: str, other: str) -> int:
        """Two words by day, with their bursts."""
        return sum(len(series.points) for series in compare(self.index, [one, other], by="day"))
