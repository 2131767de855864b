"""The companion database that Datasette opens: every table with its facets, meanings, search and views."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pantau.exports.as_datapackage import RIGHTS
from pantau.exports.as_sqlite import build_database
from pantau.exports.run import Export
from pantau.exports.staging import publish_files, staged
from scraper.errors import DeliveryError
from storage.datasets.columns import Column, Schema

METADATA = ".metadata.json"
FACETS: dict[str, tuple[str, ...]] = {
    "articles": ("site", "kind", "status", "topics", "area_codes"),
    "mentions": ("name", "official", "in_title"),
    "statements": ("speaker", "kind"),
    "figures": ("indicator", "unit", "role", "area_code"),
    "indicator_claims": ("indicator", "outlet", "role", "area_code"),
    "programme_mentions": ("name",),
    "organisations": ("org_key",),
    "office_mentions": ("surface", "person_id"),
    "places": ("area_code",),
    "people": ("official",),
    "occupancies": ("office", "area_code"),
    "coverage": ("source",),
    "outages": ("source", "reason"),
    "releases": ("agency",),
    "pickups": ("outlet",),
    "withdrawals": ("site",),
}
"""Columns by which a table is usually narrowed."""
NEWEST = {"articles": "published", "people": "articles", "programmes": "articles", "clusters": "articles",
          "coverage": "day", "outages": "start", "releases": "released_day"}  # fmt: skip
"""Column by which a table is shown, from its greatest value down."""
LABELS = {"articles": "title", "releases": "title", "people": "name", "programmes": "name"}
"""Column that stands for a row wherever another table points to it."""
SEARCH = """
CREATE VIRTUAL TABLE articles_fts USING fts5(
    title, snippet, content="articles", tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
"""
"""Datasette knows it for the search of articles by the name of the content in double quotes."""
MONTHS = """
CREATE VIEW coverage_by_month AS
SELECT substr(day, 1, 7) AS month, source, sum(published) AS published, sum(crawled) AS crawled,
       sum(failed) AS failed, sum(blocked) AS blocked, round(sum(outage_hours), 2) AS outage_hours
FROM coverage GROUP BY 1, 2;
"""


def build_companion(export: Export, path: Path) -> dict[str, int]:
    """Write the database to ``path``, whole or not at all, and what Datasette is told of it beside it.

    Returns how many rows each table has. Raises DeliveryError.
    """
    tables = export.tables
    if path.exists() and not metadata_path(path).exists():
        raise DeliveryError(f"{path} exists and is no database that this made; name another file")
    with staged(path) as folder:
        batches = ((table, table.read(export.snapshot_of(table))) for table in tables)
        counts = build_database(folder / path.name, batches, finish=finish(tables))
        (folder / path.name).chmod(0o444)
        told = json.dumps(metadata(tables, database=path.stem), ensure_ascii=False, indent=2)
        metadata_path(folder / path.name).write_text(told, encoding="utf-8")
        publish_files([metadata_path(folder / path.name), folder / path.name], path.parent)
    return counts


def metadata_path(path: Path) -> Path:
    """Where the metadata of a companion database lies."""
    return path.with_suffix(METADATA)


def finish(tables: Sequence[Schema]) -> str:
    """The indexes, the search and the views, as SQL."""
    statements = [_index(table.name, name) for table in tables for name in dict.fromkeys(_indexed(table))]
    statements += [_view(table) for table in tables if _has_view(table)]
    return "\n".join([*statements, SEARCH, MONTHS])


def metadata(tables: Sequence[Schema], *, database: str) -> dict[str, Any]:
    """What Datasette shows beside the rows: meanings, facets, rights."""
    shown = {table.name: _told(table) for table in tables}
    shown |= {_view_name(table): _told_of_view(table) for table in tables if _has_view(table)}
    return {
        "title": "Pantau",
        "description": "Berita daerah dan isinya: pejabat, pernyataan, angka, program, dan penyebutnya",
        "license": RIGHTS,
        "databases": {database: {"tables": shown}},
    }


def _told(table: Schema) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": f"{table.id} · {table.en}",
        "columns": {column.name: f"{column.id} · {column.en}" for column in table.columns},
        "facets": [_facet(column) for column in table.columns if column.name in FACETS.get(table.name, ())],
    }
    if table.name in NEWEST:
        told["sort_desc"] = NEWEST[table.name]
    if table.name in LABELS:
        told["label_column"] = LABELS[table.name]
    return told


def _told_of_view(table: Schema) -> dict[str, Any]:
    told = _told(table)
    outlet = [] if "outlet" in told["columns"] else ["site"]
    described = f"{table.name} beserta berita asalnya · {table.name} with the article of each row"
    return {"description": described, "facets": [*outlet, *told["facets"]]}


def _facet(column: Column) -> str | dict[str, str]:
    return {"array": column.name} if column.type == "list" else column.name


def _indexed(table: Schema) -> list[str]:
    plain = [column.name for column in table.columns if column.type != "list"]
    wanted = {*table.references, *FACETS.get(table.name, ()), NEWEST.get(table.name)}
    return [name for name in plain if name in wanted]


def _index(table: str, column: str) -> str:
    return f'CREATE INDEX "{table}_{column}" ON "{table}" ("{column}");'


def _has_view(table: Schema) -> bool:
    return "article_id" in table.references


def _view_name(table: Schema) -> str:
    return f"{table.name}_in_articles"


def _view(table: Schema) -> str:
    """The rows of a table with what is known of the article that each is from."""
    own = {column.name for column in table.columns}
    first = [f"articles.{name}" for name in ("site", "published_day", "title") if name not in own]
    columns = [*first, f'"{table.name}".*', *(["articles.url"] if "url" not in own else [])]
    return (
        f'CREATE VIEW "{_view_name(table)}" AS SELECT {", ".join(columns)} '
        f'FROM "{table.name}" JOIN articles ON articles.id = "{table.name}".article_id;'
    )
