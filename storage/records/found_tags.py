"""Tags between tagging and readers: what was found is kept where people corrected it, the rows are what counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from scraper.items import Tags
from storage.records.anchors import Anchor
from storage.records.changes import chunks
from storage.records.correcting import Correction, corrected
from storage.records.decisions import identities
from storage.records.tables import ArticleRow
from storage.records.tables_tags import TAG_TABLES
from storage.records.tables_work import CorrectionRow, FoundTagsRow
from storage.records.tag_json import tags_from_json, tags_to_json
from storage.records.tag_rows import read_tags, to_rows


def active_corrections(session: Session, article_ids: Iterable[str]) -> dict[str, list[Correction]]:
    """Article id -> its corrections that count, in the order in which they were made; only articles that have some."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for part in chunks(sorted(article_ids)):
        wanted = (CorrectionRow.article_id.in_(part), CorrectionRow.undone_at.is_(None))
        for row in session.scalars(select(CorrectionRow).where(*wanted).order_by(CorrectionRow.id)):
            found[row.article_id].append(correction_of(row))
    return found


def found_tags(session: Session, row: ArticleRow) -> Tags | None:
    """The tags of an article as tagging found them; ``None`` while it is not tagged."""
    if row.tag_version is None:
        return None
    kept = session.get(FoundTagsRow, row.id)
    return tags_from_json(kept.tags) if kept else read_tags(session, [row], as_found=True)[row.id]


def write_tags(session: Session, row: ArticleRow, found: Tags, *, corrections: Sequence[Correction]) -> None:
    """Replace the rows of an article's tags by what its corrections make of the tags that were found."""
    tags, misfits = corrected(found, row.text, corrections)
    forget_tags(session, [row.id])
    session.add_all(to_rows(row, tags, identities(session)))
    row.tagged_kind = tags.kind
    if corrections:
        session.add(FoundTagsRow(article_id=row.id, tags=tags_to_json(found)))
    for correction in corrections:
        if correction.misfit != (correction.id in misfits):
            _mark(session, correction.id, misfit=correction.id in misfits)
    session.flush()


def clear_tags(session: Session, row: ArticleRow) -> None:
    """Remove all tags of an article, so that it waits for tagging; its corrections stay."""
    forget_tags(session, [row.id])
    row.tag_version = row.tagged_kind = row.tagged_at = None


def forget_tags(session: Session, article_ids: Sequence[str]) -> None:
    """Remove the tags of articles, found and corrected; the corrections themselves stay."""
    for part in chunks(article_ids):
        for table in (*TAG_TABLES, FoundTagsRow):
            session.execute(delete(table).where(table.article_id.in_(part)))


def forget_corrections(session: Session, article_id: str) -> None:
    """Remove what people corrected, with the words of the text that it quotes."""
    session.execute(delete(CorrectionRow).where(CorrectionRow.article_id == article_id))


def correction_of(row: CorrectionRow) -> Correction:
    """The correction of a row."""
    values: dict[str, Any] = {"kind": row.kind, "action": row.action}
    return Correction(
        id=row.id,
        article_id=row.article_id,
        anchor=Anchor(row.quoted, row.before, row.after, row.occurrence),
        values=row.values,
        was=row.was,
        made_by=row.made_by,
        made_at=row.made_at,
        undone_by=row.undone_by,
        undone_at=row.undone_at,
        misfit=row.misfit,
        **values,
    )


def _mark(session: Session, correction_id: int, *, misfit: bool) -> None:
    session.execute(update(CorrectionRow).where(CorrectionRow.id == correction_id).values(misfit=misfit))
