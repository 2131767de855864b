"""Nightly copies of a SQLite database: whole or not there, the newest few kept."""

from __future__ import annotations

from pathlib import Path

from scraper.clock import today
from scraper.errors import StorageError
from storage.database import Database

FOLDER = "backups"
PATTERN = "pantau-*.db"


def nightly_copy(db: Database, data: Path, *, keep: int) -> Path:
    """Copy the database into the data folder and remove all but the newest ``keep`` copies; gives the new one.

    Raises StorageError where it cannot be written; the older copies are then all there.
    """
    folder = data / FOLDER
    path = folder / f"pantau-{today():%Y%m%d-%H%M%S}.db"
    part = path.with_suffix(".part")
    try:
        for rest in folder.glob("*.part"):
            rest.unlink()
        db.backup(part)
        part.replace(path)
        for old in sorted(folder.glob(PATTERN))[:-keep]:
            old.unlink()
    except OSError as error:
        raise StorageError(f"{path} cannot be written ({error}); check free space and rights") from error
    return path
