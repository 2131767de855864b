"""The manifest of an export: what was asked, of which state, by which versions, what came of it, what is missing."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from scraper.errors import InputError
from storage.datasets.history import Versions, gaps_in, versions_of
from storage.datasets.snapshot import Snapshot

NAME = "manifest.json"
FOLDER = "exports"
"""Below ``PANTAU_DATA``: a copy of each manifest, by its id."""
LIBRARIES = ("pantau", "sqlalchemy", "tantivy", "pyarrow", "xlsxwriter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an export was asked for."""

    table: str
    format: str
    query: str | None = None
    full_text: bool = False
    private: bool = False
    partition: str | None = None
    """``month`` where each month has a file of its own."""
    heading: str | None = None
    """First line of a kliping."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One file of an export."""

    path: str
    table: str
    rows: int
    bytes: int
    sha256: str
    content: str
    """``whole``, or ``changed`` where it has only the rows of articles that changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """An export as its reader, and the next export, have to know it."""

    id: str
    asked: Asked
    database: str
    change: int
    """Change number up to which it knows everything."""
    values: Mapping[str, Any]
    """All of it, as it is written."""

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """From its file; raises InputError where that is none."""
        try:
            values = json.loads(_text_of(path))
            asked = Asked(**values["asked"])
            position = values["database"]
            return cls(
                id=values["export"], asked=asked, database=position["id"], change=int(position["change"]), values=values
            )
        except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
            raise InputError(
                f"{path} is no manifest of an export ({error}); name a file that ends in manifest.json"
            ) from error

    @classmethod
    def find(cls, name: str, *, data: Path) -> Manifest:
        """By its file, the file, folder or zip that it is of, or its id among those of this installation.

        Raises InputError, also for a file without a manifest: its export broke off.
        """
        kept = data / FOLDER / f"{name}.json"
        if name.isalnum() and kept.is_file():
            return cls.read(kept)
        path = Path(name)
        if not path.exists():
            raise InputError(f"{name!r} is neither a manifest nor the id of an export from here; see {data / FOLDER}")
        beside = path / NAME if path.is_dir() else path.with_name(f"{path.name}.{NAME}")
        return cls.read(beside if beside.exists() else path)

    def keep(self, data: Path) -> None:
        """Remember it, so that the next export can start from its id."""
        folder = data / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{self.id}.{os.getpid()}"
        part.write_text(self.text(), encoding="utf-8")
        part.replace(folder / f"{self.id}.json")

    def text(self) -> str:
        """As it is written."""
        return json.dumps(self.values, ensure_ascii=False, indent=2) + "\n"


def make_manifest(
    snapshot: Snapshot, *, asked: Asked, since: Manifest | None, files: list[Written], database: tuple[str, int],
    is_current: bool,
) -> Manifest:  # fmt: skip
    """The manifest of what was written; without a time of writing, so that the same export gives the same bytes."""
    versions: Versions = versions_of(snapshot)
    values: dict[str, Any] = {
        "asked": asdict(asked),
        "since": {"export": since.id, "change": since.change} if since else None,
        "database": {"id": database[0], "change": database[1], "schema": versions.schema},
        "versions": {
            "libraries": {name: version(name) for name in LIBRARIES},
            "extraction": versions.extraction,
            "tagging": versions.tagging,
        },
        "articles": len(snapshot.articles),
        "window": {
            "first": _iso(snapshot.articles.first),
            "last": _iso(snapshot.articles.last),
            "undated": snapshot.articles.undated,
        },
        "gaps": gaps_in(snapshot),
        "index_complete": is_current,
        "files": [asdict(file) for file in files],
    }
    digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
    return Manifest(
        id=digest, asked=asked, database=database[0], change=database[1], values={"export": digest} | values
    )


def _text_of(path: Path) -> str:
    if path.suffix != ".zip":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        return archive.read(NAME).decode()


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
