"""Which few lists show every new article first: learned from what each list showed of the newest articles. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from scraper.clock import local_day
from spiders.walk.plan import Kind

Moment = datetime | date
ENOUGH = 8
"""So many newest articles in a row prove a list; a feed has ten."""
MOSTLY = 0.8
"""Share of them that it must show: a list that leaves one section out is chosen together with that section's."""
WORTH = 2
"""A further list must show so many that the chosen one lacks: a single one may be a wrong date."""
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
    stray: bool = False
    """True where nobody named it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far back a list shows nearly all articles."""

    articles: int = 0
    groups: int = 0
    """Whole groups of them; it may end in the middle of the next."""


def learn_pulse(lists: Sequence[Shown], dates: Mapping[str, Moment]) -> set[str]:
    """Addresses of the fewest lists that show all new articles; ``dates`` are the known days or moments of publication.

    Without enough dates the first articles of every list count as the new ones.
    """
    shown = [one for one in lists if one.keys]
    groups = newest_groups({key for one in shown for key in one.keys}, dates)
    dated = sum(map(len, groups))
    if dated < ENOUGH:
        named = [one for one in shown if not one.stray] or shown
        chosen = _cover(named, {key for one in named for key in one.keys[:TOPS]}, worth=1)
    else:
        chosen = _by_dates(shown, groups, enough=min(ENOUGH, dated))
    return {url for one in chosen for url in (one.url, one.parent) if url}


def _by_dates(shown: Sequence[Shown], groups: Sequence[AbstractSet[str]], *, enough: int) -> list[Shown]:
    reaches = {one.url: reach(groups, set(one.keys)) for one in shown}
    broad = [one for one in shown if reaches[one.url].articles >= enough]
    if not broad:
        newest = groups[: next(count for count in range(1, len(groups) + 1) if sum(map(len, groups[:count])) >= enough)]
        return _cover(shown, set().union(*newest), worth=1)
    best = min(broad, key=lambda one: (_weight(one), -reaches[one.url].articles))
    near, far = reaches[best.url].groups, max(reaches[one.url].groups for one in broad)
    shown_far = {key for one in broad for key in one.keys}
    missed = {key for group in groups[:near] for key in group}.difference(best.keys)
    missed |= {key for group in groups[near:far] for key in group} - shown_far
    return [best, *_cover(shown, missed, worth=WORTH)]


def newest_groups(keys: AbstractSet[str], dates: Mapping[str, Moment]) -> list[set[str]]:
    """Dated articles, the newest first; those of one moment together.

    Where most have a time, a mere day is left out: it was read from the text and is the likelier to be wrong.
    Else all articles of a day are one group.
    """
    known = {key: dates[key] for key in keys if key in dates}
    timed = {key: moment for key, moment in known.items() if isinstance(moment, datetime)}
    order: Mapping[str, Moment] = timed
    if 2 * len(timed) < len(known):
        order = {key: local_day(moment) for key, moment in known.items()}
    ordered = sorted(order, key=lambda key: (order[key], key), reverse=True)
    return [set(group) for _, group in groupby(ordered, key=lambda key: order[key])]


def reach(groups: Sequence[AbstractSet[str]], keys: AbstractSet[str]) -> Reach:
    """How far back a list shows nearly all; articles of one group have no order."""
    best = Reach()
    total = covered = 0
    for place, group in enumerate(groups):
        inside = len(group & keys)
        if 0 < inside < len(group) and covered + inside >= MOSTLY * (total + inside):
            best = Reach(total + inside, place)
        total, covered = total + len(group), covered + inside
        if inside and covered >= MOSTLY * total:
            best = Reach(total, place + 1)
    return best


def _weight(one: Shown) -> int:
    return LIGHT.index(one.kind) + (len(LIGHT) if one.parent else 0)


def _cover(lists: Sequence[Shown], wanted: Iterable[str], *, worth: int) -> list[Shown]:
    """The fewest lists that show all that is wanted, chosen greedily; each has to show ``worth`` of them."""
    chosen: list[Shown] = []
    missing = set(wanted)
    while missing:
        best = max(lists, key=lambda one: (len(missing.intersection(one.keys)), -_weight(one)))
        if len(missing.intersection(best.keys)) < worth:
            break
        chosen.append(best)
        missing = missing.difference(best.keys)
    return chosen
