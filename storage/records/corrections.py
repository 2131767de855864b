"""What people changed about tags: kept beside what tagging found, applied after each tagging, undone at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scraper.clock import now
from scraper.errors import ConflictError, InputError
from scraper.items import Span, Tags
from storage.records.anchors import Anchor
from storage.records.changes import touch
from storage.records.correcting import SPANS, Correction, with_speaker
from storage.records.correcting_names import FACTS, LISTS, target_of
from storage.records.correction_values import WHOLE, Action, TagKind, check_values
from storage.records.found_tags import active_corrections, correction_of, found_tags, write_tags
from storage.records.overlaps import best
from storage.records.tables import ArticleRow
from storage.records.tables_work import CorrectionRow
from storage.records.tag_rows import read_tags


def correct(
    session: Session,
    article_id: str,
    *,
    kind: TagKind,
    action: Action,
    by: str,
    start: int | None = None,
    end: int | None = None,
    values: Mapping[str, Any] | None = None,
    text_version: str | None = None,
) -> Correction:
    """Change the tags of an article as a person says; shows at once and survives every later tagging.

    ``start`` and ``end`` are string indices into its text (of topics and the article's kind there are none);
    ``add`` puts a tag there, in place of others of its kind; ``change`` gives the tag there other ``values`` (of a
    person or programme in the whole article); ``delete`` says that none stands there. See ``correction_values`` for
    what can be said. ``text_version`` is the ``content_hash`` of the text that the person saw.

    Raises InputError for what does not fit, ConflictError where the article or that text of it is not there.
    """
    row = _article(session, article_id, text_version)
    checked = check_values(kind, action, values or {})
    tags = read_tags(session, [row]).get(row.id, Tags())
    anchor, was = Anchor(), _whole(tags, kind)
    if kind not in WHOLE:
        anchor, was = _facts_there(row, tags, kind, action, _span(row.text, start, end))
        if with_speaker(tags, checked) is None:
            raise InputError(
                "%(checked)r is nobody that the article names; tag the person first", checked=checked["speaker"]
            )
    made = CorrectionRow(
        article_id=article_id,
        kind=kind,
        action=action,
        values=checked,
        was=was if was and action != "add" else {},
        made_by=by,
        made_at=now(),
        **asdict(anchor),
    )
    session.add(made)
    session.flush()
    _apply(session, row)
    return correction_of(made)


def undo_correction(session: Session, correction_id: int, *, by: str) -> Correction:
    """Take a correction back; the tags are what they would be without it. Raises ConflictError for an unknown one."""
    made = _row(session, correction_id)
    if made.undone_at is None:
        made.undone_by, made.undone_at, made.misfit = by, now(), False
        _apply(session, _article(session, made.article_id))
    return correction_of(made)


def redo_correction(session: Session, correction_id: int) -> Correction:
    """Make a correction count again that was taken back. Raises ConflictError for an unknown one."""
    made = _row(session, correction_id)
    if made.undone_at is not None:
        made.undone_by = made.undone_at = None
        _apply(session, _article(session, made.article_id))
    return correction_of(made)


def corrections_of(session: Session, article_id: str) -> list[Correction]:
    """Everything that was corrected in an article, the newest first, with what was taken back."""
    query = select(CorrectionRow).where(CorrectionRow.article_id == article_id).order_by(CorrectionRow.id.desc())
    return [correction_of(row) for row in session.scalars(query)]


def all_corrections(session: Session, *, before: int | None = None, limit: int | None = None) -> list[Correction]:
    """The corrections of all articles, the newest first; the next page is ``before`` the last id of this one."""
    query = select(CorrectionRow).order_by(CorrectionRow.id.desc()).limit(limit)
    return [correction_of(row) for row in session.scalars(query if before is None else _before(query, before))]


def misfits(session: Session, *, limit: int | None = None) -> list[Correction]:
    """Corrections whose words no longer stand in their article, the oldest first; undo them, or correct anew."""
    query = select(CorrectionRow).where(CorrectionRow.misfit).order_by(CorrectionRow.id).limit(limit)
    return [correction_of(row) for row in session.scalars(query)]


def _before(query: Any, correction_id: int) -> Any:
    return query.where(CorrectionRow.id < correction_id)


def _apply(session: Session, row: ArticleRow) -> None:
    """Make the rows of an article's tags what its corrections make of the tags that were found."""
    session.flush()
    found = found_tags(session, row)
    if found is not None:
        write_tags(session, row, found, corrections=active_corrections(session, [row.id]).get(row.id, []))
    touch(session, [row.id])


def _article(session: Session, article_id: str, text_version: str | None = None) -> ArticleRow:
    row = session.get(ArticleRow, article_id)
    if row is None or row.withdrawn_at is not None:
        raise ConflictError(
            "article %(article_id)r is not there (any more); nothing was corrected", article_id=article_id
        )
    if text_version is not None and text_version != row.content_hash:
        raise ConflictError(
            "the text of article %(article_id)s has changed meanwhile; load it again and correct that",
            article_id=article_id,
        )
    return row


def _row(session: Session, correction_id: int) -> CorrectionRow:
    row = session.get(CorrectionRow, correction_id)
    if row is None:
        raise ConflictError("there is no correction %(correction_id)s", correction_id=correction_id)
    return row


def _span(text: str, start: int | None, end: int | None) -> Span:
    if start is None or end is None or not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise InputError(
            "%(start)s to %(end)s is no place in a text of %(count)s characters", start=start, end=end, count=len(text)
        )
    return Span(start=start, end=end, surface=text[start:end])


def _facts_there(
    row: ArticleRow, tags: Tags, kind: TagKind, action: Action, span: Span
) -> tuple[Anchor, dict[str, Any] | None]:
    """Where a tag is corrected and what it says; raises InputError where there is none that could be."""
    was = _facts_at(tags, kind, span)
    if was is None and action != "add" and row.tag_version is not None:
        raise InputError(
            "no %(kind)s is tagged at %(surface).80r; nothing to %(action)s",
            kind=kind,
            surface=span.surface,
            action=action,
        )
    return Anchor.at(row.text, span.start, span.end), was


def _facts_at(tags: Tags, kind: str, span: Span) -> dict[str, Any] | None:
    """What the tag at a place says; ``None`` where there is none."""
    if kind in LISTS:
        named = target_of(tags, kind, span)
        return {name: _listed(getattr(named, name)) for name in FACTS[kind]} if named else None
    tag = best(getattr(tags, SPANS[kind][0]), span)
    if tag is None:
        return None
    said = {field.name for field in fields(tag)} - {field.name for field in fields(Span)}
    return {name: _listed(getattr(tag, name)) for name in sorted(said)}


def _whole(tags: Tags, kind: str) -> dict[str, Any] | None:
    return {"topics": list(tags.topics)} if kind == "topic" else {"kind": tags.kind}


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
