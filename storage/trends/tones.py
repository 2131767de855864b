"""How people rated what a query finds, per outlet and period; what nobody rated is counted apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneCounts:
    """Articles by the rating of their titles, or of their texts."""

    positive: int = 0
    neutral: int = 0
    negative: int = 0
    unrated: int = 0

    @property
    def rated(self) -> int:
        """Articles that somebody rated: the denominator of every share."""
        return self.positive + self.neutral + self.negative

    @property
    def negative_share(self) -> float | None:
        """Negative ones as a share of the rated ones, 0 to 1; ``None`` where none was rated."""
        return self.negative / self.rated if self.rated else None

    @property
    def ratio(self) -> float | None:
        """Positive ones for each negative one; ``None`` where none is negative."""
        return self.positive / self.negative if self.negative else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneGroup:
    """The ratings in one outlet, one period, or one period of one outlet; of all articles where both are ``None``."""

    outlet: str | None
    start: date | None
    """First local day of the period."""
    title: ToneCounts
    body: ToneCounts


def whole_of(groups: Sequence[ToneGroup]) -> ToneGroup:
    """All groups as one."""
    return ToneGroup(
        outlet=None, start=None, title=_sum([g.title for g in groups]), body=_sum([g.body for g in groups])
    )


def _sum(counts: Sequence[ToneCounts]) -> ToneCounts:
    return ToneCounts(
        positive=sum(one.positive for one in counts),
        neutral=sum(one.neutral for one in counts),
        negative=sum(one.negative for one in counts),
        unrated=sum(one.unrated for one in counts),
    )
