"""Which few lists show every new article first: learned from what each list showed of the newest articles. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from spiders.walk.plan import Kind

ENOUGH = 8
"""So many newest articles in a row prove a list; a feed has ten."""
MOSTLY = 0.8
"""Share of them that it must show: a list that leaves one section out is chosen together with that section's."""
TOPS = 3
"""Without dates: the first so many of each list have to be seen on the chosen ones."""
LIGHT: tuple[Kind, ...] = ("feed", "listing", "posts", "sitemap", "dated")
"""Which is asked where several would do: a feed is small, and its answer to "anything new?" is short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one list showed."""

    url: str
    kind: Kind
    keys: tuple[str, ...]
    parent: str | None = None
    """The index that it was found in."""


def learn_pulse(lists: Sequence[Shown], dates: dict[str, datetime]) -> set[str]:
    """Addresses of the fewest lists that show all new articles; ``dates`` are the known moments of publication.

    Without enough dates the first articles of every list count as the new ones.
    """
    shown = [one for one in lists if one.keys]
    groups = _newest_groups(shown, dates)
    if not shown:
        return set()
    chosen: list[Shown] = []
    if sum(map(len, groups)) < ENOUGH:
        wanted = {key for one in shown for key in one.keys[:TOPS]}
    else:
        newest = [key for group in groups for key in group]
        reach = {one.url: extent(groups, set(one.keys)) for one in shown}
        broad = [one for one in shown if reach[one.url] >= min(ENOUGH, len(newest))]
        chosen = [min(broad, key=lambda one: (_weight(one), -reach[one.url]))] if broad else []
        wanted = _unproven(newest, chosen, broad, reach)
    chosen += _cover(shown, wanted - {key for one in chosen for key in one.keys})
    return {url for one in chosen for url in (one.url, one.parent) if url}


def extent(groups: Sequence[Sequence[str]], keys: Collection[str]) -> int:
    """How many of the newest articles a list shows nearly all of; articles of one moment make a group."""
    best = total = covered = 0
    for group in groups:
        inside = sum(key in keys for key in group)
        if 0 < inside < len(group) and covered + inside >= MOSTLY * (total + inside):
            best = total + inside  # it may end in the middle of this moment
        total, covered = total + len(group), covered + inside
        if inside and covered >= MOSTLY * total:
            best = total
    return best


def _newest_groups(lists: Iterable[Shown], dates: dict[str, datetime]) -> list[list[str]]:
    """Dated articles that some list showed, the newest first, those of one moment together."""
    keys = {key for one in lists for key in one.keys if key in dates}
    ordered = sorted(keys, key=lambda key: (dates[key], key), reverse=True)
    return [list(group) for _, group in groupby(ordered, key=lambda key: dates[key])]


def _unproven(newest: Sequence[str], chosen: list[Shown], broad: list[Shown], reach: dict[str, int]) -> set[str]:
    """The newest articles of which it is not clear that the chosen list showed them in their time.

    Beyond its end it is believed to show what longer ones of its kind show: those that leave out the same.
    """
    if not chosen:
        return set(newest[: 2 * ENOUGH])
    near, far = reach[chosen[0].url], max(reach[one.url] for one in broad)
    shown_far = {key for one in broad for key in one.keys}
    return {*newest[:near], *(key for key in newest[near:far] if key not in shown_far)}


def _weight(one: Shown) -> int:
    return LIGHT.index(one.kind) + (len(LIGHT) if one.parent else 0)


def _cover(lists: Sequence[Shown], wanted: set[str]) -> list[Shown]:
    """The fewest lists that show all that is wanted, chosen greedily; what none shows is left out."""
    chosen = []
    while wanted:
        best = max(lists, key=lambda one: (len(wanted.intersection(one.keys)), -_weight(one)))
        if not wanted.intersection(best.keys):
            break
        chosen.append(best)
        wanted = wanted.difference(best.keys)
    return chosen
