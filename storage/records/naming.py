"""Which articles name a person or an office by the tags that they have; for edits of the registries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from scraper.items import Tags
from storage.records.changes import chunks
from storage.records.tables import ArticleRow
from storage.records.tables_tags import OfficeRow, PersonRow
from storage.records.tables_work import FoundTagsRow
from storage.records.tag_json import tags_from_json

IsPerson = Callable[[str, str | None], bool]
"""Takes a name as an article has it, and the id that tagging gave it."""
IsOffice = Callable[[str], bool]
"""Takes the wording of an office that stands without a name."""


def articles_naming(session: Session, *, person: IsPerson, office: IsOffice) -> set[str]:
    """Ids of the articles in which tagging found a person or an office that one of the two says yes to.

    Each name and wording is asked once, however many articles have it.
    """
    names = {
        name for name, found in session.execute(select(PersonRow.name, PersonRow.found_id).distinct())
        if person(name, found)
    }  # fmt: skip
    surfaces = {surface for surface in session.scalars(select(OfficeRow.surface).distinct()) if office(surface)}
    found = {*_having(session, PersonRow.name, sorted(names)), *_having(session, OfficeRow.surface, sorted(surfaces))}
    return found | set(_corrected(session, person=person, office=office))


def changed_since(session: Session, change: int) -> list[str]:
    """Ids of the articles that were written after a change number."""
    return list(session.scalars(select(ArticleRow.id).where(ArticleRow.change > change)))


def _having(session: Session, column: Any, values: Sequence[str]) -> Iterator[str]:
    for part in chunks(values):
        wanted: ColumnElement[bool] = column.in_(part)
        yield from session.scalars(select(column.class_.article_id).where(wanted).distinct())


def _corrected(session: Session, *, person: IsPerson, office: IsOffice) -> Iterator[str]:
    """Where people corrected tags, those that were found count: the others are made of them."""

    def is_concerned(tags: Tags) -> bool:
        people = any(person(one.name, one.person_id) for one in tags.people)
        return people or any(office(one.surface) for one in tags.office_mentions)

    for row in session.scalars(select(FoundTagsRow).execution_options(yield_per=200)):
        if is_concerned(tags_from_json(row.tags)):
            yield row.article_id
