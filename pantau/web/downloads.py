"""A search as a file: what there is, how large it will be, and the making of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pantau.exports.as_kliping import write_kliping
from pantau.exports.formats import FORMATS
from pantau.exports.manifest import Asked
from pantau.exports.run import ALL, PACKAGE, open_export, write_export
from pantau.translations import N_
from storage.database import Database
from storage.datasets.articles import ARTICLES
from storage.datasets.clips import read_clips
from storage.datasets.snapshot import Snapshot, select_articles
from storage.search.engine import SearchIndex
from storage.search.query import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of file that a page offers."""

    name: str
    """As in the address; also the suffix."""
    label: str
    """Indonesian; translated where it is shown."""
    note: str
    media_type: str
    row: int
    """Bytes that an article takes on average; a test holds it against real files."""
    most: int
    """Articles that a page makes a file of while somebody waits."""
    base: int = 0
    """Bytes of a file without articles."""

    def megabytes(self, articles: int) -> float:
        """About how large the file of so many articles is."""
        return (self.base + articles * self.row) / 1e6


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            name="xlsx",
            label=N_("Excel"),
            note=N_("lembar kliping, siap cetak"),
            media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            row=480,
            most=20_000,
        ),
        Kind(
            name="csv",
            label=N_("CSV"),
            note=N_("tabel berita untuk R atau Stata"),
            media_type="text/csv; charset=utf-8",
            row=1_000,
            most=100_000,
        ),
        Kind(
            name="jsonl",
            label=N_("JSONL"),
            note=N_("satu berita sebaris untuk program"),
            media_type="application/x-ndjson",
            row=1_650,
            most=100_000,
        ),
        Kind(
            name="zip",
            label=N_("paket data"),
            note=N_("berita, pernyataan, angka, cakupan dan kamus datanya"),
            media_type="application/zip",
            row=1_200,
            most=20_000,
            base=40_000,
        ),
    )
}


def make_package(db: Database, index: SearchIndex, query: Query) -> Path:
    """Write all tables of the articles of a search as a Data Package; as ``make_file``."""
    path = _place(KINDS["zip"])
    asked = Asked(table=ALL, format=PACKAGE, query=query.text)
    with open_export(db, asked=asked, index=lambda: index, query=query) as opened:
        write_export(opened, path)
    return path


def make_file(db: Database, kind: Kind, ids: Sequence[str], *, office: str = "") -> Path:
    """Write the articles to a temporary file, which the caller removes. Raises DeliveryError."""
    path = _place(kind)
    with db.read() as session, path.open("wb") as file:
        snapshot = Snapshot(session=session, articles=select_articles(session, ids=ids))
        if kind.name == "xlsx":
            asked = Asked(table=ARTICLES.name, format="kliping", heading=office or None)
            write_kliping(read_clips(snapshot), file=file, asked=asked)
        else:
            table = ARTICLES.without("text")
            FORMATS[kind.name].write(table.read(snapshot), columns=table.columns, file=file)
    return path


def _place(kind: Kind) -> Path:
    return Path(tempfile.mkdtemp(prefix="pantau-")) / f"berita.{kind.name}"


def remover(path: Path) -> Callable[[], None]:
    """Removes a file that was handed over, and its folder."""

    def remove() -> None:
        path.unlink(missing_ok=True)
        path.parent.rmdir()

    return remove
