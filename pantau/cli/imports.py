"""``pantau import``: saved pages, texts, article rows, or articles by their address, into the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pantau.cli.output import JsonOption, json_line, progress, say
from scraper.errors import InputError, PantauError, about

if TYPE_CHECKING:
    from pantau.cli.workspace import Workspace
    from scraper.items import Article

SUFFIXES = (".html", ".htm", ".txt", ".pdf", ".jsonl", ".gz", ".xz")
BATCH = 200
"""Articles written in one transaction."""


def import_files(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files or folders: .html, .txt, .pdf, .jsonl, plain, .gz or .xz; or addresses."),
    ],
    *,
    by: Annotated[str, typer.Option(help="Who puts it in by hand; the articles are marked with it.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Store saved pages, texts, article rows and articles by their address; the same one twice changes nothing.

    An address is fetched with the manners of every crawl: robots.txt decides.

    What cannot be read is named, counted and skipped; the exit code is 1 only where nothing could be read.
    """
    from pantau.cli.workspace import open_workspace

    workspace = open_workspace()
    counts: Counter[str] = Counter()
    failed: list[PantauError] = []
    with progress("Mengimpor") as advance:
        for place in paths:
            _import_place(place, workspace=workspace, counts=counts, failed=failed, by=by)
            advance(counts.total(), None)
    workspace.refresh()
    report = {name: counts[name] for name in ("new", "changed", "same", "skipped")}
    if as_json:
        json_line(report)
    else:
        say(f"{report['new']} new, {report['changed']} changed, {report['same']} known, {report['skipped']} skipped")
    if len(failed) == counts.total() == 1:
        raise failed[0]
    if len(failed) == counts.total():
        raise InputError("nothing could be read; see the reasons above" if counts else "no file to read was found")


def _import_place(
    place: str, *, workspace: Workspace, counts: Counter[str], failed: list[PantauError], by: str
) -> None:
    """Import what one argument names."""
    if place.lower().startswith(("http://", "https://")):
        _save(iter([_fetched(place)]), workspace=workspace, counts=counts, failed=failed, by=by)
        return
    from scraper.saved import read_file

    for path in _files([Path(place)]):
        _save(read_file(path), workspace=workspace, counts=counts, failed=failed, by=by)


def _fetched(address: str) -> Article | PantauError:
    from pantau.cli.extract import read_article

    try:
        return read_article(address, None)
    except PantauError as error:
        return about(address, error)


def _save(
    found: Iterator[Article | PantauError],
    *,
    workspace: Workspace,
    counts: Counter[str],
    failed: list[PantauError],
    by: str,
) -> None:
    from storage.records.bulk import save_articles
    from storage.records.by_hand import add_by_hand

    for batch in _batches(found):
        articles = [article for article in batch if not isinstance(article, PantauError)]
        with workspace.db.write() as session:
            if by:
                counts.update(add_by_hand(session, article, by=by).saved for article in articles)
            else:
                counts.update(save_articles(session, articles))
        for error in batch:
            if isinstance(error, PantauError):
                say(f"skipped: {error}")
                failed.append(error)
                counts["skipped"] += 1


def _batches(articles: Iterator[Article | PantauError]) -> Iterator[list[Article | PantauError]]:
    while batch := list(islice(articles, BATCH)):
        yield batch


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES)
        else:
            yield path
