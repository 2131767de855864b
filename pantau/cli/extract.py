"""``pantau extract``: one page, saved or on the web, or a manifest of saved ones, to article rows."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from pantau.cli.output import json_line
from scraper.errors import InputError
from scraper.items import Article


def extract(
    page: Annotated[str | None, typer.Argument(help="A saved page (.html, .html.gz, .txt) or a web address.")] = None,
    *,
    url: Annotated[str | None, typer.Option("--url", help="Address that the page was saved from.")] = None,
    manifest: Annotated[
        Path | None, typer.Option("--manifest", help='JSONL of {"path", "url"}, also .gz; one row out a row in.')
    ] = None,
) -> None:
    """Read the article out of a page and print it as one JSON object.

    A web address is fetched with all its pages, as robots.txt allows, and nothing is stored.
    """
    if (page is None) == (manifest is None):
        raise typer.BadParameter("give one page or --manifest FILE")
    if manifest is not None:
        from scraper.page.manifest import extract_manifest

        for row in extract_manifest(_manifest_rows(manifest), base=manifest.parent):
            json_line(row)
        return
    from scraper.rows import to_row

    json_line(to_row(read_article(str(page), url)))


def read_article(page: str, url: str | None) -> Article:
    """The article of a saved page, or of an address that is asked for it. Raises PantauError."""
    if not page.lower().startswith(("http://", "https://")):
        from scraper.saved import read_page

        return read_page(Path(page), url=url)
    if url is not None:
        raise typer.BadParameter("--url says where a saved page came from; give the address alone")
    from scraper.config import load_config
    from spiders.articles.one_page import read_address
    from spiders.sources import load_sources, shipped

    config = load_config()
    return read_address(page, config=config, sources=[*load_sources(config.data), *shipped()])


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
