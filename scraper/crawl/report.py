"""What a run did, in numbers: discovered, fetched, stored, skipped and failed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

Total = Literal["discovered", "known", "lists", "fetched", "new", "changed", "same", "skipped", "failed", "blocked"]
TOTALS: tuple[Total, ...] = (
    "discovered", "known", "lists", "fetched", "new", "changed", "same", "skipped", "failed", "blocked",
)  # fmt: skip
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
        if reason:
            self.numbers[f"{total}/{reason}"] += count

    def __getitem__(self, name: str) -> int:
        return self.numbers[name]

    def as_dict(self) -> dict[str, int]:
        """All totals, zeros included, and the reasons that occurred."""
        return {**dict.fromkeys(TOTALS, 0), **self.numbers}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """The end of one source's run."""

    source: str
    outcome: str
    """``finished``, or why it ended early: ``blocked``, ``robots-unreachable``, ``rate-limited``, ``stopped``..."""
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
