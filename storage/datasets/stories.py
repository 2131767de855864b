"""Stories: groups of articles that tell the same."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import aliased

from storage.datasets.columns import Row, Table, batched, day, integer, text
from storage.datasets.snapshot import STREAM, Snapshot, bytewise
from storage.records.tables import ArticleRow


@batched
def _clusters(snapshot: Snapshot) -> Iterator[Row]:
    lead = aliased(ArticleRow)
    paid = func.coalesce(ArticleRow.tagged_kind, ArticleRow.kind) == "advertorial"
    query = select(
        ArticleRow.cluster,
        func.max(lead.title).label("title"),
        func.count().label("articles"),
        func.count(ArticleRow.site.distinct()).label("outlets"),
        func.sum(cast(paid, Integer)).label("paid"),
        func.min(ArticleRow.published_day).label("first_day"),
        func.max(ArticleRow.published_day).label("last_day"),
    ).outerjoin(lead, lead.id == ArticleRow.cluster)
    query = query.where(ArticleRow.withdrawn_at.is_(None), snapshot.among(ArticleRow.id)).group_by(ArticleRow.cluster)
    query = query.order_by(bytewise(snapshot.session, ArticleRow.cluster))
    for row in snapshot.session.execute(query.execution_options(yield_per=STREAM)):
        yield row._asdict()


CLUSTERS = Table(
    name="clusters",
    id="Satu cerita: berita ekspor ini yang isinya sama",
    en="One story: the articles of this export that tell the same",
    key=("cluster",),
    read=_clusters,
    of_articles=False,
    columns=(
        text("cluster", "Kode cerita: kode berita paling awalnya", "The story: id of its earliest article"),
        text("title", "Judul berita paling awal", "Headline of its earliest article"),
        integer("articles", "Jumlah berita", "Articles"),
        integer("outlets", "Jumlah media", "Outlets"),
        integer("paid", "Jumlah yang berbayar (advertorial)", "How many are paid for (advertorials)"),
        day("first_day", "Tanggal terbit pertama", "First day of publication"),
        day("last_day", "Tanggal terbit terakhir", "Last day of publication"),
    ),
)
