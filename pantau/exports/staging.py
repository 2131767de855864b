"""The one way an export reaches its place: whole or not at all, whatever stops it."""

from __future__ import annotations

import fcntl
import glob
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pantau.exports.manifest import NAME as MANIFEST
from scraper.errors import DeliveryError

STAGING = ".part"
"""How the folders end in which files wait to be whole."""
RANDOM = "[a-z0-9_]" * 8
"""What ``mkdtemp`` puts before it."""
OLD = ".old"
"""Where the export that was there before waits, until the new one is in its place."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time of every file in a zip, so that the same files give the same bytes."""


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """A new folder beside ``path`` to write into; it is gone at the end, whatever happens. Raises DeliveryError.

    What a process that was killed has left for the same place is tidied up first.
    """
    folder: Path | None = None
    lock: int | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for left in path.parent.glob(f".{glob.escape(path.name)}.{RANDOM}{STAGING}"):
            _tidy_up(left, path)
        folder = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=STAGING, dir=path.parent))
        lock = os.open(folder, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_SH)
        folder.chmod(0o755)
        yield folder
    except OSError as error:
        raise DeliveryError(f"{path} cannot be written ({error}); check the folder, its rights and the disk") from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _tidy_up(left: Path, path: Path) -> None:
    """Remove what a dead process staged; an export that it had moved aside comes back."""
    handle = os.open(left, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if (left / OLD).is_dir() and not path.exists():
            (left / OLD).replace(path)
        shutil.rmtree(left, ignore_errors=True)
    except BlockingIOError:
        return  # it lives
    finally:
        os.close(handle)


def publish_files(files: Sequence[Path], parent: Path) -> None:
    """Put files into their place, over older ones of the same names, one after the other; on the disk before that."""
    for file in files:
        flush(file)
    for file in files:
        file.replace(parent / file.name)
    flush(parent)


def publish_folder(folder: Path, path: Path) -> None:
    """Put a staged folder into its place, where nothing or an earlier export may be. Raises DeliveryError."""
    for file in folder.rglob("*"):
        flush(file)
    refuse_foreign(path)
    old = folder.with_name(OLD)
    try:
        if path.exists():
            path.replace(old)
        folder.replace(path)
    except BaseException:
        if old.exists() and not path.exists():
            old.replace(path)
        raise
    flush(path.parent)


def flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refuse_foreign(path: Path) -> None:
    """Raise DeliveryError where ``path`` is a file, or a folder that holds something else than an earlier export."""
    if path.is_file() or (path.is_dir() and any(path.iterdir()) and not (path / MANIFEST).is_file()):
        raise DeliveryError(f"{path} exists and is no earlier export; name another folder")


def pack(folder: Path, file: Path) -> None:
    """Put the files of a folder into a zip; equal files give equal bytes."""
    with zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        for member in sorted(folder.rglob("*")):
            if member.is_file():
                info = zipfile.ZipInfo(member.relative_to(folder).as_posix(), date_time=EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                with member.open("rb") as source, archive.open(info, "w", force_zip64=True) as entry:
                    shutil.copyfileobj(source, entry, 1 << 20)
