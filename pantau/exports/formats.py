"""The registry of export formats, and the one way a file is written: whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from pantau.exports.as_csv import write_csv
from pantau.exports.as_jsonl import write_jsonl
from pantau.exports.tables import Table
from scraper.errors import DeliveryError
from storage.datasets.columns import Column
from storage.records.stored import StoredArticle


class Writer(Protocol):
    """Writes rows to an open file and returns how many."""

    def __call__(self, rows: Iterable[dict[str, Any]], *, columns: Sequence[Column], file: BinaryIO) -> int: ...


FORMATS: dict[str, Writer] = {"csv": write_csv, "jsonl": write_jsonl}
"""One format a file, one line here."""


def export_table(
    articles: Iterable[StoredArticle],
    *,
    table: Table,
    writer: Writer,
    path: Path,
    full_text: bool = False,
    advance: Callable[[int], None] | None = None,
) -> int:
    """Write one table of ``articles`` to ``path``, whole or not at all; returns the rows written.

    Without ``full_text`` the articles table carries a snippet and no text. Raises DeliveryError.
    """
    table = table.without("snippet" if full_text else "text")
    return write_whole(_rows(articles, table=table, advance=advance), columns=table.columns, writer=writer, path=path)


def write_whole(rows: Iterable[dict[str, Any]], *, columns: Sequence[Column], writer: Writer, path: Path) -> int:
    """Write rows to ``path`` under a temporary name, then rename; returns how many. Raises DeliveryError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            try:
                count = writer(rows, columns=columns, file=file)  # type: ignore[arg-type]
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        temporary = Path(file.name)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise DeliveryError(f"{path} cannot be written ({error}); check the folder, its rights and the disk") from error
    return count


def _rows(
    articles: Iterable[StoredArticle], *, table: Table, advance: Callable[[int], None] | None
) -> Iterator[dict[str, Any]]:
    for number, stored in enumerate(articles, 1):
        yield from table.rows(stored)
        if advance:
            advance(number)
