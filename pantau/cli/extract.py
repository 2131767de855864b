"""``pantau extract``: one saved page or a manifest of them, to article rows."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from pantau.cli.output import json_line
from scraper.errors import InputError


def extract(
    page: Annotated[str | None, typer.Argument(help="A saved page (.html, .html.gz, .txt).")] = None,
    *,
    url: Annotated[str | None, typer.Option("--url", help="Address that the page was saved from.")] = None,
    manifest: Annotated[
        Path | None, typer.Option("--manifest", help='JSONL of {"path", "url"}, also .gz; one row out a row in.')
    ] = None,
) -> None:
    """Read the article out of a page and print it as one JSON object."""
    if (page is None) == (manifest is None):
        raise typer.BadParameter("give one page or --manifest FILE")
    if manifest is not None:
        from scraper.page.manifest import extract_manifest

        for row in extract_manifest(_manifest_rows(manifest), base=manifest.parent):
            json_line(row)
        return
    from scraper.rows import to_row
    from scraper.saved import read_page

    json_line(to_row(read_page(Path(str(page)), url=url)))


def _manifest_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a manifest; raises InputError with the line that is wrong."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _manifest_row(line, where=f"{path}:{number}")
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error}); check the name and its rights") from error


def _manifest_row(line: str, *, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where} is no JSON ({error}); write one object a line") from error
    if not isinstance(row, dict) or not isinstance(row.get("path"), str):
        raise InputError(f'{where} names no page; write {{"path": "page.html", "url": "https://..."}}')
    return row
