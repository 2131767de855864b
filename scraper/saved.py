"""Articles from files that a person saved: pages (.html, .htm, .gz), plain text (.txt), .pdf, article rows (.jsonl)."""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from scraper.errors import InputError, PantauError, about
from scraper.items import Article
from scraper.page.extract import extract_article
from scraper.page.plain import read_plain_text
from scraper.pdf_text import read_pdf
from scraper.rows import from_row

MAX_BYTES = 200_000_000
"""A file above this is refused before it fills the memory; pages have their own, smaller limit."""


def read_file(path: Path) -> Iterator[Article | PantauError]:
    """The articles of one file; what cannot be read comes as the error that says why, and the rest goes on."""
    kind = _kind(path)
    if kind == ".jsonl":
        yield from _read_rows(path)
        return
    try:
        yield read_page(path)
    except PantauError as error:
        yield about(path, error)


def read_page(path: Path, *, url: str | None = None) -> Article:
    """The article of one saved page or text. Raises InputError or ExtractionError."""
    kind, body = _kind(path), read_bytes(path)
    if kind == ".txt":
        return read_plain_text(body.decode("utf-8-sig", "replace"), url=url)
    if kind == ".pdf":
        return read_plain_text(read_pdf(body), url=url)
    if kind in {".html", ".htm"}:
        return extract_article(body, url=url)
    raise InputError("%(path)s is of no known kind; give .html, .htm, .txt, .pdf or .jsonl, plain or .gz", path=path)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, unpacked where it ends with .gz or .xz."""
    openers: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".xz": lzma.open}
    try:
        with openers.get(path.suffix, open)(path, "rb") as file:
            body = bytes(file.read(MAX_BYTES + 1))
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise InputError(
            "%(path)s cannot be read (%(error)s); check the name, its rights and whether it is whole",
            path=path,
            error=error,
        ) from error
    if len(body) > MAX_BYTES:
        raise InputError(
            "%(path)s holds more than %(max_bytes)s bytes; split it", path=path, max_bytes=f"{MAX_BYTES:,}"
        )
    return body


def _read_rows(path: Path) -> Iterator[Article | PantauError]:
    try:
        lines = read_bytes(path).decode("utf-8-sig", "replace").split("\n")
    except InputError as error:
        yield error
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _read_row(line, where=f"{path}:{number}")


def _read_row(line: str, *, where: str) -> Article | PantauError:
    try:
        row = json.loads(line)
        return from_row(row) if isinstance(row, dict) else InputError(f"{where} is no JSON object")
    except (ValueError, RecursionError) as error:
        return InputError(f"{where} is no JSON ({error}); write one object a line")
    except InputError as error:
        return InputError(f"{where}: {error}")


def _kind(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in {".gz", ".xz"}:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""
