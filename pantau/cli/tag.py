"""``pantau tag``: officials, programmes, figures and quotes, for the archive or for a file."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter, deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pantau.cli.alone import alone
from pantau.cli.output import JsonOption, json_line, say
from scraper.errors import InputError, StorageError

if TYPE_CHECKING:
    from scraper.items import Article

BROKEN_OFF = 130
"""What a shell says of a program that Ctrl-C ended."""


def tag(
    *,
    all_articles: Annotated[bool, typer.Option("--all", help="Tag again what has the current version too.")] = False,
    jsonl: Annotated[
        Path | None, typer.Option("--jsonl", help="Tag the rows of this file instead (- is stdin), to stdout.")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=0, max=64, help="Processes that tag at the same time; 0: one a core. Without it: PANTAU_TAG_JOBS, or 1."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Tag what lacks the current tag version; with --jsonl, add tags in the gold format to each row.

    Articles that edits of the registries may concern are tagged again, whatever version they have.

    It can be stopped and started again at any time, also --all: what was written stays, and is not tagged twice.
    """
    from scraper.config import load_config

    jobs = (load_config().work.tag_jobs if jobs is None else jobs) or os.cpu_count() or 1
    if jsonl is not None:
        _tag_rows(jsonl, jobs)
        return
    from pantau.cli.tagging import tag_archive
    from pantau.cli.workspace import open_workspace

    workspace, counts = open_workspace(), Counter[str]()
    with alone(workspace, "tag") as free:
        if not free:
            raise StorageError("the articles are being tagged already; `pantau jobs list` shows by whom")
        try:
            version = tag_archive(workspace, jobs=jobs, again=all_articles, counts=counts)
        except KeyboardInterrupt:
            say("broken off; what is tagged so far is stored, and `pantau tag` goes on with the rest")
            raise typer.Exit(BROKEN_OFF) from None
        workspace.refresh()
    if as_json:
        json_line({"tagged": counts["tagged"], "failed": counts["failed"], "version": version})
    else:
        say(f"{counts['tagged']} articles tagged (version {version})")
    if counts["failed"]:
        say(f"{counts['failed']} articles brought their process down (see above) and wait for the next `pantau tag`")


def _tag_rows(path: Path, jobs: int) -> None:
    from nlp.gold import to_gold
    from pantau.cli.tagging import BATCH, tagging
    from scraper.rows import from_row

    rows, under_way = _rows(path), deque[list[dict[str, Any]]]()

    def batches() -> Iterator[list[Article]]:
        while batch := list(islice(rows, BATCH)):
            under_way.append(batch)
            yield [from_row(row) for row in batch]

    with tagging(jobs, local=None) as tag_batches:
        for found in tag_batches(batches()):
            for row, tagged in zip(under_way.popleft(), found, strict=True):
                json_line(row | to_gold(tagged) if tagged else row)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows to tag; raises InputError with the line, since a skipped row would shift what follows."""
    try:
        lines = sys.stdin if str(path) == "-" else path.open(encoding="utf-8")
        for number, line in enumerate(lines, 1):
            if line.strip():
                row = json.loads(line)
                if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                    raise InputError(f'{path}:{number} has no text; write {{"id": ..., "text": "..."}}')
                yield row
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read ({error}); give JSON, one object a line") from error
