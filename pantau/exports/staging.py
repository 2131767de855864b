"""The one way an export reaches its place: whole or not at all, whatever stops it."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scraper.errors import DeliveryError

MANIFEST = "manifest.json"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time of every file in a zip, so that the same files give the same bytes."""


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """A new folder beside ``path`` to write into; it is gone at the end, whatever happens. Raises DeliveryError."""
    folder: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
        folder.chmod(0o755)
        yield folder
    except OSError as error:
        raise DeliveryError(f"{path} cannot be written ({error}); check the folder, its rights and the disk") from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def publish_files(folder: Path, parent: Path) -> None:
    """Put the files of a staging folder into their place, over older ones of the same names."""
    for file in sorted(folder.iterdir()):
        file.replace(parent / file.name)


def publish_folder(folder: Path, path: Path) -> None:
    """Put a staging folder into its place, where nothing or an earlier export may be. Raises DeliveryError."""
    refuse_foreign(path)
    if path.exists():
        old = folder.with_name(folder.name + ".old")
        path.replace(old)
        folder.replace(path)
        shutil.rmtree(old)
    else:
        folder.replace(path)


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
