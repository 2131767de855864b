"""The archive of raw pages: WARC files, gzip per record, in ``PANTAU_DATA/pages``; one file per process and run."""

from __future__ import annotations

import fcntl
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO, FileIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.clock import now
from scraper.errors import InputError, StorageError
from scraper.items import PagePointer

FOLDER = "pages"
SUFFIX = ".warc.gz"
MARKER = ".writing"
CHUNK = 1 << 20
LEVEL = 4
"""Of compression: a third of the time of the best one, for a twentieth more bytes."""
DECODED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers that tell of the transport, which is undone before a page is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """One answer of a site, decompressed."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def content_type(self) -> str | None:
        """The ``Content-Type`` header."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), None)


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """warcio's writer, without the temporary files that it leaves open."""

    @staticmethod
    def _create_temp_file() -> BytesIO:
        return BytesIO()


class PageArchive:
    """Appends pages to one file of its own, and mends what a killed process left torn."""

    def __init__(self, data: Path, source: str) -> None:
        self._folder = data / FOLDER
        self._source = source
        self._file: FileIO | None = None
        self._name = ""
        mend(data)

    def append(self, pages: Sequence[RawPage]) -> PagePointer:
        """Write the pages of one article behind each other and hand them to the system; the first is the article's.

        Raises StorageError where the disk refuses; then nothing of them is left in the file.
        """
        records = _records(pages)
        try:
            file = self._open()
            start = file.tell()
            _write_all(file, records, start)
        except OSError as error:
            raise StorageError(
                "%(value)s: cannot keep the page (%(error)s); is the disk full?",
                value=self._folder / self._name,
                error=error,
            ) from error
        return PagePointer(file=self._name, offset=start, length=len(records))

    def close(self) -> None:
        """Close the file; it is whole from now on."""
        if self._file is not None:
            self._file.close()
            self._file = None
            _marker(self._folder / self._name).unlink(missing_ok=True)

    def _open(self) -> FileIO:
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._name = f"{self._source}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}{SUFFIX}"
            path = self._folder / self._name
            _marker(path).touch()
            self._file = path.open("xb", buffering=0)
            fcntl.flock(self._file, fcntl.LOCK_EX)
        return self._file


def read_pages(data: Path, pointer: PagePointer) -> list[RawPage]:
    """The pages of one article as they were fetched. Raises InputError where the archive does not hold them."""
    path = data / FOLDER / pointer.file
    if path.parent != data / FOLDER or not path.is_file():
        raise InputError("%(file)r is no file of the page archive; was it moved away?", file=pointer.file)
    with path.open("rb") as file:
        file.seek(pointer.offset)
        piece = file.read(pointer.length)
    try:
        pages = [_page(record) for record in ArchiveIterator(BytesIO(piece)) if record.rec_type == "response"]
    except (ArchiveLoadFailed, OSError, EOFError, zlib.error) as error:
        raise InputError(
            "%(path)s at %(offset)s holds no whole page (%(error)s)", path=path, offset=pointer.offset, error=error
        ) from error
    if not pages or len(piece) < pointer.length:
        raise InputError(
            "%(path)s at %(offset)s holds no whole page; it is shorter than its row says",
            path=path,
            offset=pointer.offset,
        )
    return pages


def read_page(data: Path, pointer: PagePointer) -> RawPage:
    """The first page of an article; raises InputError as ``read_pages`` does."""
    return read_pages(data, pointer)[0]


def mend(data: Path) -> list[Path]:
    """Cut the torn last record off every file whose writer died; gives the files that were cut."""
    cut = []
    for marker in sorted((data / FOLDER).glob(f"*{SUFFIX}{MARKER}")):
        path = marker.with_name(marker.name.removesuffix(MARKER))
        if path.exists():
            with path.open("r+b") as file:
                if not _lock(file):
                    continue  # its writer lives
                whole = whole_length(file)
                if whole < path.stat().st_size:
                    file.truncate(whole)
                    cut.append(path)
        marker.unlink(missing_ok=True)
    return cut


def whole_length(file: BinaryIO) -> int:
    """How many bytes from the start are whole gzip members."""
    file.seek(0)
    whole = place = 0
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        for chunk in _chunks(file):
            place += len(chunk)
            rest = chunk
            while rest:
                member.decompress(rest)
                if not member.eof:
                    break
                rest = member.unused_data
                whole = place - len(rest)
                member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    except zlib.error:
        pass  # what follows the last whole member was never written to its end
    return whole


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _lock(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _marker(path: Path) -> Path:
    return path.with_name(path.name + MARKER)


def _records(pages: Sequence[RawPage]) -> bytes:
    """One record a page, each a gzip member of its own."""
    members = []
    for page in pages:
        plain = BytesIO()
        writer = _Writer(plain, gzip=False)
        writer.write_record(_record(writer, page))
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        members += [packer.compress(plain.getbuffer()), packer.flush()]
    return b"".join(members)


def _write_all(file: FileIO, records: bytes, start: int) -> None:
    """Write everything or nothing: half a record in a file that goes on would never be cut off again."""
    rest = memoryview(records)
    try:
        while rest:
            rest = rest[file.write(rest) or 0 :]
    except OSError:
        file.truncate(start)
        file.seek(start)
        raise


def _record(writer: WARCWriter, page: RawPage) -> object:
    kept = [(name, value) for name, value in page.headers if name.lower() not in DECODED]
    headers = StatusAndHeaders(
        f"{page.status} OK", [*kept, ("Content-Length", str(len(page.body)))], protocol="HTTP/1.1"
    )
    return writer.create_warc_record(
        page.url, "response", payload=BytesIO(page.body), http_headers=headers, warc_headers_dict=_dated()
    )


def _dated() -> Mapping[str, str]:
    return {"WARC-Date": now().strftime("%Y-%m-%dT%H:%M:%SZ")}


def _page(record: object) -> RawPage:
    headers = record.http_headers  # type: ignore[attr-defined]
    return RawPage(
        url=record.rec_headers.get_header("WARC-Target-URI"),  # type: ignore[attr-defined]
        status=int(headers.get_statuscode()),
        headers=tuple(headers.headers),
        body=record.content_stream().read(),  # type: ignore[attr-defined]
    )
