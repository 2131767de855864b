"""How good the order of search hits is: nDCG@10 on judged queries, beside plain SQLite FTS5 and a plain tantivy field.

``python -m benchmarks.relevance`` stores the stories of the demo newsroom, asks the queries of ``relevance.toml`` and
prints a mean for each class of queries; ``--queries`` prints each query. ``--check`` compares with
``benchmarks/floors.json`` and exits with 1 where a figure dropped.
"""

from __future__ import annotations

import argparse
import json
import math
import sqlite3
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.scoring import check_floors
from demo.story import load_stories
from scraper.config import load_config
from scraper.items import Article, DatedBy
from storage.database import Database
from storage.records.articles import save_article
from storage.search.engine import SearchIndex
from storage.search.lexer import lex

QUERIES = Path(__file__).with_name("relevance.toml")
TODAY = date(2026, 3, 2)
"""The day from which the stories are dated."""
SHOWN = 10
Ranker = Callable[[str], list[str]]
"""A query to at most SHOWN keys, the best first."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with its graded answers."""

    kind: str
    text: str
    grades: Mapping[str, int]
    """Key of an article -> 1 to 3."""


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark; the exit code is 1 only where ``--check`` finds a drop."""
    options = _options(argv)
    articles = demo_articles()
    queries = judged_queries(articles, QUERIES)
    with tempfile.TemporaryDirectory() as folder:
        rankers = {"pantau": pantau(articles, Path(folder)), "fts5": fts5(articles), "tantivy": plain_tantivy(articles)}
        scores = {name: [ndcg(rank(query.text), query.grades) for query in queries] for name, rank in rankers.items()}
    figures = by_class(queries, scores)
    if options.queries:
        _print_queries(queries, scores)
    print(json.dumps(figures, indent=1)) if options.json else _print(figures)
    ours = {kind: {"ndcg": values["pantau"]} for kind, values in figures.items()}
    return check_floors("relevance", ours) if options.check else 0


def demo_articles() -> dict[str, Article]:
    """Key (``story@site``) -> what that outlet printed."""
    return {
        f"{story.slug}@{version.site}": Article(
            canonical_url=f"https://{version.site}.example/{story.slug}",
            title=version.title,
            text=version.text,
            site=version.site,
            published=DatedBy(value=version.published, evidence="given", raw=""),
        )
        for story in load_stories(TODAY)
        for version in story.versions
    }


def judged_queries(articles: Mapping[str, Article], path: Path) -> list[Judged]:
    """The queries of a file; raises KeyError where a grade is given to an article that does not exist."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))["query"]
    return [Judged(row["class"], row["text"], _grades(row["grades"], articles)) for row in raw]


def ndcg(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Normalised discounted cumulative gain of the first SHOWN; a grade g gains 2^g - 1."""
    best = sorted(grades.values(), reverse=True)
    return _gain([grades.get(key, 0) for key in ranked]) / _gain(best)


def by_class(queries: Sequence[Judged], scores: Mapping[str, Sequence[float]]) -> dict[str, dict[str, float]]:
    """Class -> engine -> mean; and ``all`` for all queries."""
    kinds = dict.fromkeys(query.kind for query in queries)
    parts = {kind: [number for number, query in enumerate(queries) if query.kind == kind] for kind in kinds}
    parts["all"] = list(range(len(queries)))
    return {
        kind: {name: round(sum(values[n] for n in numbers) / len(numbers), 4) for name, values in scores.items()}
        for kind, numbers in parts.items()
    }


def pantau(articles: Mapping[str, Article], folder: Path) -> Ranker:
    """The real database and index."""
    db = Database.open(load_config(environ={"PANTAU_DATA": str(folder)}, file=folder / "none.toml"))
    with db.write() as session:
        for article in articles.values():
            save_article(session, article)
    index = SearchIndex.open(db, folder)
    index.catch_up()
    keys = {article.id: key for key, article in articles.items()}
    return lambda text: [keys[hit.id] for hit in index.search(text, limit=SHOWN, group=False).hits]


def fts5(articles: Mapping[str, Article]) -> Ranker:
    """SQLite's full-text table with its defaults, ordered by bm25."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE news USING fts5(key UNINDEXED, title, body)")
    rows = [(key, article.title, article.text) for key, article in articles.items()]
    connection.executemany("INSERT INTO news VALUES (?, ?, ?)", rows)
    select = f"SELECT key FROM news WHERE news MATCH ? ORDER BY bm25(news) LIMIT {SHOWN}"
    return lambda text: [key for (key,) in connection.execute(select, (_for_fts5(text),))]


def plain_tantivy(articles: Mapping[str, Article]) -> Ranker:
    """One tantivy field with its default tokenizer, asked in its own query language."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw")
    builder.add_text_field("title")
    builder.add_text_field("body")
    index = tantivy.Index(builder.build())
    with index.writer(num_threads=1) as writer:
        for key, article in articles.items():
            body = f"{article.title}\n{article.text}"
            writer.add_document(tantivy.Document(key=key, title=article.title, body=body))
    index.reload()
    searcher = index.searcher()

    def rank(text: str) -> list[str]:
        query, _ = index.parse_query_lenient(text.replace("judul:", "title:"), ["body"])
        return [str(searcher.doc(address).get_first("key")) for _, address in searcher.search(query, SHOWN).hits]

    return rank


def _for_fts5(text: str) -> str:
    """Any of the words, none of the excluded ones."""
    wanted: list[str] = []
    excluded: list[str] = []
    negated = False
    for lexeme in lex(text):
        if lexeme.kind in ("word", "phrase", "field"):
            column = "title:" if lexeme.kind == "field" else ""
            (excluded if negated else wanted).append(f'{column}"{lexeme.text}"')
        negated = lexeme.kind == "not"
    return f"({' OR '.join(wanted)})" + "".join(f" NOT {word}" for word in excluded)


def _grades(raw: Mapping[str, int], articles: Mapping[str, Article]) -> dict[str, int]:
    grades: dict[str, int] = {}
    for key, grade in raw.items():
        found = [name for name in articles if key in (name, name.partition("@")[0])]
        if not found:
            raise KeyError(f"{key} is no story of the newsroom; look at demo/stories")
        grades |= dict.fromkeys(found, grade)
    return grades


def _gain(grades: Sequence[int]) -> float:
    gains = ((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:SHOWN]))
    return math.fsum(gains)


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--check", action="store_true", help="compare with the floors; exit 1 on a drop")
    parser.add_argument("--queries", action="store_true", help="print each query too")
    return parser.parse_args(argv)


def _print(figures: Mapping[str, Mapping[str, float]]) -> None:
    names = list(figures["all"])
    print(f"{'nDCG@10':12}" + "".join(f" {name:>8}" for name in names))
    for kind, values in figures.items():
        print(f"{kind:12}" + "".join(f" {values[name]:8.3f}" for name in names))


def _print_queries(queries: Sequence[Judged], scores: Mapping[str, Sequence[Any]]) -> None:
    for number, query in enumerate(queries):
        cells = "".join(f" {values[number]:8.3f}" for values in scores.values())
        print(f"{query.kind:12}{query.text:40.40}{cells}")


if __name__ == "__main__":
    raise SystemExit(main())
