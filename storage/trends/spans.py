"""A span of local days, the equal one before it, and what in it has no date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scraper.clock import WIB
from storage.records.tables import ArticleRow


@dataclass(frozen=True, slots=True)
class Span:
    """Local days, both included."""

    start: date
    end: date

    def before(self) -> Span:
        """The span of equal length that ends the day before."""
        length = self.end - self.start + timedelta(days=1)
        return Span(self.start - length, self.end - length)

    def over(self) -> datetime:
        """The moment at which the span is over."""
        return _midnight(self.end + timedelta(days=1))

    def days(self) -> list[date]:
        """Each day of it."""
        return [self.start + timedelta(days=number) for number in range((self.end - self.start).days + 1)]


def undated_count(session: Session, span: Span | None = None) -> int:
    """Articles whose date is not known; those first seen in the span, or all."""
    living = (ArticleRow.published_day.is_(None), ArticleRow.withdrawn_at.is_(None))
    query = select(func.count()).select_from(ArticleRow).where(*living)
    if span is not None:
        query = query.where(ArticleRow.first_seen >= _midnight(span.start), ArticleRow.first_seen < span.over())
    return session.execute(query).scalar_one()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=WIB)
