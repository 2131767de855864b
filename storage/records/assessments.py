"""How people judge articles: tone of title and text, what is to be done; the newest judgement counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Literal, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scraper.clock import now
from scraper.errors import ConflictError, InputError
from storage.records.changes import chunks, touch
from storage.records.cleaning import clean_string
from storage.records.tables import ArticleRow
from storage.records.tables_work import AssessmentRow

Tone = Literal["positive", "neutral", "negative"]
FollowUp = Literal["watch", "clarify", "reply", "done"]
"""What an office does about an article: pantau, klarifikasi, hak jawab, selesai."""
FACTS = ("tone_title", "tone_body", "follow_up", "disposition", "note")
"""What a judgement says."""


class Unchanged(Enum):
    """Stands for a fact that a new judgement leaves as it was."""

    UNCHANGED = "unchanged"


UNCHANGED = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One judgement of one article."""

    id: int
    article_id: str
    tone_title: Tone | None
    """``None`` while nobody has rated it."""
    tone_body: Tone | None
    follow_up: FollowUp | None
    disposition: str | None
    """To whom it was handed, and with what order."""
    note: str | None
    officer: str
    made_at: datetime


def assess(
    session: Session,
    article_id: str,
    *,
    officer: str,
    tone_title: Tone | Unchanged | None = UNCHANGED,
    tone_body: Tone | Unchanged | None = UNCHANGED,
    follow_up: FollowUp | Unchanged | None = UNCHANGED,
    disposition: str | Unchanged | None = UNCHANGED,
    note: str | Unchanged | None = UNCHANGED,
) -> Assessment:
    """Judge an article; facts that are not given stay as they were, ``None`` takes one back.

    The earlier judgements are the history; one that changes nothing adds none. Raises ConflictError for an unknown
    or withdrawn article, InputError for a tone or status that is none.
    """
    given = {
        "tone_title": _known("tone", tone_title, Tone),
        "tone_body": _known("tone", tone_body, Tone),
        "follow_up": _known("follow-up status", follow_up, FollowUp),
        "disposition": _text(disposition),
        "note": _text(note),
    }
    article = session.get(ArticleRow, article_id)
    if article is None or article.withdrawn_at is not None:
        raise ConflictError(
            "article %(article_id)r is not there (any more); nothing was assessed", article_id=article_id
        )
    before = _last(session, article_id)
    kept = {name: getattr(before, name, None) for name in FACTS}
    facts = kept | {name: value for name, value in given.items() if value is not UNCHANGED}
    if before is not None and facts == kept:
        return _assessment(before)
    return _add(session, article_id, facts, officer)


def undo_assessment(session: Session, article_id: str, *, officer: str) -> Assessment | None:
    """Judge an article as it was judged before the newest judgement; ``None`` where it never was judged."""
    rows = _rows(session, article_id)
    if not rows:
        return None
    before = rows[1] if len(rows) > 1 else None
    return _add(session, article_id, {name: getattr(before, name, None) for name in FACTS}, officer)


def history(session: Session, article_id: str) -> list[Assessment]:
    """All judgements of an article, the newest first."""
    return [_assessment(row) for row in _rows(session, article_id)]


def latest_assessments(session: Session, article_ids: Iterable[str]) -> dict[str, Assessment]:
    """Article id -> its newest judgement, for those that have one."""
    found: dict[str, Assessment] = {}
    for part in chunks(list(article_ids)):
        newest = select(func.max(AssessmentRow.id)).where(AssessmentRow.article_id.in_(part))
        query = select(AssessmentRow).where(AssessmentRow.id.in_(newest.group_by(AssessmentRow.article_id)))
        found |= {row.article_id: _assessment(row) for row in session.scalars(query)}
    return found


def _add(session: Session, article_id: str, facts: dict[str, Any], officer: str) -> Assessment:
    row = AssessmentRow(article_id=article_id, officer=officer, made_at=now(), **facts)
    session.add(row)
    session.flush()
    touch(session, [article_id])
    return _assessment(row)


def _last(session: Session, article_id: str) -> AssessmentRow | None:
    query = select(AssessmentRow).where(AssessmentRow.article_id == article_id)
    return session.scalars(query.order_by(AssessmentRow.id.desc()).limit(1)).first()


def _rows(session: Session, article_id: str) -> list[AssessmentRow]:
    query = select(AssessmentRow).where(AssessmentRow.article_id == article_id)
    return list(session.scalars(query.order_by(AssessmentRow.id.desc())))


def _known(what: str, value: Any, known: Any) -> Any:
    if value is not None and value is not UNCHANGED and value not in get_args(known):
        raise InputError(
            "%(value)r is no %(what)s; choose %(known)s, or nothing",
            value=value,
            what=what,
            known=", ".join(get_args(known)),
        )
    return value


def _text(value: str | Unchanged | None) -> str | Unchanged | None:
    """Without what no database keeps; an empty text is none."""
    return clean_string(value).strip() or None if isinstance(value, str) else value


def _assessment(row: AssessmentRow) -> Assessment:
    return Assessment(
        id=row.id,
        article_id=row.article_id,
        tone_title=row.tone_title,  # type: ignore[arg-type]  # written from a Tone
        tone_body=row.tone_body,  # type: ignore[arg-type]
        follow_up=row.follow_up,  # type: ignore[arg-type]  # written from a FollowUp
        disposition=row.disposition,
        note=row.note,
        officer=row.officer,
        made_at=row.made_at,
    )
