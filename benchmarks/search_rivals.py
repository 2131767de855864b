"""What one would write without Pantau: SQLite FTS5 with SQL joins, and a tantivy index with one plain field."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from scraper.clock import local_day
from scraper.items import Article, Tags
from storage.search.stems import analyze

TOP = 20
_TABLES = """
CREATE TABLE article (id INTEGER PRIMARY KEY, day INTEGER, month INTEGER, outlet TEXT, title TEXT, body TEXT);
CREATE TABLE tag (article_id INTEGER, kind TEXT, name TEXT);
CREATE VIRTUAL TABLE news USING fts5(title, body, content='article', content_rowid='id');
"""
_INDEXES = """
CREATE INDEX tag_article ON tag (article_id, kind, name);
CREATE INDEX tag_name ON tag (kind, name, article_id);
CREATE INDEX article_day ON article (day);
"""
_RANKED = f"""SELECT a.id, a.title, a.outlet, snippet(news, 1, '[', ']', '…', 24)
FROM news JOIN article a ON a.id = news.rowid WHERE news MATCH ? ORDER BY bm25(news) LIMIT {TOP}"""
_FACET = """SELECT t.name, count(*)
FROM news JOIN tag t INDEXED BY tag_article ON t.article_id = news.rowid AND t.kind = 'official'
WHERE news MATCH ? GROUP BY t.name ORDER BY 2 DESC LIMIT 10"""
_MONTHS = "SELECT a.month, count(*) FROM news JOIN article a ON a.id = news.rowid WHERE news MATCH ? GROUP BY a.month"
_FILTERED = f"""SELECT a.id, a.title FROM news JOIN article a ON a.id = news.rowid
JOIN tag t ON t.article_id = a.id AND t.kind = 'official' AND t.name = ?
WHERE news MATCH ? AND a.day BETWEEN ? AND ? ORDER BY bm25(news) LIMIT {TOP}"""


def number(day: Any) -> int:
    """A day as an integer that sorts."""
    return int(f"{day:%Y%m%d}")


class Fts5:
    """SQLite's full-text index over plain tables."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = sqlite3.connect(path)

    @classmethod
    def build(cls, path: Path, articles: Iterable[tuple[Article, Tags]]) -> Fts5:
        """Fill a new file."""
        path.unlink(missing_ok=True)
        rival = cls(path)
        connection = rival._connection
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + _TABLES)
        for key, (article, tags) in enumerate(articles, 1):
            day = number(local_day(article.published.value)) if article.published else 0
            row = (key, day, day // 100, article.site, article.title, article.text)
            connection.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?)", row)
            connection.execute("INSERT INTO news (rowid, title, body) VALUES (?, ?, ?)", (key, *row[4:]))
            connection.executemany("INSERT INTO tag VALUES (?, 'official', ?)", [(key, p.name) for p in tags.people])
            if key % 5_000 == 0:
                connection.commit()
        connection.executescript(_INDEXES)
        connection.commit()
        return rival

    def ranked(self, words: str) -> int:
        """The best hits with snippets; gives how many."""
        return len(self._connection.execute(_RANKED, (words,)).fetchall())

    def facet(self, words: str) -> int:
        """The most frequent officials."""
        return len(self._connection.execute(_FACET, (words,)).fetchall())

    def months(self, words: str) -> int:
        """Hits by month."""
        return len(self._connection.execute(_MONTHS, (words,)).fetchall())

    def filtered(self, official: str, year: int, word: str) -> int:
        """Hits of one official and year."""
        span = (official, word, year * 10_000, year * 10_000 + 9_999)
        return len(self._connection.execute(_FILTERED, span).fetchall())

    def phrase(self, name: str) -> int:
        """Hits of words that stand together."""
        return self.ranked(f'"{name}"')

    def boolean(self, one: str, two: str, three: str, four: str) -> int:
        """One, and two or three, and not four."""
        return self.ranked(f"({one} AND ({two} OR {three})) NOT {four}")


