"""What a crawl writes to: named in Scrapy's settings, so that spiders never import storage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from scraper.clock import now
from scraper.config import Config
from scraper.crawl.erasing import erase_pages
from scraper.crawl.store import ListState, Looked, Reread, Saved, Validators
from scraper.items import Article, PagePointer
from scraper.urls import normalise_url
from storage.database import Database
from storage.health.checks import check_source
from storage.leases import Lease, forget, holder_is_dead
from storage.records import lists, looks, runs
from storage.records.articles import known_urls, save_row
from storage.records.cleaning import clean_article
from storage.records.identity import settle
from storage.records.runs import Run

NO_VALIDATORS = Validators()


class CrawlStore:
    """The database as a crawl sees it; each article is committed by itself, so a killed crawl loses none."""

    def __init__(self, database: Database, data: Path) -> None:
        self._database = database
        self._data = data
        self._leases: dict[int, Lease] = {}
        """Of the runs that are open here."""

    @classmethod
    def open(cls, config: Config) -> CrawlStore:
        """Open the installation's database and close the runs of processes that were killed.

        Raises StorageError as ``Database.open`` does.
        """
        database = _shared(config)
        close_killed_runs(database, config.data)
        return cls(database, config.data)

    def known(self, canonical_urls: Iterable[str]) -> set[str]:
        """Those of the addresses that are stored already."""
        with self._database.read() as session:
            return known_urls(session, canonical_urls)

    def save(
        self,
        article: Article,
        page: PagePointer | None,
        aliases: Iterable[str],
        *,
        validators: Validators = NO_VALIDATORS,
    ) -> Saved:
        """Store one article under its key and plan the next look at its page; tells whether it was new or changed.

        What is stored already under another address is ``same``: that address is remembered, the text stands.
        """
        article, aliases = clean_article(article), tuple(aliases)
        with self._database.write(only=_touched(article, aliases)) as session:
            settled = settle(session, article, aliases)
            row, saved = save_row(session, settled.row, settled.article, page=page, aliases=settled.aliases)
            if settled.left:
                looks.note_looked(session, settled.left, "gone")
            if not settled.elsewhere:
                looks.note_saved(session, row, saved, validators)
            is_withdrawn = row.withdrawn_at is not None
        if is_withdrawn and page is not None:
            erase_pages(self._data, page)  # the archive had it before anybody knew which article it is
        return saved

    def due(self, source: str, *, limit: int) -> list[Reread]:
        """Stored articles of a source whose next look is due now, the youngest first."""
        with self._database.read() as session:
            return looks.due_looks(session, source, limit=limit)

    def looked(self, key: str, outcome: Looked) -> None:
        """Write down a second look that brought no text and plan the next; twice gone marks the article removed."""
        with self._database.write(only=(key,)) as session:
            looks.note_looked(session, key, outcome)

    def lists(self, source: str) -> dict[str, ListState]:
        """Address -> what the last run saw of each list of a source."""
        with self._database.read() as session:
            return lists.list_states(session, source)

    def save_lists(self, source: str, states: Iterable[ListState]) -> None:
        """Keep the state of lists; those not named stay as they are."""
        with self._database.write(only=(source,)) as session:
            lists.save_list_states(session, source, states)

    def start_run(self, source: str) -> int:
        """Open a run of a source; gives its number."""
        lease = Lease(self._data)
        with self._database.write(only=(source,)) as session:
            run = runs.start_run(session, source, lease=lease.token)
        self._leases[run] = lease
        return run

    def finish_run(self, run: int, counts: Mapping[str, int], outcome: str) -> None:
        """Close a run with what it fetched, stored and missed, and look at the health of its source."""
        with self._database.write() as session:
            check_source(session, runs.finish_run(session, run, counts=counts, outcome=outcome))
        if (lease := self._leases.pop(run, None)) is not None:
            lease.release()

    def close(self) -> None:
        """Give back the database connections; a run that was not finished counts as killed from now on."""
        for lease in self._leases.values():
            lease.abandon()
        self._database.close()


@lru_cache(maxsize=1)
def _shared(config: Config) -> Database:
    """One database for all sources that are crawled side by side: what it learns of its queries serves each of them."""
    return Database.open(config)


def _touched(article: Article, aliases: tuple[str, ...]) -> set[str]:
    """What saving an article reads and writes: its site, where a twin may be, and its addresses."""
    own = article.url or article.canonical_url
    return {article.site, article.canonical_url, own, normalise_url(own), *aliases}


def close_killed_runs(database: Database, data: Path) -> list[Run]:
    """Write ``killed`` where a run's process died before it could say how it ended; gives those runs."""
    with database.read() as session:
        if not runs.open_count(session):
            return []
    moment = now()
    with database.write() as session:
        closed = runs.close_killed(
            session, lambda run: holder_is_dead(data, run.lease, since=run.started_at, now=moment)
        )
    for run in closed:
        forget(data, run.lease)
    return closed
