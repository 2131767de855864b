"""Earlier states of an article that readers could see: kept when a correction, or a better reading, replaces them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.records.stored import Cause, Version, dated_of
from storage.records.tables import ArticleRow, ArticleVersionRow

COLUMNS = {"title": "title", "text": "text", "author": "authors", "editor": "editor"}
"""Facts whose change makes a version, by their name in the article row, with their column; the date comes beside."""


def changed_facts(row: ArticleRow, columns: Mapping[str, Any]) -> list[str]:
    """The facts that new columns correct; one that was not known before, or only to the day, is no correction."""
    changed = [fact for fact, name in COLUMNS.items() if getattr(row, name) and getattr(row, name) != columns[name]]
    return [*changed, "published"] if _redated(row, columns) else changed


def differing_facts(row: ArticleRow, columns: Mapping[str, Any]) -> list[str]:
    """The facts in which new columns differ, first knowledge included; ``other`` where only what no version keeps does.

    Empty where nothing differs.
    """
    different = {name for name, value in columns.items() if getattr(row, name) != value}
    facts = [fact for fact, name in COLUMNS.items() if name in different]
    facts += ["published"] if different & {"published_at", "published_day"} else []
    return facts or (["other"] if different else [])


def keep_version(
    session: Session, row: ArticleRow, *, changed: Sequence[str], cause: Cause, replaced_at: datetime
) -> None:
    """Keep the stored state before it is overwritten; its text only where that is among the changed facts."""
    session.add(
        ArticleVersionRow(
            article_id=row.id,
            content_hash=row.content_hash,
            title=row.title,
            text=row.text if "text" in changed else None,
            published_at=row.published_at,
            published_day=row.published_day,
            authors=list(row.authors),
            editor=row.editor,
            changed=list(changed),
            cause=cause,
            replaced_at=replaced_at,
        )
    )


def read_versions(session: Session, rows: Sequence[ArticleRow]) -> dict[str, tuple[Version, ...]]:
    """Article id -> its earlier states, the oldest first."""
    found: dict[str, list[ArticleVersionRow]] = {row.id: [] for row in rows}
    query = select(ArticleVersionRow).where(ArticleVersionRow.article_id.in_(found))
    for version in sorted(session.scalars(query), key=lambda row: row.id):  # SQLite would read the whole table for it
        found[version.article_id].append(version)
    return {row.id: _versions(found[row.id], row.text) for row in rows}


def _redated(row: ArticleRow, columns: Mapping[str, Any]) -> bool:
    if row.published_day is not None and row.published_day != columns["published_day"]:
        return True
    return None not in (row.published_at, columns["published_at"]) and row.published_at != columns["published_at"]


def _versions(rows: Sequence[ArticleVersionRow], text: str) -> tuple[Version, ...]:
    """A version without a text of its own had the one after it."""
    versions: list[Version] = []
    for row in reversed(rows):
        text = text if row.text is None else row.text
        versions.append(
            Version(
                title=row.title,
                text=text,
                content_hash=row.content_hash,
                published=dated_of(row.published_at, row.published_day),
                authors=tuple(row.authors),
                editor=row.editor,
                changed=tuple(row.changed),
                cause=row.cause,  # type: ignore[arg-type]  # written from a Cause
                replaced_at=row.replaced_at,
            )
        )
    return tuple(reversed(versions))
