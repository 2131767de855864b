"""What a source's last run left behind: whether it saw everything, and which pages hold no article."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Literal

from scraper.clock import today

Ending = Literal["complete", "failures", "broken"]
"""How the last run ended: all seen, some requests failed, or not at its end (killed, stopped, blocked, limited)."""
FOLDER = "crawl"
KEPT = timedelta(days=7)
MAX_SKIPPED = 5000


class CrawlMemory:
    """A small file per source. While a run goes on the file says "broken", so that a killed run is noticed."""

    def __init__(self, data: Path, source: str) -> None:
        self._path = data / FOLDER / f"{source}.json"
        stored = _read(self._path)
        last = stored.get("last")
        self.last: Ending = last if last in ("complete", "failures") else "broken"
        """Unless it was complete, a list that looks known is walked on."""
        oldest = (today() - KEPT).date().isoformat()
        skipped = stored.get("skipped")
        skipped = skipped if isinstance(skipped, Mapping) else {}
        self.skipped = {str(key): str(day) for key, day in skipped.items() if str(day) > oldest}
        """Key -> day on which its page held no article; asked again after a week."""

    def begin(self) -> None:
        """Note that a run is on its way."""
        self._write("broken")

    def skip(self, key: str) -> None:
        """Remember a page that holds no article."""
        self.skipped[key] = today().date().isoformat()

    def end(self, ending: Ending) -> None:
        """Note the end of the run."""
        self._write(ending)

    def _write(self, ending: Ending) -> None:
        newest = dict(sorted(self.skipped.items(), key=lambda pair: pair[1])[-MAX_SKIPPED:])
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps({"last": ending, "skipped": newest}, indent=1), encoding="utf-8")
        part.replace(self._path)


def _read(path: Path) -> Mapping[str, object]:
    """The stored file; one that is missing or broken says nothing, and the next run looks at everything."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}
