"""``pantau reextract``: the archive read again after the extraction got better; nothing is fetched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pantau.cli.output import JsonOption, json_line, progress, say
from scraper.errors import InputError, PantauError

if TYPE_CHECKING:
    from pantau.cli.workspace import Workspace
    from scraper.crawl.extraction import ExtractionPool
    from storage.records.readings import Archived

BATCH = 60
"""Articles read and written together; a crash loses at most these."""
OUTCOMES = ("changed", "same", "failed")


def reextract(
    *,
    source: Annotated[str | None, typer.Option(help="Only this source.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was published from this day on.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Pages read at the same time.")] = 1,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count what would change and write nothing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Read archived pages again where an older extraction read them; earlier texts are kept as versions.

    It can be stopped and started again at any time. Tags and index follow with `pantau tag`.
    """
    from pantau.cli.workspace import open_workspace
    from storage.records.readings import pageless_count

    workspace = open_workspace()
    work = _Reextraction(workspace, jobs=jobs, dry_run=dry_run)
    work.run(source, since=since.date() if since else None)
    with workspace.db.read() as session:
        pageless = pageless_count(session)
    if not dry_run:
        workspace.refresh()
    if as_json:
        json_line(work.report() | {"no_page": pageless, "dry_run": dry_run})
    else:
        work.tell(pageless)


class _Reextraction:
    """One pass over the archive, and its counts."""

    def __init__(self, workspace: Workspace, *, jobs: int, dry_run: bool) -> None:
        from spiders.sources import known_sources

        self._workspace = workspace
        self._jobs = jobs
        self._dry_run = dry_run
        self._rules = {name: source.rules for name, source in known_sources(workspace.config.data).items()}
        self._outcomes: Counter[str] = Counter()
        self._facts: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()

    def run(self, source: str | None, *, since: date | None) -> None:
        """Read what is outdated, batch by batch."""
        from scraper.crawl.extraction import ExtractionPool
        from storage.records.changes import chunks
        from storage.records.readings import archived

        ids = self._outdated(source, since)
        pool = ExtractionPool(workers=self._jobs)
        try:
            with progress("Membaca ulang arsip") as advance:
                for part in chunks(ids, BATCH):
                    with self._workspace.db.read() as session:
                        batch = archived(session, part)
                    self._read(batch, pool)
                    advance(self._outcomes.total(), len(ids))
        finally:
            pool.close()

    def report(self) -> dict[str, Any]:
        """The counts, for a machine."""
        counts = {name: self._outcomes[name] for name in OUTCOMES}
        return counts | {"facts": dict(self._facts), "reasons": dict(self._reasons)}

    def tell(self, pageless: int) -> None:
        """The counts, for a person."""
        would = "would change" if self._dry_run else "changed"
        counts = (
            f"{self._outcomes['changed']} {would}, {self._outcomes['same']} same, {self._outcomes['failed']} failed"
        )
        say(counts + _listed(self._facts + self._reasons))
        if pageless:
            say(f"{pageless} articles have no archived page; import or crawl them again to read them anew")

    def _outdated(self, source: str | None, since: date | None) -> list[str]:
        from storage.records.readings import archived_sites, outdated_ids

        with self._workspace.db.read() as session:
            sites = archived_sites(session)
            if source is not None and source not in sites:
                raise InputError(f"source {source!r} has no archived pages; those that have: {', '.join(sites) or '-'}")
            versions = {site: self._version(site) for site in sites if source in (None, site)}
            return outdated_ids(session, versions, since=since)

    def _version(self, site: str) -> str:
        from scraper.page.version import extraction_version

        return extraction_version(self._rules[site]) if site in self._rules else extraction_version()

    def _read(self, batch: Sequence[Archived], pool: ExtractionPool) -> None:
        from scraper.page.rules import GENERIC
        from scraper.rereading import Rereading, read_again
        from storage.records.readings import save_reading

        wanted = [
            Rereading(article=old.article, page=old.page, rules=self._rules.get(old.article.site, GENERIC))
            for old in batch
        ]
        readings = read_again(wanted, data=self._workspace.config.data, pool=pool, jobs=self._jobs)
        opened = self._workspace.db.read() if self._dry_run else self._workspace.db.write()
        with opened as session:
            for old, reading in zip(batch, readings, strict=True):
                if isinstance(reading, PantauError):
                    self._fail(reading)
                else:
                    self._count(save_reading(session, old, reading, dry_run=self._dry_run))

    def _count(self, facts: Sequence[str]) -> None:
        self._outcomes["changed" if facts else "same"] += 1
        self._facts.update(facts)

    def _fail(self, error: PantauError) -> None:
        self._outcomes["failed"] += 1
        self._reasons[getattr(error, "reason", "page-missing")] += 1


def _listed(counts: Mapping[str, int]) -> str:
    return f" ({', '.join(f'{name} {count}' for name, count in sorted(counts.items()))})" if counts else ""
