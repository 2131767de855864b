"""The tag version: a hash of everything that decides what is found; needs no model in memory."""

from __future__ import annotations

import hashlib
from pathlib import Path

FOLDER = Path(__file__).parent
VERSIONED = ("*.py", "*.cfg", "lexicons/*.*", "registry/*.csv", "model/**/*", "*/*.py")


def tag_version() -> str:
    """The version of the tags that this code, its model and its lexicons give."""
    return hash_files(FOLDER)


def hash_files(folder: Path) -> str:
    """Twelve hex digits over names and contents of the files that decide what is found."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in VERSIONED for path in folder.glob(pattern)}):
        if path.is_file() and "training" not in path.parts and path.suffix != ".md":
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
