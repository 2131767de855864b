"""What all tables of things found in texts share: whose text, where in it, who found it, how sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from storage.datasets.columns import Column, Row, integer, number, text
from storage.datasets.reading import SpanIds, articles, batches, belonging
from storage.datasets.snapshot import Snapshot
from storage.records.tables import ArticleRow

Beside = TypeVar("Beside")

ID = text("id", "Kode baris: berita, letak awal, letak akhir", "Id of the row: article, start, end")
ARTICLE_ID = text("article_id", "Kode berita (articles.id)", "The article (articles.id)")
OF_ARTICLE = {"article_id": ("articles", "id")}
SPAN_COLUMNS: tuple[Column, ...] = (
    integer("start", "Letak huruf pertama di dalam teks, dihitung dari 0", "First character in the text, from 0"),
    integer("end", "Letak sesudah huruf terakhir", "Place after the last character"),
    text("source", "Penemu: model, rule, registry; person = dikoreksi petugas",
         "Who found it: model, rule, registry; person = corrected by a person"),
    number("score", "Keyakinan, 0 sampai 1", "How sure, 0 to 1"),
    text("tag_version", "Versi penandaan; ~: lihat artikel", "Version of the tagging; ~: see articles"),
)  # fmt: skip


def each_span(
    snapshot: Snapshot, table: Any, *columns: Any, beside: Callable[[Snapshot, Sequence[str]], Beside],
    of_article: Sequence[Any] = (), where: Any = None,
) -> Iterator[tuple[Row, Any, Any, Beside]]:  # fmt: skip
    """Every row of a table of spans, in the order of its articles.

    Gives for each its values of ID, ARTICLE_ID and SPAN_COLUMNS, the row with ``columns``, the row of its article with
    ``of_article``, and what ``beside`` gives for the articles that are read with it.
    """
    kept = (table.start, table.end, table.surface, table.source, table.score)
    for ids in batches(snapshot):
        rows = belonging(snapshot.session, ids, table, *columns, *kept, where=where)
        holders = [key for key in ids if key in rows]
        found = articles(snapshot.session, holders, ArticleRow.tag_version, *of_article) if holders else {}
        known = beside(snapshot, holders)
        for key in holders:
            article, names = found[key], SpanIds(key)
            yield from ((_values(row, article, names), row, article, known) for row in rows[key])


def nothing(_snapshot: Snapshot, _ids: Sequence[str]) -> None:
    """For tables whose spans say all by themselves."""


def _values(row: Any, article: Any, names: SpanIds) -> Row:
    return {
        "id": names.name(row.start, row.end),
        "article_id": row.article_id,
        "start": row.start,
        "end": row.end,
        "source": row.source,
        "score": row.score,
        "tag_version": article.tag_version,
    }
