"""Claims beside each other: which contradict each other, which were revised, what was reached of a target. Pure.

Nothing is averaged and nothing is chosen: each value stays beside its source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from storage.trends.claims import Claim
from storage.trends.periods import lies_in
from storage.trends.spans import Span

Topic = tuple[str, str, frozenset[str], str]
"""Indicator, area, what exactly is measured, unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Values of one thing in one place and period that cannot all be right."""

    indicator: str
    area: str
    area_name: str | None
    days: Span
    role: str | None
    unit: str
    claims: tuple[Claim, ...]
    """All claims of it, by value; equal ones stand together."""

    @property
    def values(self) -> tuple[float, ...]:
        """The different values, in ``unit``, ascending."""
        return tuple(sorted({claim.comparable for claim in self.claims}))

    @property
    def is_certain(self) -> bool:
        """Whether all of it stands in the texts: neither an area nor a period was assumed."""
        return _any_contradict([claim for claim in self.claims if not claim.assumed])


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An outlet that later stated another value of the same thing."""

    before: Claim
    after: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is said to be realised of what is said to be the target."""

    target: Claim
    realised: Claim

    @property
    def share(self) -> float | None:
        """Realised as a share of the target, 1 for all of it; ``None`` where the target is nothing."""
        return self.realised.comparable / self.target.comparable if self.target.comparable else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Claims, and what they say of each other."""

    claims: tuple[Claim, ...]
    conflicts: tuple[Conflict, ...]
    revisions: tuple[Revision, ...]
    progress: tuple[Progress, ...]

    @property
    def told(self) -> list[Claim]:
        """The claims of its conflicts, revisions and targets."""
        found = [claim for conflict in self.conflicts for claim in conflict.claims]
        found += [claim for pair in self.revisions for claim in (pair.before, pair.after)]
        return found + [claim for pair in self.progress for claim in (pair.target, pair.realised)]


def read_ledger(claims: Sequence[Claim]) -> Ledger:
    """The ledger of claims: conflicts and targets by indicator, area and period, revisions by day."""
    conflicts, revisions = [], []
    for key, group in sorted(_groups(claims).items(), key=lambda item: _order(item[0])):
        revised = list(_revisions(group))
        revisions += revised
        standing = _standing(group, revised)
        if _any_contradict(standing):
            conflicts.append(_conflict(key, standing))
    return Ledger(
        claims=tuple(claims),
        conflicts=tuple(conflicts),
        revisions=tuple(revisions),
        progress=tuple(_progress(claims)),
    )


Key = tuple[Topic, Span, str | None]


def _groups(claims: Iterable[Claim]) -> dict[Key, list[Claim]]:
    """Claims of one thing, place, period and role."""
    groups: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        if (topic := _topic(claim)) is not None and claim.days is not None:
            groups[topic, claim.days, claim.role].append(claim)
    return {key: group for key, group in groups.items() if len(group) > 1}


def _topic(claim: Claim) -> Topic | None:
    """What a claim is about; ``None`` where that is not known well enough, or it only tells a change."""
    if claim.indicator is None or claim.area is None or claim.subject is None or _is_change(claim):
        return None
    return claim.indicator, claim.area, claim.subject, claim.comparable_unit


def _is_change(claim: Claim) -> bool:
    """Whether the figure tells by how much something moved, not where it stands."""
    if claim.unit == "pp":
        return True
    return claim.direction in ("up", "down") and claim.base is None and claim.unit == "%"


def _agree(one: Claim, other: Claim) -> bool:
    """Whether both may mean the same number."""
    (low, high), (least, most) = one.bounds, other.bounds
    return low <= most and least <= high


def _any_contradict(claims: Sequence[Claim]) -> bool:
    """Whether two articles tell it differently; one with several values agrees with each that tells one of them."""
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        told[claim.article_id].append(claim)
    return any(
        all(_contradict(one, other) for one, other in product(first, second))
        for first, second in combinations(told.values(), 2)
    )


def _contradict(one: Claim, other: Claim) -> bool:
    """Whether two articles cannot both be right; of an outlet that tells no period, things may have moved between."""
    if one.article_id == other.article_id or _agree(one, other):
        return False
    return one.outlet != other.outlet or not (one.assumed or other.assumed)


def _revisions(group: Sequence[Claim]) -> Iterable[Revision]:
    """The outlets' own later values, by day."""
    last: dict[str, Claim] = {}
    for claim in sorted(group, key=_when):
        before = last.get(claim.outlet)
        if before is not None and _contradict(before, claim) and _when(before)[0] < _when(claim)[0]:
            yield Revision(before=before, after=claim)
        last[claim.outlet] = claim


def _standing(group: Sequence[Claim], revised: Sequence[Revision]) -> list[Claim]:
    """Without what its own outlet revised."""
    gone = {(revision.before.article_id, revision.before.start) for revision in revised}
    return [claim for claim in group if (claim.article_id, claim.start) not in gone]


def _conflict(key: Key, standing: Sequence[Claim]) -> Conflict:
    (indicator, area, _, unit), days, role = key
    return Conflict(
        indicator=indicator,
        area=area,
        area_name=standing[0].area_name,
        days=days,
        role=role,
        unit=unit,
        claims=tuple(sorted(standing, key=lambda claim: (claim.comparable, *_when(claim)))),
    )


def _progress(claims: Sequence[Claim]) -> Iterable[Progress]:
    """Each realised value beside each target of the same thing whose period holds its own."""
    targets: dict[Topic, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.role == "target" and (topic := _topic(claim)) is not None:
            targets[topic].append(claim)
    for claim in claims:
        topic = _topic(claim)
        if claim.role != "realisation" or topic is None or claim.days is None:
            continue
        for target in targets.get(topic, []):
            if target.days is not None and lies_in(claim.days, target.days):
                yield Progress(target=target, realised=claim)


def _when(claim: Claim) -> tuple[date, str, int]:
    return claim.published or date.min, claim.article_id, claim.start


def _order(key: Key) -> tuple[str, str, date, date, str, str, list[str]]:
    (indicator, area, subject, unit), days, role = key
    return indicator, area, days.start, days.end, role or "", unit, sorted(subject)
