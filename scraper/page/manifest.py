"""Many saved pages at once: a manifest of ``{path, url}`` rows to article rows, in order, on all processors."""

from __future__ import annotations

import gzip
import multiprocessing
import os
import signal
import threading
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

from scraper.errors import ExtractionError, InputError, PantauError
from scraper.page.decode import MAX_BYTES
from scraper.page.extract import extract_article
from scraper.rows import Row, to_row

SECONDS_PER_PAGE = 60.0
"""A page that takes longer is given up (reason ``timeout``)."""

_BATCH = 256
_FEW = 8


def extract_manifest(rows: Iterable[dict[str, Any]], base: Path, *, workers: int | None = None) -> Iterator[Row]:
    """One article row for each manifest row, in order, with ``path`` as given.

    ``path`` is relative to ``base``; ``.html`` or gzip. A row that fails comes back as ``{path, url, error}`` with the
    reason first.
    """
    source = iter(rows)
    first = list(islice(source, _FEW))
    count = workers or os.cpu_count() or 1
    if len(first) < _FEW or count == 1:
        for row in (*first, *source):
            yield extract_row(row, base)
        return
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("fork")) as pool:
        batch = first
        while batch:
            yield from _batch_rows(pool, batch, base)
            batch = list(islice(source, _BATCH))


def _batch_rows(pool: ProcessPoolExecutor, batch: list[dict[str, Any]], base: Path) -> Iterator[Row]:
    futures = [pool.submit(extract_row, row, base) for row in batch]
    for row, future in zip(batch, futures, strict=True):
        try:
            yield future.result()
        except BrokenProcessPool as error:
            yield _failed(row, f"crashed: a worker process died ({error}); read the remaining pages by themselves")


def extract_row(row: dict[str, Any], base: Path) -> Row:
    """The article row of one manifest row; never raises for what stands in it."""
    try:
        path, url = _strings(row)
        with _time_limit(SECONDS_PER_PAGE):
            return to_row(extract_article(_bytes(base / path), url=url)) | {"path": path}
    except ExtractionError as error:
        return _failed(row, f"{error.reason}: {error}")
    except PantauError as error:
        return _failed(row, f"input: {error}")
    except Exception as error:  # one page out of thousands must not end the run
        return _failed(row, f"failed: {type(error).__name__}: {error}")


def _strings(row: dict[str, Any]) -> tuple[str, str | None]:
    path, url = row.get("path"), row.get("url")
    if not isinstance(path, str) or not path:
        raise InputError(f"the row {row!r} has no path; give 'path' as a string")
    return path, url if isinstance(url, str) and url else None


def _failed(row: dict[str, Any], message: str) -> Row:
    return {"path": row.get("path"), "url": row.get("url"), "error": " ".join(message.split())}


def _bytes(path: Path) -> bytes:
    """The page in a file, unpacked where it is gzip; one byte over the limit at most."""
    try:
        with path.open("rb") as file:
            packed = file.peek(2)[:2] == b"\x1f\x8b"
            return gzip.GzipFile(fileobj=file).read(MAX_BYTES + 1) if packed else file.read(MAX_BYTES + 1)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise InputError(f"{path} cannot be read ({error}); check the path, it is relative to the manifest") from error


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _give_up(*_: object) -> NoReturn:
    raise ExtractionError("timeout", f"the page took longer than {SECONDS_PER_PAGE:.0f} s; it is skipped")
