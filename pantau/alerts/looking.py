"""Looking for what is new since the last time: new stories of a search, and a volume far above the usual."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pantau import wording
from pantau.alerts.model import News
from pantau.digests.model import Line
from pantau.digests.phrases import told, web_address
from pantau.jobs.rhythm import Rhythm
from pantau.translations import gettext as _
from scraper.clock import WIB, now, today
from scraper.config import Config
from scraper.mail_settings import read_hours
from storage.records.alerts import Watch, fresh_articles, told_stories
from storage.records.saved_searches import NEVER_QUIET
from storage.search.query import parse_query
from storage.stories.leading import Brief, briefs
from storage.trends.bursts import Burst, find_bursts
from storage.trends.points import trend_points
from storage.trends.questions import within
from storage.trends.spans import Span

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.search.engine import SearchIndex

HOUR = timedelta(minutes=59)
"""A little less, so that what is looked at every hour is not late by one round."""
FIRST_LOOK = timedelta(days=1)
"""How far back a search looks the first time."""
LATE = timedelta(days=7)
"""Older news that is found only now is the archive of a new source, no alert."""
USUAL = 90
"""Days that say what is usual."""
NAMED = 3
"""Outlets of a story that are named."""


def is_due(watch: Watch, config: Config, moment: datetime) -> bool:
    """Whether a search is to be looked at for new stories now, by its rhythm."""
    if watch.rhythm == "hourly":
        return moment - watch.since >= HOUR
    if watch.rhythm == "daily":
        return watch.since < Rhythm.from_config(config).daily_alerts.latest(moment)
    return watch.rhythm == "now"


def is_quiet(config: Config, moment: datetime, own: str | None = None) -> bool:
    """Whether the office does not want to be disturbed now, or the reader of a search with hours of its ``own``."""
    hours = config.mail.quiet if own is None else read_hours(own) if own != NEVER_QUIET else None
    if hours is None:
        return False
    start, end = hours
    clock = moment.astimezone(WIB).time().replace(tzinfo=None)
    return start <= clock < end if start < end else clock >= start or clock < end


def look(session: Session, index: SearchIndex, config: Config, watch: Watch, *, upto: int, shown: set[str]) -> News:
    """What a search has to tell; adds to ``shown`` the stories that this mail shows. Raises QueryError.

    An unusual volume is told at once; stories when they are due.
    """
    due = is_due(watch, config, now())
    stories = _new_stories(session, index, watch, upto=upto) if due else {}
    lines = [_story_line(config, group) for name, group in stories.items() if name not in shown]
    shown.update(stories)
    burst = _burst(index, watch) if watch.spike else None
    is_new = burst is not None and (watch.spiked_day is None or burst.start > watch.spiked_day)
    return News(
        watch=watch,
        upto=upto if due else None,
        stories=tuple(stories),
        lines=tuple(lines),
        count=len(lines),
        spike=_spike_line(config, watch, burst) if burst is not None and is_new else None,
        spiked=burst.end if burst is not None else None,
        link=_link(config, watch.query),
    )


def _new_stories(session: Session, index: SearchIndex, watch: Watch, *, upto: int) -> dict[str, list[Brief]]:
    """Story -> its new articles; the largest first."""
    first_look = max(watch.since, now() - FIRST_LOOK)
    fresh = fresh_articles(
        session,
        after=watch.change,
        upto=upto,
        seen_since=first_look if watch.change == 0 else now() - LATE,
        published_since=today().date() - LATE,
    )
    if not fresh:
        return {}
    found, known = index.complete_ids(watch.query, among=fresh), told_stories(session, watch.id)
    groups: dict[str, list[Brief]] = defaultdict(list)
    for brief in briefs(session, found):
        if brief.cluster not in known:
            groups[brief.cluster].append(brief)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def _story_line(config: Config, group: Collection[Brief]) -> Line:
    """A story by its earliest article."""
    first = min(group, key=lambda brief: (brief.day is None, brief.day, brief.id))
    others = sorted({brief.outlet for brief in group} - {first.outlet})
    names = [told(name, limit=40) for name in (first.outlet, *others)]
    outlets = ", ".join(names[:NAMED]) + (f" +{len(names) - NAMED}" if len(names) > NAMED else "")
    kind = wording.kind_label(first.kind) if first.kind != "news" else ""
    return Line(
        text=told(first.title) or _("(tanpa judul)"),
        link=f"{config.base_url}/artikel/{first.id}",
        remark=" · ".join(filter(None, [outlets, wording.short_date(first.day), kind])),
        source=web_address(first.url),
    )


def _burst(index: SearchIndex, watch: Watch) -> Burst | None:
    """The burst that reaches to today or yesterday, if there is one."""
    last = today().date()
    asked = within(parse_query(watch.query), Span(last - timedelta(days=USUAL), last))
    if not index.complete_ids(within(asked, Span(last - timedelta(days=1), last))):
        return None
    hits, crawled = index.periods(asked, by="day")
    points = trend_points(hits, crawled, by="day", since=last - timedelta(days=USUAL), until=last)
    burst = next(reversed(find_bursts(points)), None)
    return burst if burst is not None and burst.end >= last - timedelta(days=1) else None


def _spike_line(config: Config, watch: Watch, burst: Burst) -> Line:
    values = {"articles": wording.articles(burst.count), "usual": wording.number(round(burst.expected, 1))}
    days = {"dari": burst.start.isoformat(), "sampai": burst.end.isoformat()}
    when = wording.short_date(burst.start) if burst.start == burst.end else wording.day_span(burst.start, burst.end)
    return Line(
        text=_("Lonjakan: %(articles)s, biasanya %(usual)s") % values,
        link=_link(config, watch.query, **days),
        remark=when,
        count=burst.count,
    )


def _link(config: Config, query: str, **days: str) -> str:
    return f"{config.base_url}/cari?{urlencode({'q': query, 'urut': 'tanggal', **days})}"
