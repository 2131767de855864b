"""Which sources are crawled and how often somebody wants it, read without loading what crawls them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from scraper.errors import ProfileError

FOLDER = "sources"
SHORTEST, LONGEST = 5, 7 * 24 * 60
"""Minutes between two crawls that a source file may ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A source of this office."""

    name: str
    every: timedelta | None
    """Time between two crawls, where its file says it."""
    paused: bool = False


def followed_sources(data: Path, *, paused: bool = False) -> tuple[list[Followed], list[ProfileError]]:
    """The sources that are on, by name, and what is wrong with files that cannot be read; with ``paused`` those too."""
    found, wrong = [], []
    for path in sorted((data / FOLDER).glob("*.toml")):
        try:
            values = read_source(path)
            every = check_every(path, values)
        except ProfileError as error:
            wrong.append(error)
            continue
        source = Followed(name=path.stem, every=every, paused=values.get("paused") is True)
        if paused or not source.paused:
            found.append(source)
    return found, wrong


def read_source(path: Path) -> dict[str, Any]:
    """What a source file says. Raises ProfileError where it is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ProfileError(
            "%(path)s cannot be read as TOML (%(error)s); mend or remove it", path=path, error=error
        ) from error


def check_every(path: Path, values: Mapping[str, Any]) -> timedelta | None:
    """The time between two crawls that a source file asks for. Raises ProfileError where it is none."""
    minutes = values.get("every")
    if minutes is None:
        return None
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not SHORTEST <= minutes <= LONGEST:
        raise ProfileError(
            "%(path)s: 'every' is %(minutes)r; it must be minutes from %(shortest)s to %(longest)s",
            path=path,
            minutes=minutes,
            shortest=SHORTEST,
            longest=LONGEST,
        )
    return timedelta(minutes=minutes)
