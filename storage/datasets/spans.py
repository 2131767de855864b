"""What all tables of things found in texts share: whose text, where in it, who found it, how sure."""

from __future__ import annotations

from typing import Any

from storage.datasets.columns import Column, Row, integer, number, text

ID = text("id", "Kode baris: berita, letak awal, letak akhir", "Id of the row: article, start, end")
ARTICLE_ID = text("article_id", "Kode berita (articles.id)", "The article (articles.id)")
OF_ARTICLE = {"article_id": ("articles", "id")}
SPAN_COLUMNS: tuple[Column, ...] = (
    integer("start", "Letak huruf pertama di dalam teks, dihitung dari 0", "First character in the text, from 0"),
    integer("end", "Letak sesudah huruf terakhir", "Place after the last character"),
    text("source", "Penemu: model, rule, registry; person = dikoreksi petugas",
         "Who found it: model, rule, registry; person = corrected by a person"),
    number("score", "Keyakinan, 0 sampai 1", "How sure, 0 to 1"),
    text("tag_version", "Versi penandaan", "Version of the tagging"),
)  # fmt: skip


def located(table: Any) -> tuple[Any, ...]:
    """The columns to read of a table of spans."""
    return (table.start, table.end, table.surface, table.source, table.score)


def span(row: Any, tag_version: str | None) -> Row:
    """Values of SPAN_COLUMNS."""
    return {
        "start": row.start,
        "end": row.end,
        "source": row.source,
        "score": row.score,
        "tag_version": tag_version,
    }
