"""Taking pages out of the archive for good: overwritten in place, so that all others can still be read."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from uuid import uuid4

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from scraper.clock import now
from scraper.crawl.archive import FOLDER, SUFFIX
from scraper.errors import StorageError
from scraper.items import PagePointer
from scraper.urls import normalise_url

_HEAD = b"\x1f\x8b\x08\x10" + bytes(5) + b"\xff"
"""Of a gzip member with a comment, which can be of any length."""


def find_pages(
    data: Path, addresses: Collection[str], *, progress: Callable[[int, int], None] | None = None
) -> list[PagePointer]:
    """Every record in the archive that was read at one of the addresses, in whatever view; reads all of it.

    ``progress`` is told how many bytes were read of how many.
    """
    wanted = {normalise_url(address) for address in addresses}
    files = sorted((data / FOLDER).glob(f"*{SUFFIX}"))
    total, done = sum(file.stat().st_size for file in files), 0
    found = []
    for file in files:
        found += [pointer for url, pointer in _records(file) if normalise_url(url) in wanted]
        done += file.stat().st_size
        if progress:
            progress(done, total)
    return found


def erase_pages(data: Path, pointer: PagePointer) -> None:
    """Overwrite the records that a pointer names; a file that is gone needs nothing.

    Raises StorageError where that fails, or where the place cannot hold a page.
    """
    path = data / FOLDER / pointer.file
    if path.parent != data / FOLDER or not path.is_file():
        return
    try:
        with path.open("r+b", buffering=0) as file:
            file.seek(pointer.offset)
            file.write(_blank(pointer.length))
            os.fsync(file.fileno())
    except (OSError, ValueError) as error:
        raise StorageError(f"{path} at {pointer.offset} could not be overwritten ({error})") from error


def _records(file: Path) -> Iterator[tuple[str, PagePointer]]:
    """Address and place of each whole page in a file."""
    with file.open("rb") as opened:
        records = ArchiveIterator(opened)
        try:
            for record in records:
                url, is_page = record.rec_headers.get_header("WARC-Target-URI"), record.rec_type == "response"
                offset = records.get_record_offset()
                length = records.get_record_length()
                if is_page and url:
                    yield url, PagePointer(file=file.name, offset=offset, length=length)
        except (ArchiveLoadFailed, EOFError, zlib.error):
            return  # what follows was never written to its end


def _blank(length: int) -> bytes:
    """One gzip member of exactly ``length`` bytes: a record that says that there was a page."""
    said = f"WARC/1.0\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:{uuid4()}>\r\n"
    said += f"WARC-Date: {now():%Y-%m-%dT%H:%M:%SZ}\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(said.encode()) + packer.flush()
    tail = zlib.crc32(said.encode()).to_bytes(4, "little") + len(said).to_bytes(4, "little")
    padding = length - len(_HEAD) - 1 - len(packed) - len(tail)
    if padding < 0:
        raise ValueError(f"{length} bytes are too few for a page")
    return _HEAD + b" " * padding + b"\0" + packed + tail