class PlainTantivy:
    """A tantivy index asked in one text field as it comes, with what facets need."""

    def __init__(self, path: Path) -> None:
        self._index = tantivy.Index(_schema(), path=str(path))
        self._index.reload()
        self._searcher = self._index.searcher()

    @classmethod
    def build(cls, path: Path, articles: Iterable[tuple[Article, Tags]]) -> PlainTantivy:
        """Fill a new folder."""
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        index = tantivy.Index(_schema(), path=str(path))
        writer = index.writer(heap_size=64_000_000, num_threads=1)
        for article, tags in articles:
            day = number(local_day(article.published.value)) if article.published else 0
            document = tantivy.Document(title=article.title, body=article.text, day=day, month=day // 100)
            title = analyze(article.title)
            document.add_text("title_stem", " ".join(title))
            document.add_text("body_stem", " ".join(title + analyze(article.text)))
            for person in tags.people:
                document.add_text("official", person.name)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        return cls(path)

    def ranked(self, words: str) -> int:
        """The best hits with snippets; gives how many."""
        return self._top(self._term(words))

    def facet(self, words: str) -> int:
        """The most frequent officials."""
        wanted = {"top": {"terms": {"field": "official", "size": 10}}}
        return len(self._searcher.aggregate(self._term(words), wanted)["top"]["buckets"])

    def months(self, words: str) -> int:
        """Hits by month."""
        wanted = {"months": {"terms": {"field": "month", "size": 2_000}}}
        return len(self._searcher.aggregate(self._term(words), wanted)["months"]["buckets"])

    def filtered(self, official: str, year: int, word: str) -> int:
        """Hits of one official and year."""
        days = tantivy.Query.range_query(
            _schema(), "day", tantivy.FieldType.Integer, year * 10_000, year * 10_000 + 9_999
        )
        person = tantivy.Query.term_query(_schema(), "official", official, "basic")
        return self._top(_all(self._term(word), days, person))

    def phrase(self, name: str) -> int:
        """Hits of words that stand together."""
        return self._top(tantivy.Query.phrase_query(_schema(), "body", list(name.lower().split())))

    def boolean(self, one: str, two: str, three: str, four: str) -> int:
        """One, and two or three, and not four."""
        either = [(tantivy.Occur.Should, self._term(two)), (tantivy.Occur.Should, self._term(three))]
        parts = [(tantivy.Occur.Must, self._term(one)), (tantivy.Occur.Must, tantivy.Query.boolean_query(either))]
        return self._top(tantivy.Query.boolean_query([*parts, (tantivy.Occur.MustNot, self._term(four))]))

    def _top(self, query: tantivy.Query, *, count: bool = False) -> int:
        snippets = tantivy.SnippetGenerator.create(self._searcher, query, _schema(), "body")
        hits = self._searcher.search(query, TOP, count=count).hits
        return len([snippets.snippet_from_doc(self._searcher.doc(address)).to_html() for _, address in hits])

    def _term(self, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(_schema(), "body", word)


class AlikeTantivy(PlainTantivy):
    """The same index asked for the same as we are: any form of a word, more for the title, and the exact total."""

    def ranked(self, words: str) -> int:
        """The best hits with snippets, all of them counted; gives how many are shown."""
        (stem,) = analyze(words)
        body = tantivy.Query.term_query(_schema(), "body_stem", stem)
        title = tantivy.Query.boost_query(tantivy.Query.term_query(_schema(), "title_stem", stem), 1.2)
        itself = tantivy.Query.boost_query(self._term(words), 0.3)
        parts = [(tantivy.Occur.Should, part) for part in (body, title, itself)]
        return self._top(tantivy.Query.boolean_query(parts), count=True)


def _all(*queries: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("title", "body"):
        builder.add_text_field(name, stored=True)
    for name in ("title_stem", "body_stem"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("official", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_integer_field("month", fast=True)
    return builder.build()
