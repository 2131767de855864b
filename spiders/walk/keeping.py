"""What a run keeps of its lists for the next one: their state, and which of them show what is new. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from scraper.clock import local_day
from scraper.crawl.store import ListState, Validators
from spiders.walk.lists import FRONT, Walk, saved_front
from spiders.walk.plan import Plan
from spiders.walk.pulse import Moment, Shown, learn_pulse
from spiders.walk.wander import day_in

MANY = 3
"""A pulse that has grown to more lists is learned anew with the next sweep."""
YOUNG = timedelta(days=1)
"""An article that appeared since a list was last seen, give or take a day, is news."""


def moments(recent: Mapping[str, str]) -> dict[str, Moment]:
    """Days and moments of publication as the memory keeps them."""
    found: dict[str, Moment] = {}
    for key, raw in recent.items():
        try:
            moment = datetime.fromisoformat(raw)
        except ValueError:
            continue
        found[key] = moment if moment.tzinfo else moment.date()
    return found


def states_to_keep(
    walks: Iterable[Walk],
    *,
    before: Mapping[str, ListState],
    pulse: Collection[str],
    new: Collection[str],
    owed: Collection[str],
    now: datetime,
) -> list[ListState]:
    """A state for each list that was read, that changed its part, or that was left out.

    One that shows an article which could not be fetched is asked without conditions next time.
    """
    kept: dict[str, ListState] = {url: replace(state, pulse=url in pulse) for url, state in before.items()}
    for walk in walks:
        if walk.resumed or (walk.stray and walk.failed):
            continue
        if not walk.pages:
            kept.setdefault(walk.url, ListState(url=walk.url))
        elif walk.failed == "for-good":
            kept[walk.url] = ListState(url=walk.url, seen_at=now)
        elif walk.unchanged:
            kept[walk.url] = replace(kept[walk.url], seen_at=now)
        elif walk.read and (walk.url in pulse or not (walk.parent or walk.stray)):
            whole = not any(key in owed for key in walk.shown)
            kept[walk.url] = ListState(
                url=walk.url,
                validators=walk.validators if whole else Validators(),
                seen_at=now,
                front=saved_front(walk, new) if walk.shown else walk.front[:FRONT],
                pulse=walk.url in pulse,
            )
    return [state for url, state in kept.items() if state != before.get(url)]


def next_pulse(
    walks: Collection[Walk],
    plan: Plan,
    *,
    before: Mapping[str, ListState],
    dates: Mapping[str, Moment],
    new: Collection[str],
    swept: datetime | None,
) -> set[str]:
    """The lists that coming runs ask: learned where all lists were walked, else enlarged by what this run missed."""
    pulse = {url for url, state in before.items() if state.pulse}
    dead = {walk.url for walk in walks if walk.failed == "for-good"}
    shown = [_shown(walk) for walk in walks if not walk.resumed and not (walk.stray and day_in(walk.url))]
    if plan.explores or (plan.mode == "sweep" and not 0 < len(pulse - dead) <= MANY):
        return learn_pulse([one for one in shown if one.url not in dead], dates)
    seen = {key for one in shown if one.url in pulse for key in one.keys}
    missed = {walk.url for walk in walks if _showed_news(walk, set(new) - seen, dates, swept)}
    return (pulse | missed) - dead


def _shown(walk: Walk) -> Shown:
    keys = tuple(walk.shown) or (walk.state.front if walk.state and walk.unchanged else ())
    return Shown(
        url=walk.url, kind=walk.kind, keys=keys, parent=walk.parent.url if walk.parent else None, stray=bool(walk.stray)
    )


def _showed_news(walk: Walk, exclusive: set[str], dates: Mapping[str, Moment], swept: datetime | None) -> bool:
    """Whether a list alone showed articles that appeared since it was last looked at."""
    since = (walk.state.seen_at if walk.state else None) or swept
    if since is None:
        return False
    oldest = local_day(since - YOUNG)
    return any(key in exclusive and local_day(dates.get(key, since)) >= oldest for key in walk.shown)
