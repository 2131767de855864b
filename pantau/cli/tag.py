"""``pantau tag``: officials, programmes, figures and quotes, for the archive or for a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pantau.cli.alone import alone
from pantau.cli.output import JsonOption, json_line, progress, say
from scraper.errors import InputError, StorageError

if TYPE_CHECKING:
    from nlp.tagger import Tagger
    from pantau.cli.workspace import Workspace
    from scraper.items import Article

BATCH = 100
"""Articles tagged and written together; a crash loses at most these."""


def tag(
    *,
    all_articles: Annotated[bool, typer.Option("--all", help="Tag again what has the current version too.")] = False,
    jsonl: Annotated[
        Path | None, typer.Option("--jsonl", help="Tag the rows of this file instead (- is stdin), to stdout.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Tag what lacks the current tag version; with --jsonl, add tags in the gold format to each row."""
    if jsonl is not None:
        _tag_rows(jsonl)
        return
    from nlp.tagger import Tagger
    from pantau.cli.workspace import open_workspace

    workspace = open_workspace()
    with alone(workspace, "tag") as free:
        if not free:
            raise StorageError("the articles are being tagged already; `pantau jobs list` shows by whom")
        tagger = Tagger.load(registry=workspace.registry())
        done = tag_archive(workspace, tagger=tagger, again=all_articles)
        workspace.refresh()
    if as_json:
        json_line({"tagged": done, "version": tagger.version})
    else:
        say(f"{done} articles tagged (version {tagger.version})")


def tag_archive(workspace: Workspace, *, tagger: Tagger, again: bool = False) -> int:
    """Tag the stored articles that lack the tagger's version, or all; returns how many."""
    from storage.records.bulk import save_all_tags

    done = 0
    with progress("Menandai") as advance:
        for articles, total in _waiting(workspace, version=tagger.version, again=again):
            tagged = list(tagger.tag(articles))
            with workspace.db.write() as session:
                save_all_tags(session, tagged)
            done += len(tagged)
            advance(done, total)
    return done


def _waiting(workspace: Workspace, *, version: str, again: bool) -> Iterator[tuple[list[Article], int]]:
    """Batches of articles to tag, each with how many there are in all."""
    from storage.records.articles import article_ids, iter_articles
    from storage.records.tags import untagged

    with workspace.db.read() as session:
        ids = article_ids(session) if again else [article.id for article in untagged(session, version=version)]
    for start in range(0, len(ids), BATCH):
        with workspace.db.read() as session:
            stored = iter_articles(session, ids=ids[start : start + BATCH])
            articles = [item.article for item in stored]
        yield articles, len(ids)


def _tag_rows(path: Path) -> None:
    from nlp.gold import to_gold
    from nlp.tagger import Tagger
    from scraper.rows import from_row

    tagger = Tagger.load()
    rows = _rows(path)
    while batch := list(islice(rows, BATCH)):
        for row, tagged in zip(batch, tagger.tag([from_row(row) for row in batch]), strict=True):
            json_line(row | to_gold(tagged))


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
