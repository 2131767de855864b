"""The tables an analyst gets: tidy rows, one thing each, joined by ``article_id``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from scraper.items import FIGURE_FACTS, Span, Tags
from scraper.rows import to_row
from storage.records.stored import StoredArticle

Row = dict[str, Any]
SNIPPET_LENGTH = 240
"""Characters of text that leave the office without ``--full-text`` (copyright)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One exportable table: its columns and how an article becomes rows of it."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[StoredArticle], Iterator[Row]]


def snippet(text: str) -> str:
    """The beginning of a text, cut at a word, with an ellipsis where something follows."""
    flat = " ".join(text.split())
    if len(flat) <= SNIPPET_LENGTH:
        return flat
    return flat[:SNIPPET_LENGTH].rsplit(" ", 1)[0] + " …"


def _articles(stored: StoredArticle) -> Iterator[Row]:
    row = to_row(stored.article)
    yield row | {
        "snippet": snippet(stored.article.story),
        "kind": stored.kind,
        "cluster": stored.cluster,
        "first_seen": stored.first_seen.isoformat(timespec="seconds"),
    }


def _tags(stored: StoredArticle) -> Tags:
    return stored.tags or Tags()


def _span(stored: StoredArticle, span: Span) -> Row:
    """The columns that every table of spans has: whose text, where in it, who says so, how sure."""
    return {
        "article_id": stored.id,
        "start": span.start,
        "end": span.end,
        "source": span.source,
        "score": span.score,
        "tag_version": stored.tag_version,
    }


def _mentions(stored: StoredArticle) -> Iterator[Row]:
    for person in _tags(stored).people:
        for mention in person.mentions:
            yield {
                "person_key": person.key,
                "person_id": person.person_id,
                "name": person.name,
                "official": person.official,
                "offices": list(person.offices),
                "surface": mention.surface,
            } | _span(stored, mention)


def _statements(stored: StoredArticle) -> Iterator[Row]:
    for quote in _tags(stored).quotes:
        yield {
            "speaker": quote.speaker,
            "kind": quote.kind,
            "verb": quote.verb,
            "quote": quote.surface,
        } | _span(stored, quote)


def _figures(stored: StoredArticle) -> Iterator[Row]:
    for figure in _tags(stored).figures:
        facts = {name: getattr(figure, name) for name in FIGURE_FACTS}
        yield {"raw": figure.surface} | facts | {"flags": list(figure.flags)} | _span(stored, figure)


def _programmes(stored: StoredArticle) -> Iterator[Row]:
    for program in _tags(stored).programs:
        for mention in program.mentions:
            yield {
                "programme_id": program.program_id,
                "name": program.name,
                "surface": mention.surface,
            } | _span(stored, mention)


ARTICLE_COLUMNS = (
    "id", "url", "canonical_url", "site", "title", "snippet", "text", "published", "published_precision",
    "published_evidence", "published_raw", "modified", "author", "editor", "tags", "section", "dateline", "kind",
    "language", "cluster", "first_seen",
)  # fmt: skip
SPAN_COLUMNS = ("start", "end", "source", "score", "tag_version")
TABLES = {
    table.name: table
    for table in (
        Table(name="articles", columns=ARTICLE_COLUMNS, rows=_articles),
        Table(
            name="mentions",
            columns=("article_id", "person_key", "person_id", "name", "official", "offices", "surface", *SPAN_COLUMNS),
            rows=_mentions,
        ),
        Table(
            name="statements",
            columns=("article_id", "speaker", "kind", "verb", "quote", *SPAN_COLUMNS),
            rows=_statements,
        ),
        Table(
            name="figures",
            columns=("article_id", "raw", *FIGURE_FACTS, "flags", *SPAN_COLUMNS),
            rows=_figures,
        ),
        Table(
            name="programmes",
            columns=("article_id", "programme_id", "name", "surface", *SPAN_COLUMNS),
            rows=_programmes,
        ),
    )
}
"""Every table by name; a further table is one function and one entry."""
