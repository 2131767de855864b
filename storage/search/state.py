"""What the index has seen: a small file beside it, written after each commit."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from storage.search.fields import VERSION

FILE = "state.json"


@dataclass(frozen=True, slots=True)
class IndexState:
    """The database that was indexed, the last change number of it, and the version of the fields."""

    database: str = ""
    change: int = 0
    version: str = VERSION


def read_state(folder: Path) -> IndexState:
    """The state of an index; a missing or broken file means that nothing is indexed.

    It is written after the commit: a crash between the two indexes the last changes again, which changes nothing.
    """
    try:
        values = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return IndexState(**values)
    except (OSError, ValueError, TypeError):
        return IndexState()


def write_state(folder: Path, state: IndexState) -> None:
    """Replace the state in one step."""
    temporary = folder / f"{FILE}.new"
    temporary.write_text(json.dumps(asdict(state)), encoding="utf-8")
    temporary.replace(folder / FILE)
