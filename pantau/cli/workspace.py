"""What most commands open first: settings, an up-to-date database, and the index kept in step with it."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.registry_data import shipped_rows
from pantau.cli.output import progress
from scraper.config import Config, load_config
from storage.database import Database
from storage.locks import exclusive
from storage.records.registry import has_registry, load_registry
from storage.search.engine import SearchIndex
from storage.stories.clusters import update_clusters
from storage.stories.pickups import update_pickups


@dataclass(frozen=True, slots=True)
class Workspace:
    """The settings and the open database of this installation."""

    config: Config
    db: Database

    def index(self) -> SearchIndex:
        """The search index beside the database."""
        return SearchIndex.open(self.db, self.config.data)

    def fresh_index(self) -> SearchIndex:
        """The index after it caught up with the database, unless another process is doing so."""
        index = self.index()
        index.catch_up()
        return index

    def refresh(self) -> None:
        """Group new articles into stories and find who ran releases, unless another process does; update the index."""
        with exclusive(self.db, self.config.data, "stories") as free, progress("Mengelompokkan berita") as advance:
            if free:
                update_clusters(self.db, progress=advance)
                update_pickups(self.db)
        with progress("Memperbarui indeks") as advance:
            self.index().catch_up(progress=advance)


def open_workspace(*, upgrade: bool = False) -> Workspace:
    """Open the installation that the settings name; a new folder gets its database and the shipped registries.

    ``upgrade`` also brings an older database up to date. Raises ConfigError or StorageError.
    """
    config = load_config()
    db = Database.open(config, check=not upgrade)
    if upgrade:
        db.upgrade(registry=shipped_rows())
        return Workspace(config, db)
    with db.read() as session:
        empty = not has_registry(session)
    if empty:
        with db.write() as session:
            load_registry(session, layer="shipped", rows=shipped_rows())
    return Workspace(config, db)
