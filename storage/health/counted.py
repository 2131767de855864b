"""A source's articles counted against its yield: this week's, and for how long there are fewer than chance explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scraper.clock import local_day, now, today
from storage.health.yields import ENOUGH_WEEKS, WEEKS, WINDOWS, Yield, learn
from storage.records.runs import FINISHED, Run, last_runs
from storage.records.tables import ArticleRow
from storage.records.tables_runs import RunRow
from storage.trends.coverage import published_by_day
from storage.trends.outages import DAY, hours_down, midnight, outages

WEEK = 7
SECOND = timedelta(seconds=1)
BROKEN_HOURS = 12.0
"""A day with so many hours of outage says nothing about what a source published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a source's profile says of its yield."""

    per_week: int = 0
    """Articles a week; 0 says nothing."""
    dated: float = 0.0
    """Share of articles with a date; 0 says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The seven whole days before a source's last finished run, and what they lack."""

    week: Yield
    """Learned from the weeks before."""
    expected: float = 0.0
    got: int = 0
    silent_since: datetime | None = None
    """Since when there is nothing at all, where that is too long."""
    few_since: datetime | None = None
    """Since when there are too few, where there are."""

    @property
    def least(self) -> int:
        """Fewer than this in the seven days are too few."""
        return self.week.least(self.expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A source's articles by local day."""

    end: date
    """The first day that is not over: the day of the last finished run. What came later nobody has looked for yet."""
    days: Mapping[date, int]
    """Whole days only. An article without a date counts on the day on which it was first seen."""
    last: datetime
    """When the last one was published; the first run's start where there is none."""
    broken: Collection[date]
    """Days on which the source was not read."""

    @classmethod
    def read(cls, session: Session, source: str, run: Run) -> History:
        """The history of a source up to a run."""
        end = local_day(run.started_at)
        dated = published_by_day(session, until=end, source=source)
        days = Counter({day: count for (_, day), count in dated.items()})
        seen = select(ArticleRow.first_seen).where(ArticleRow.site == source, ArticleRow.published_day.is_(None))
        undated = session.scalars(seen.where(ArticleRow.withdrawn_at.is_(None))).all()
        days.update(day for day in map(local_day, undated) if day <= end)
        since = max(days, default=end) - (WEEKS * WEEK + max(WINDOWS)) * DAY
        down = hours_down(outages(session, since=since, source=source))
        return cls(
            end=end,
            days=days,
            last=_last(session, source, max(days, default=None), undated),
            broken={day for (_, day), hours in down.items() if hours >= BROKEN_HOURS},
        )

    def learned(self, until: date, stated: Stated) -> Yield:
        """The yield by what came before a day; of a source that ended before it, by its last weeks."""
        until = min(until, local_day(self.last) + DAY)
        return learn(self.days, until=until, stated=stated.per_week, broken=self.broken)

    def expected(self, learned: Yield, start: date) -> float:
        """Articles that the whole days since ``start`` should have brought."""
        return learned.expected(start, self.end, without=self.broken)

    def got(self, start: date) -> int:
        """Articles of the whole days since ``start``."""
        return sum(count for day, count in self.days.items() if start <= day < self.end)


def count_source(session: Session, source: str, stated: Stated) -> Counted:
    """Count a source's last seven days against the weeks before them, and its silence against what is usual."""
    run = last_runs(session, outcome=FINISHED).get(source)
    if run is None:
        return Counted(week=learn({}, until=today().date(), stated=stated.per_week))
    history = History.read(session, source, run)
    first = history.end - WEEK * DAY
    week = history.learned(first, stated)
    return Counted(
        week=week,
        expected=history.expected(week, first),
        got=history.got(first),
        silent_since=_silent_since(history, stated),
        few_since=_few_since(history, stated),
    )


def _silent_since(history: History, stated: Stated) -> datetime | None:
    following = local_day(history.last) + DAY
    usual = history.learned(following, stated)
    silent = _is_known(usual, stated) and usual.too_few(0, history.expected(usual, following))
    return history.last if silent else None


def _few_since(history: History, stated: Stated) -> datetime | None:
    for days in WINDOWS:
        first = history.end - days * DAY
        usual = history.learned(first, stated)
        if _is_known(usual, stated) and usual.too_few(history.got(first), history.expected(usual, first)):
            return midnight(first)
    return None


def _is_known(usual: Yield, stated: Stated) -> bool:
    return usual.weeks >= ENOUGH_WEEKS or stated.per_week > 0


def _last(session: Session, source: str, day: date | None, undated: Sequence[datetime]) -> datetime:
    """When the last article came; one of which only the day is known counts as late as it can be."""
    if day is None:
        begun = select(func.min(RunRow.started_at)).where(RunRow.source == source)
        return session.execute(begun).scalar_one() or now()
    minute = select(func.max(ArticleRow.published_at))
    query = minute.where(ArticleRow.site == source, ArticleRow.published_day == day)
    moments = [moment for moment in (session.execute(query).scalar_one(), *undated) if moment]
    return max((moment for moment in moments if local_day(moment) == day), default=midnight(day + DAY) - SECOND)
