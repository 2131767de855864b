"""Pantau's tables in Python: ``from pantau import data``; typed rows, and frames of pandas or polars.

``data.rows("figures", query="inflasi")`` gives one dict a row with numbers, days and moments as such;
``data.frame(...)`` the same as a frame. Both read the installation that ``PANTAU_DATA`` names, at one moment, and never
write to it but for bringing its search index up to date. Tables and columns are in ``docs/data-dictionary.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pantau.exports.asking import completed, refusal
from pantau.exports.csv_reading import read_header, read_rows
from pantau.exports.run import Export, open_export
from scraper.config import load_config
from scraper.errors import InputError
from storage.database import Database
from storage.datasets.columns import Batch, Row, Schema, Table
from storage.datasets.tables import DESCRIBED, TABLES
from storage.search.engine import SearchIndex

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Library = Literal["pandas", "polars"]
__all__ = ["dictionary", "frame", "read_csv", "rows", "tables"]


def tables() -> tuple[str, ...]:
    """The names of all tables."""
    return tuple(TABLES)


def dictionary(table: str) -> dict[str, str]:
    """Column -> what it means; raises InputError where there is no such table."""
    return {column.name: column.en for column in _known(table).columns}


def rows(
    table: str, *, query: str | None = None, full_text: bool = False, include_private: bool = False
) -> Iterator[Row]:
    """The rows of a table, all of one moment: those of the articles that ``query`` finds, or all.

    ``None`` stands for what is missing. Raises InputError, and QueryError where the query cannot be read.
    """
    with _opened(table, query, full_text, include_private) as (export, wanted):
        yield from wanted.rows(export.snapshot_of(wanted))


def frame(
    table: str,
    *,
    query: str | None = None,
    library: Library = "pandas",
    full_text: bool = False,
    include_private: bool = False,
) -> Any:
    """The rows of ``rows`` as a frame whose columns have the types of the dictionary; days and moments are dates.

    Raises InputError where the library is not installed or unknown.
    """
    if library not in ("pandas", "polars"):
        raise InputError(f"library is pandas or polars, not {library!r}")
    with _opened(table, query, full_text, include_private) as (export, wanted):
        found = _arrow(wanted, wanted.read(export.snapshot_of(wanted)))
    return _to_pandas(found) if library == "pandas" else _to_polars(found)


def read_csv(path: str | Path, *, table: str | None = None) -> Iterator[Row]:
    """The rows of a CSV file that ``pantau export`` wrote, in either form, exactly as they were in the table.

    Takes off the apostrophe that kept a cell from being run as a formula. The table is told by the columns where it
    is not named; an empty text reads as ``None``. Raises InputError.
    """
    schema = _known(table) if table is not None else _told_by(Path(path))
    return read_rows(Path(path), {column.name: column.type for column in schema.columns})


@contextmanager
def _opened(table: str, query: str | None, full_text: bool, private: bool) -> Iterator[tuple[Export, Table]]:
    _known(table)
    asked = completed({"table": table, "query": query, "full_text": full_text, "private": private}, since=None)
    if (reason := refusal(asked, since=None)) is not None:
        raise InputError(reason)
    config = load_config()
    db = Database.open(config)

    def fresh() -> SearchIndex:
        index = SearchIndex.open(db, config.data)
        index.catch_up()
        return index

    try:
        with open_export(db, asked=asked, index=fresh) as export:
            yield export, export.tables[0]
    finally:
        db.close()


def _known(table: str) -> Schema:
    if table not in DESCRIBED:
        raise InputError(f"there is no table {table!r}; the tables are {', '.join(TABLES)}")
    return DESCRIBED[table]


def _told_by(path: Path) -> Schema:
    head = set(read_header(path))
    found = [
        table for table in DESCRIBED.values() if set(table.key) <= head <= {column.name for column in table.columns}
    ]
    if len(found) != 1:
        raise InputError(
            f"{path} has the columns of no single table; say which with table=, one of {', '.join(TABLES)}"
        )
    return found[0]


def _arrow(table: Table, batches: Iterator[Batch]) -> pyarrow.Table:
    import pyarrow

    from pantau.exports.as_parquet import record_batch, schema_of

    schema = schema_of(table.columns)
    return pyarrow.Table.from_batches((record_batch(batch, schema) for batch in batches), schema=schema)


def _to_pandas(found: pyarrow.Table) -> pandas.DataFrame:
    try:
        return found.to_pandas(date_as_object=False)
    except ImportError as error:
        raise InputError("pandas is not installed; run: pip install 'pantau[frames]'") from error


def _to_polars(found: pyarrow.Table) -> polars.DataFrame:
    try:
        import polars
    except ImportError as error:
        raise InputError("polars is not installed; run: pip install 'pantau[frames]'") from error
    return polars.from_arrow(found)  # type: ignore[return-value]  # a table gives a frame
