"""The extraction version: a hash of everything that decides what is read from a page."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from scraper.page.rules import GENERIC, SiteRules

FOLDER = Path(__file__).parent
BESIDE = ("language.py", "rows.py", "urls.py")
"""Modules of the floor that extraction stands on."""
LIBRARIES = ("trafilatura", "readability-lxml", "htmldate")


@cache
def extraction_version(rules: SiteRules = GENERIC) -> str:
    """Twelve hex digits over code, libraries and a site's rules; an article with another one can be read again."""
    return hashlib.sha256(f"{_code_version()}\n{rules!r}".encode()).hexdigest()[:12]


@cache
def _code_version() -> str:
    digest = hashlib.sha256()
    inside = [path for path in sorted(FOLDER.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    for path in (*inside, *(FOLDER.parent / name for name in BESIDE)):
        digest.update(path.relative_to(FOLDER.parent).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for name in LIBRARIES:
        digest.update(f"{name} {_installed(name)}\0".encode())
    return digest.hexdigest()


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
