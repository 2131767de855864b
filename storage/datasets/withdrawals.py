"""What is not there any more: withdrawn articles, and what a reader of an earlier export has to throw away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from storage.datasets.columns import Row, Table, address, batched, day, moment, text
from storage.datasets.reading import local
from storage.datasets.snapshot import STREAM, Snapshot
from storage.records.tables import ArticleRow


@batched
def _withdrawals(snapshot: Snapshot) -> Iterator[Row]:
    columns = (ArticleRow.id, ArticleRow.site, ArticleRow.title, ArticleRow.canonical_url, ArticleRow.published_day)
    query = select(*columns, ArticleRow.withdrawn_at, ArticleRow.withdrawn_reason)
    query = query.where(ArticleRow.withdrawn_at.is_not(None)).order_by(ArticleRow.id)
    for row in snapshot.session.execute(query.execution_options(yield_per=STREAM)):
        yield row._asdict() | {"withdrawn_at": local(row.withdrawn_at)}


@batched
def _changes(snapshot: Snapshot) -> Iterator[Row]:
    """Every article that changed; those not among the wanted ones are to be thrown away only."""
    kept = {bytes.fromhex(key) for key in snapshot.articles}
    query: Any = select(ArticleRow.id, ArticleRow.withdrawn_at).where(ArticleRow.change > (snapshot.since or 0))
    for key, withdrawn_at in snapshot.session.execute(query.order_by(ArticleRow.id)):
        reason = "withdrawn" if withdrawn_at else "replaced" if bytes.fromhex(key) in kept else "not_found"
        yield {"article_id": key, "change": reason}


WITHDRAWALS = Table(
    name="withdrawals",
    id="Satu berita yang ditarik: teks dan tandanya sudah dihapus",
    en="One withdrawn article: its text and tags are gone",
    key=("id",),
    read=_withdrawals,
    of_articles=False,
    columns=(
        text("id", "Kode berita", "Id of the article"),
        text("site", "Nama sumber", "Name of the source"),
        text("title", "Judul", "Headline"),
        address("canonical_url", "Alamat baku", "Canonical address"),
        day("published_day", "Tanggal terbit (WIB)", "Local day of publication (UTC+7)"),
        moment("withdrawn_at", "Waktu ditarik", "When it was withdrawn"),
        text("withdrawn_reason", "Alasan ditarik", "Why it was withdrawn"),
    ),
)
CHANGES = Table(
    name="changes",
    id="Satu berita yang berubah sejak ekspor sebelumnya: hapus semua barisnya, lalu tambahkan yang baru",
    en="One article that changed since an earlier export: drop all rows of it, then add the new ones",
    key=("article_id",),
    read=_changes,
    of_articles=False,
    columns=(
        text("article_id", "Kode berita", "Id of the article"),
        text("change", "replaced (ada baris baru), withdrawn (ditarik), not_found (tidak lagi cocok dengan pencarian)",
             "replaced (there are new rows), withdrawn, not_found (the query does not find it any more)"),
    ),
)  # fmt: skip
"""Written beside an export that gives only what is new."""
