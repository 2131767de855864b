"""``pantau import``: saved pages, plain text and article rows into the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pantau.cli.output import JsonOption, json_line, progress, say
from scraper.errors import InputError, PantauError

if TYPE_CHECKING:
    from pantau.cli.workspace import Workspace
    from scraper.items import Article

SUFFIXES = (".html", ".htm", ".txt", ".jsonl", ".gz", ".xz")
BATCH = 200
"""Articles written in one transaction."""


def import_files(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders: .html, .txt, .jsonl, plain, .gz or .xz.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Store saved pages, plain text and article rows; the same file twice changes nothing.

    What cannot be read is named, counted and skipped; the exit code is 1 only where nothing could be read.
    """
    from pantau.cli.workspace import open_workspace

    workspace = open_workspace()
    counts: Counter[str] = Counter()
    with progress("Mengimpor") as advance:
        for path in _files(paths):
            _import_file(path, workspace=workspace, counts=counts)
            advance(counts.total(), None)
    workspace.refresh()
    report = {name: counts[name] for name in ("new", "changed", "same", "skipped")}
    if as_json:
        json_line(report)
    else:
        say(f"{report['new']} new, {report['changed']} changed, {report['same']} known, {report['skipped']} skipped")
    if counts["skipped"] == counts.total():
        raise InputError("nothing could be read; see the reasons above" if counts else "no file to read was found")


def _import_file(path: Path, *, workspace: Workspace, counts: Counter[str]) -> None:
    from scraper.saved import read_file
    from storage.records.bulk import save_articles

    for batch in _batches(read_file(path)):
        articles = [article for article in batch if not isinstance(article, PantauError)]
        with workspace.db.write() as session:
            counts.update(save_articles(session, articles))
        for error in batch:
            if isinstance(error, PantauError):
                say(f"skipped: {error}")
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
