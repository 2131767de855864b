"""Whether a source's pages changed under our reading: more disagreement, fewer dates, fewer articles than before."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scraper.clock import now
from storage.records.tables import ArticleRow
from storage.records.tables_runs import RunRow

DISAGREE_FLAGS = frozenset({"rules-disagree", "profile-disagrees", "profile-empty"})
"""Flags of an article whose site rules and generic reading did not find the same story."""
NO_ARTICLE = ("no-text", "not-article", "soft-404", "not-html", "empty")
"""Reasons for which a page that was fetched as an article held none."""
RUNS = 5
"""Runs that count as lately."""
ARTICLES = 20
"""Articles that count as lately where those runs brought fewer."""
FEWEST = 10
"""With fewer nothing can be said."""
MOST = 1000
BACK = timedelta(weeks=12)
DOUBT = 0.001
MORE = 0.1
"""So much larger than before a share must be."""
LEAST_ROOM = 0.01
HALF = 0.5
"""Where rules and the generic reading differ on so many pages, the rules are wrong, however long that has been so."""

Read = tuple[tuple[str, ...], date | None, datetime]
"""Flags, day of publication and time of reading of an article."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    def grew_from(self, before: Share) -> bool:
        """Whether it is larger than chance explains, if it were still as it was ``before``."""
        usual = (before.count + 0.5) / (before.of + 1)
        enough = self.of >= FEWEST and before.of >= FEWEST and self.count / self.of >= usual + MORE
        return enough and binomial_tail(self.count, self.of, usual) < DOUBT

    @property
    def most(self) -> bool:
        """Whether it is at least half of enough."""
        return self.of >= FEWEST and self.count / self.of >= HALF


def find_drift(session: Session, source: str, *, stated_dated: float = 0.0) -> str | None:
    """What drifts: ``rules-disagree``, ``undated``, ``no-article``; ``None`` where nothing does.

    ``stated_dated`` is the share of dated articles that the profile promises; 0 promises nothing.
    """
    lately, before = _articles(session, source)
    disagreeing = _share(lately, _disagrees)
    if disagreeing.most or disagreeing.grew_from(_share(before, _disagrees)):
        return "rules-disagree"
    undated = _share(lately, _is_undated)
    if undated.grew_from(_share(before, _is_undated)) or _breaks(undated, stated_dated):
        return "undated"
    pages, pages_before = _pages(session, source)
    return "no-article" if pages.grew_from(pages_before) else None


def undated_shares(session: Session) -> dict[str, Share]:
    """Source -> its undated articles of all that are stored."""
    query = select(ArticleRow.site, func.count(), func.count(ArticleRow.published_day))
    query = query.where(ArticleRow.withdrawn_at.is_(None)).group_by(ArticleRow.site)
    return {site: Share(count - dated, count) for site, count, dated in session.execute(query)}


def binomial_tail(count: int, of: int, probability: float) -> float:
    """The probability of at least ``count`` successes in ``of`` tries."""
    return min(1.0, sum(_binomial(found, of, probability) for found in range(count, of + 1)))


def _binomial(count: int, of: int, probability: float) -> float:
    ways = math.lgamma(of + 1) - math.lgamma(count + 1) - math.lgamma(of - count + 1)
    return math.exp(ways + count * math.log(probability) + (of - count) * math.log1p(-probability))


def _breaks(undated: Share, stated_dated: float) -> bool:
    """Whether more articles have no date than the profile's promise leaves room for."""
    if not stated_dated or undated.of < FEWEST:
        return False
    return binomial_tail(undated.count, undated.of, max(1 - stated_dated, LEAST_ROOM)) < DOUBT


def _share(rows: Sequence[Read], holds: Callable[[Read], bool]) -> Share:
    return Share(sum(map(holds, rows)), len(rows))


def _disagrees(row: Read) -> bool:
    return not DISAGREE_FLAGS.isdisjoint(row[0])


def _is_undated(row: Read) -> bool:
    return row[1] is None


def _articles(session: Session, source: str) -> tuple[list[Read], list[Read]]:
    """The articles that were read lately, and those before them."""
    query = select(ArticleRow.flags, ArticleRow.published_day, ArticleRow.fetched_at)
    query = query.where(ArticleRow.site == source, ArticleRow.fetched_at >= now() - BACK)
    query = query.where(ArticleRow.withdrawn_at.is_(None)).order_by(ArticleRow.fetched_at.desc(), ArticleRow.id)
    rows = [(tuple(flags), day, moment) for flags, day, moment in session.execute(query.limit(MOST)) if moment]
    starts = _runs(session, source, RunRow.started_at)[:RUNS]
    begin = starts[-1][0] if starts else now()
    recent = max(ARTICLES, sum(moment >= begin for _, _, moment in rows))
    return rows[:recent], rows[recent:]


def _pages(session: Session, source: str) -> tuple[Share, Share]:
    """The fetched pages that held no article, in the last runs and in those before them."""
    found = _runs(session, source, RunRow.counts, RunRow.fetched)
    shares = [Share(_without(counts), fetched) for counts, fetched in found]
    return _sum(shares[:RUNS]), _sum(shares[RUNS:])


def _runs(session: Session, source: str, *columns: Any) -> list[Any]:
    """Columns of the runs that fetched pages, the latest first."""
    query = select(*columns).where(RunRow.source == source, RunRow.started_at >= now() - BACK, RunRow.fetched > 0)
    return list(session.execute(query.order_by(RunRow.id.desc()).limit(MOST)))


def _without(counts: Mapping[str, int]) -> int:
    return sum(counts.get(f"skipped/{reason}", 0) for reason in NO_ARTICLE)


def _sum(shares: Sequence[Share]) -> Share:
    return Share(sum(share.count for share in shares), sum(share.of for share in shares))
