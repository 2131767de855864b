"""What a run did, in numbers: each article found ends in exactly one of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Ending = Literal["known", "new", "changed", "same", "unchanged", "gone", "skipped", "failed", "left"]
"""How one article of a run ended. ``unchanged`` and ``gone`` are second looks; ``left`` was found and not asked for."""
Total = Literal[Ending, "discovered", "reread", "lists", "lists_failed", "fetched", "pages_missing", "blocked"]
Measure = Literal["requests", "bytes", "seconds"]
TOTALS: tuple[Total | Measure, ...] = (
    "discovered", "known", "lists", "lists_failed", "fetched", "new", "changed", "same", "reread", "unchanged", "gone",
    "skipped", "failed", "left", "pages_missing", "blocked", "requests", "bytes", "seconds",
)  # fmt: skip
"""``discovered`` plus ``reread`` (second looks at stored articles) is the sum of all endings; ``requests`` are all that
were sent, robots.txt, redirects and repetitions included; ``bytes`` came over the wire."""
FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlEvent:
    """One step of a run, for a progress bar."""

    source: str
    counts: dict[str, int]
    outcome: str | None = None
    """Set with the last event of a source."""


@dataclass(slots=True)
class RunCounts:
    """The numbers of one run while it goes; reasons are kept as ``skipped/<reason>`` and ``failed/<reason>``."""

    numbers: Counter[str] = field(default_factory=Counter)

    def add(self, total: Total, reason: str = "", count: int = 1) -> None:
        """Count something, with the reason where there is one."""
        self.numbers[total] += count
        if reason and count:
            self.numbers[f"{total}/{reason}"] += count

    def measure(self, name: Measure, value: int) -> None:
        """Set what is measured and not counted."""
        self.numbers[name] = value

    def __getitem__(self, name: str) -> int:
        return self.numbers[name]

    def as_dict(self) -> dict[str, int]:
        """All totals, zeros included, and the reasons that occurred."""
        return {**dict.fromkeys(TOTALS, 0), **self.numbers}


class Ledger:
    """The articles of a run that are on their way; each ends once, so that the totals add up."""

    def __init__(self, counts: RunCounts) -> None:
        self._counts = counts
        self._open: dict[str, str | None] = {}

    def enter(self, key: str, url: str | None = None) -> None:
        """An article will be asked for; ``url`` where the next run should do it if this one cannot."""
        self._open[key] = url

    def settle(self, key: str, ending: Ending, reason: str = "") -> bool:
        """Count how an article ended; False, and nothing counted, where it has ended before."""
        if key not in self._open:
            return False
        del self._open[key]
        self._counts.add(ending, reason)
        return True

    @property
    def open(self) -> dict[str, str | None]:
        """Key -> address of those on their way, in the order of their entry."""
        return dict(self._open)


def imbalance(counts: dict[str, int]) -> int:
    """How many articles of a run have no ending (below zero: one too many); 0 as it should be."""
    ended = sum(counts.get(ending, 0) for ending in get_args(Ending))
    return counts.get("discovered", 0) + counts.get("reread", 0) - ended


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """The end of one source's run."""

    source: str
    outcome: str
    """``finished``; or why it ended early: ``blocked`` (the site refuses), ``robots-unreachable``, ``rate-limited``,
    ``unavailable`` (no list could be read), ``stopped`` (by the caller), ``killed`` (at once), ``storage-failed``,
    ``failed``."""
    counts: dict[str, int]

    def as_row(self) -> dict[str, Any]:
        """A flat row: source, outcome, the totals, and the reasons as one mapping."""
        reasons = {name: count for name, count in sorted(self.counts.items()) if "/" in name}
        return {
            "source": self.source,
            "outcome": self.outcome,
            **{name: self.counts.get(name, 0) for name in TOTALS},
            "reasons": reasons,
        }
