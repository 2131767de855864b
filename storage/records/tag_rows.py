"""Tags to rows and back: the rows are what facets and exports count, the read side gives the tags unchanged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scraper.items import (
    FIGURE_FACTS,
    FigureTag,
    OfficeTag,
    OrgTag,
    PersonTag,
    PlaceTag,
    ProgramTag,
    QuoteTag,
    Span,
    Tags,
)
from storage.records.changes import chunks
from storage.records.figure_facts import figure_facts
from storage.records.keys import NOBODY, Identities, name_key
from storage.records.tables import ArticleRow
from storage.records.tables_tags import (
    TAG_TABLES,
    UNDATED,
    FigureRow,
    MentionRow,
    OfficeRow,
    OrgRow,
    PersonRow,
    PlaceRow,
    ProgramRow,
    QuoteRow,
    TopicRow,
)

Owned = dict[tuple[str, str], tuple[Span, ...]]


def to_rows(row: ArticleRow, tags: Tags, identities: Identities = NOBODY) -> list[Any]:
    """The rows of one article's tags, in the tags' order, persons and programmes as people identified them."""
    keys = {person.key: identities.person(person.person_id, person.name)[1] for person in tags.people}
    rows: list[Any] = []
    for person in tags.people:
        rows += _person_rows(row, person, identities)
    for program in tags.programs:
        rows += _program_rows(row, program, identities)
    facts = figure_facts(tags.figures, tags.places, row.published_day)
    rows += [_figure_row(row, figure, keys, more) for figure, more in zip(tags.figures, facts, strict=True)]
    rows += [_quote_row(row, quote, keys) for quote in tags.quotes]
    rows += [PlaceRow(place_key=place_key(tag), code=tag.code, **_located(row.id, tag)) for tag in tags.places]
    rows += [OrgRow(org_key=name_key(tag.surface), **_located(row.id, tag)) for tag in tags.orgs]
    rows += [_office_row(row.id, tag, identities) for tag in tags.office_mentions]
    rows += [TopicRow(article_id=row.id, position=at, topic=topic) for at, topic in enumerate(tags.topics)]
    return rows


def place_key(place: PlaceTag) -> str:
    """The key of a place across articles."""
    return place.code or name_key(place.surface)


def read_tags(session: Session, rows: Sequence[ArticleRow], *, as_found: bool = False) -> dict[str, Tags]:
    """Article id -> tags for the tagged ones among ``rows``.

    Persons and programmes have the ids that people gave them, or ``as_found`` those that tagging did.
    """
    tagged = [row for row in rows if row.tag_version]
    ids = [row.id for row in tagged]
    found = {table: _by_article(session, table, ids) for table in TAG_TABLES}
    return {
        row.id: _tags(row, {table: by_id.get(row.id, []) for table, by_id in found.items()}, as_found=as_found)
        for row in tagged
    }


def _by_article(session: Session, table: Any, ids: list[str]) -> dict[str, list[Any]]:
    by_id: dict[str, list[Any]] = defaultdict(list)
    for part in chunks(ids):
        # sorted here: SQLite reads a whole table in its order rather than a few of its rows to sort them
        for row in sorted(session.scalars(select(table).where(table.article_id.in_(part))), key=lambda row: row.id):
            by_id[row.article_id].append(row)
    return by_id


def _tags(row: ArticleRow, rows: dict[Any, list[Any]], *, as_found: bool) -> Tags:
    owned = _mentions(rows[MentionRow])

    def known(found: Any, decided: str) -> str | None:
        name: str | None = getattr(found, "found_id" if as_found else decided)
        return name

    return Tags(
        people=tuple(_person(r, owned, known(r, "person_id")) for r in rows[PersonRow]),
        programs=tuple(
            ProgramTag(name=r.name, mentions=owned.get(("program", r.name), ()), program_id=known(r, "program_id"))
            for r in rows[ProgramRow]
        ),
        figures=tuple(_figure(r) for r in rows[FigureRow]),
        quotes=tuple(_quote(r) for r in rows[QuoteRow]),
        places=tuple(PlaceTag(code=r.code, **_span(r)) for r in rows[PlaceRow]),
        orgs=tuple(OrgTag(**_span(r)) for r in rows[OrgRow]),
        topics=tuple(r.topic for r in rows[TopicRow]),
        office_mentions=tuple(OfficeTag(person_id=known(r, "person_id"), **_span(r)) for r in rows[OfficeRow]),
        kind=row.tagged_kind,  # type: ignore[arg-type]  # written from Tags
    )


def _mentions(rows: list[MentionRow]) -> Owned:
    owned: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for row in rows:
        owned[row.kind, row.owner].append(Span(**_span(row)))
    return {owner: tuple(spans) for owner, spans in owned.items()}


def _span(row: Any) -> dict[str, Any]:
    return {"start": row.start, "end": row.end, "surface": row.surface, "source": row.source, "score": row.score}


def _located(article_id: str, span: Span) -> dict[str, Any]:
    return _span(span) | {"article_id": article_id}


def _dated(row: ArticleRow) -> dict[str, Any]:
    return {"day": row.published_day or UNDATED}


def _person_rows(row: ArticleRow, person: PersonTag, identities: Identities) -> list[Any]:
    person_id, person_key = identities.person(person.person_id, person.name)
    surfaces = {person.name, *(span.surface for span in person.mentions)}
    head = PersonRow(
        article_id=row.id,
        **_dated(row),
        person_key=person_key,
        key=person.key,
        name=person.name,
        person_id=person_id,
        found_id=person.person_id,
        official=person.official,
        offices=list(person.offices),
        in_title=any(re.search(rf"\b{re.escape(surface)}\b", row.title) for surface in surfaces),
        mentions=len(person.mentions),
    )
    return [head, *(MentionRow(kind="person", owner=person.key, **_located(row.id, span)) for span in person.mentions)]


def _program_rows(row: ArticleRow, program: ProgramTag, identities: Identities) -> list[Any]:
    program_id, program_key = identities.program(program.program_id, program.name)
    head = ProgramRow(
        article_id=row.id,
        **_dated(row),
        program_key=program_key,
        name=program.name,
        program_id=program_id,
        found_id=program.program_id,
        mentions=len(program.mentions),
    )
    return [head, *(MentionRow(kind="program", owner=program.name, **_located(row.id, s)) for s in program.mentions)]


def _office_row(article_id: str, office: OfficeTag, identities: Identities) -> OfficeRow:
    person_id = identities.person(office.person_id, "")[0]
    return OfficeRow(person_id=person_id, found_id=office.person_id, **_located(article_id, office))


def _figure_row(row: ArticleRow, figure: FigureTag, keys: dict[str, str], facts: dict[str, Any]) -> FigureRow:
    values = {name: getattr(figure, name) for name in FIGURE_FACTS} | facts
    speaker = keys.get(figure.speaker or "")
    return FigureRow(person_key=speaker, flags=list(figure.flags), **values, **_dated(row), **_located(row.id, figure))


def _figure(row: FigureRow) -> FigureTag:
    values: dict[str, Any] = {name: getattr(row, name) for name in FIGURE_FACTS}
    return FigureTag(flags=tuple(row.flags), **values, **_span(row))


def _quote_row(row: ArticleRow, quote: QuoteTag, keys: dict[str, str]) -> QuoteRow:
    speaker = keys.get(quote.speaker or "")
    values = {"kind": quote.kind, "verb": quote.verb}
    return QuoteRow(speaker=quote.speaker, person_key=speaker, **values, **_dated(row), **_located(row.id, quote))


def _quote(row: QuoteRow) -> QuoteTag:
    values: dict[str, Any] = {"speaker": row.speaker, "kind": row.kind, "verb": row.verb}
    return QuoteTag(**values, **_span(row))


def _person(row: PersonRow, owned: Owned, person_id: str | None) -> PersonTag:
    return PersonTag(
        key=row.key,
        name=row.name,
        mentions=owned.get(("person", row.key), ()),
        official=row.official,
        offices=tuple(row.offices),
        person_id=person_id,
    )
