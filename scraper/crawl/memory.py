"""What a source's last run left behind for the next one, beside what the database knows."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from scraper.clock import now, today

Ending = Literal["complete", "broken"]
"""How the last run ended: at its end, or not (killed, stopped, blocked, cut short by the caller)."""
FOLDER = "crawl"
KEPT = timedelta(days=7)
MAX_SKIPPED = 5000
MAX_OWED = 2000
MAX_RECENT = 300
MAX_TWINS = 5000
TRIES = 5
"""Runs in which a page that fails is asked for; then it counts as one without an article."""


class CrawlMemory:
    """A small file per source. While a run goes on the file says "broken", so that a killed run is noticed."""

    def __init__(self, data: Path, source: str) -> None:
        self._path = data / FOLDER / f"{source}.json"
        stored = _read(self._path)
        self.last: Ending = "complete" if stored.get("last") == "complete" else "broken"
        oldest = (today() - KEPT).date().isoformat()
        self.skipped = {key: day for key, day in _strings(stored.get("skipped")).items() if day > oldest}
        """Key -> day on which its page held no article; asked again after a week."""
        self.swept = _moment(stored.get("swept"))
        """When a run last asked all lists and came to its end; None for never."""
        self.owed = _strings(stored.get("owed"))
        """Key -> address of what was found and could not be fetched; the next run asks for it first."""
        self.tries = {key: int(count) for key, count in _strings(stored.get("tries")).items() if count.isdigit()}
        """Key -> runs in which it failed."""
        self.unread = _strings(stored.get("unread"))
        """Page of a list that failed in the last run -> kind of the list."""
        self.recent = _strings(stored.get("recent"))
        """Key -> moment or day of publication (ISO 8601) of the newest articles."""
        self.twins = _strings(stored.get("twins"))
        """Key that names the article of another key -> that key."""
        self.blocked = stored.get("blocked") is True
        """Whether the site refused the last run; then this one asks for one thing at a time until it is let in."""
        self.moved = _strings(stored.get("moved"))
        """List -> address where it lives now, by a permanent redirect."""

    def begin(self) -> None:
        """Note that a run is on its way."""
        self._write("broken")

    def skip(self, key: str) -> None:
        """Remember a page that holds no article."""
        self.skipped[key] = today().date().isoformat()
        self.paid(key)

    def owe(self, key: str, url: str, *, failed: bool) -> None:
        """Remember what could not be fetched; one that ``failed`` too often is left alone for a week."""
        tries = self.tries.get(key, 0) + failed
        if tries >= TRIES:
            self.skip(key)
            return
        self.owed[key] = url
        self.tries[key] = tries

    def paid(self, key: str) -> None:
        """Forget what was owed: it came in."""
        self.owed.pop(key, None)
        self.tries.pop(key, None)

    def end(self, ending: Ending, *, swept: bool = False) -> None:
        """Note the end of the run; ``swept`` where it asked all lists."""
        if swept and ending == "complete":
            self.swept = now()
        self._write(ending)

    def _write(self, ending: Ending) -> None:
        owed = dict(list(self.owed.items())[-MAX_OWED:])
        kept = {
            "last": ending,
            "swept": self.swept.isoformat() if self.swept else None,
            "skipped": _newest(self.skipped, MAX_SKIPPED),
            "owed": owed,
            "tries": {key: str(count) for key, count in self.tries.items() if key in owed},
            "unread": self.unread,
            "recent": _newest(self.recent, MAX_RECENT),
            "twins": dict(list(self.twins.items())[-MAX_TWINS:]),
            "moved": self.moved,
            "blocked": self.blocked,
        }
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        part.replace(self._path)


def _newest(dated: Mapping[str, str], limit: int) -> dict[str, str]:
    return dict(sorted(dated.items(), key=lambda pair: pair[1])[-limit:])


def _read(path: Path) -> Mapping[str, Any]:
    """The stored file; one that is missing or broken says nothing, and the next run looks at everything."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _strings(value: object) -> dict[str, str]:
    return {str(key): str(part) for key, part in value.items()} if isinstance(value, Mapping) else {}


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
