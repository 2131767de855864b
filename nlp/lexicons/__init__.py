"""Word lists of the language, reviewed as data; this module only reads them."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

from scraper.errors import LexiconError

FOLDER = Path(__file__).parent


def read_words(name: str) -> list[str]:
    """The words of a ``.txt`` list: separated by blanks or line ends, ``#`` starts a comment line."""
    lines = _read(name).splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def read_lines(name: str) -> list[str]:
    """The lines of a ``.txt`` list without comments and empty ones."""
    lines = (line.strip() for line in _read(name).splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def read_toml(name: str) -> dict[str, Any]:
    """The tables of a ``.toml`` list; raises LexiconError where it is not valid."""
    try:
        return tomllib.loads(_read(name))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{FOLDER / name} is not valid TOML ({error}); mend the line it names") from error


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a header line; raises LexiconError where it cannot be read."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LexiconError(f"{path} cannot be read ({error}); restore it from the package") from error


def _read(name: str) -> str:
    try:
        return (FOLDER / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{FOLDER / name} cannot be read ({error}); restore it from the package") from error
