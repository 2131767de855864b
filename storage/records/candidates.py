"""Officials and programmes that no registry knows, with the evidence of articles: what a person decides about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from scraper.registry import REGISTRY_KEYS
from storage.health.checks import SourceHealth, last_checks
from storage.records.changes import chunks
from storage.records.decisions import REGISTRIES, Kind
from storage.records.registry import registry_rows
from storage.records.tables import ArticleRow
from storage.records.tables_tags import UNDATED, MentionRow, PersonRow, ProgramRow
from storage.records.tables_work import CandidateRow, CorrectionRow

EXAMPLES = 5
LATEST = 100
"""Rows of a candidate, the latest published, that are read for its wordings, offices and examples."""
_EXAMPLE = (ArticleRow.id, ArticleRow.title, ArticleRow.site, ArticleRow.published_day)
SUGGESTIONS = 3
ALIKE = 84.0
"""How like a registered name a candidate's must be to be suggested, of 100."""
TROUBLED = ("drifting", "silent", "blocked", "unreachable", "failing")
"""States of sources that somebody must look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An article that names a candidate."""

    article_id: str
    title: str
    outlet: str
    published: date | None
    """Local day."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A registered person or programme with a name like a candidate's."""

    id: str
    name: str
    likeness: float
    """Of 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody with an office, or a programme, whom no registry knows."""

    kind: Kind
    key: str
    name: str
    """As most articles name it."""
    names: tuple[tuple[str, int], ...]
    """How the latest articles word it, with how often, the most frequent first."""
    offices: tuple[tuple[str, int], ...]
    """Of a person: office phrases, with the number of the latest articles."""
    articles: int
    mentions: int
    first_seen: date | None
    """Local day of publication of the first article that names it."""
    last_seen: date | None
    examples: tuple[Example, ...]
    """The newest of them."""
    suggestions: tuple[Suggestion, ...]
    """Registered ones that it may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much waits for a person."""

    persons: int
    programs: int
    misfits: int
    """Corrections whose words no longer stand in their article."""
    sources: int
    """Sources that drift, are silent, blocked or fail."""


def candidates(session: Session, kind: Kind, *, limit: int = 50, offset: int = 0, least: int = 1) -> list[Candidate]:
    """Candidates about whom nobody decided, those in most articles first; ``least`` is how many at least."""
    table, key = _table(kind)
    articles = func.count(table.article_id.distinct())
    query = (
        select(key, articles, func.sum(table.mentions))
        .where(_is_open(kind))
        .group_by(key)
        .having(articles >= least)
        .order_by(articles.desc(), key)
        .limit(limit)
        .offset(offset)
    )
    counted = session.execute(query).all()
    keys = [row[0] for row in counted]
    rows = {found: _rows(session, kind, found) for found in keys}
    names = _names(session, kind, rows)
    known = _registered(session, kind)
    return [
        _candidate(
            kind,
            (*row, *_days(session, kind, found)),
            rows[found],
            names[found],
            known,
            _examples(session, rows[found]),
        )
        for found, row in zip(keys, counted, strict=True)
    ]


def candidate_count(session: Session, kind: Kind) -> int:
    """How many candidates wait for a decision."""
    return session.execute(select(func.count(_table(kind)[1].distinct())).where(_is_open(kind))).scalar_one()


def waiting(session: Session) -> Waiting:
    """What waits for a person, by kind."""
    misfits = select(func.count()).select_from(CorrectionRow).where(CorrectionRow.misfit)
    return Waiting(
        persons=candidate_count(session, "person"),
        programs=candidate_count(session, "program"),
        misfits=session.execute(misfits).scalar_one(),
        sources=len(troubled_sources(session)),
    )


def troubled_sources(session: Session) -> list[SourceHealth]:
    """Sources whose last check found that somebody must look at them; those that drift first."""
    found = [health for health in last_checks(session) if health.state in TROUBLED]
    return sorted(found, key=lambda health: (TROUBLED.index(health.state), health.source))


def _table(kind: Kind) -> tuple[Any, Any]:
    return (PersonRow, PersonRow.person_key) if kind == "person" else (ProgramRow, ProgramRow.program_key)


def _is_open(kind: Kind) -> ColumnElement[bool]:
    key = _table(kind)[1]
    decided = exists().where(CandidateRow.kind == kind, CandidateRow.key == key)
    known = PersonRow.person_id if kind == "person" else ProgramRow.program_id
    official = (PersonRow.official,) if kind == "person" else ()
    return and_(known.is_(None), *official, ~decided)


def _days(session: Session, kind: Kind, key: str) -> tuple[date | None, date | None]:
    """The days of the first and the last dated article that names it: the two ends of an index."""
    table, column = _table(kind)
    query = select(table.day).where(column == key, _is_open(kind), table.day > UNDATED).limit(1)
    return session.scalar(query.order_by(table.day)), session.scalar(query.order_by(table.day.desc()))


def _rows(session: Session, kind: Kind, key: str) -> list[Any]:
    """The latest rows of a key, one an article and name, the newest last."""
    table, column = _table(kind)
    more = (PersonRow.key, PersonRow.offices) if kind == "person" else ()
    query = select(table.article_id, table.name, *more).where(column == key, _is_open(kind))
    return list(session.execute(query.order_by(*_latest(table)).limit(LATEST)).all())[::-1]


def _latest(table: Any) -> tuple[Any, ...]:
    return table.day.desc(), table.article_id.desc(), table.mentions.desc(), table.id.desc()


def _names(session: Session, kind: Kind, rows: dict[str, list[Any]]) -> dict[str, Counter[str]]:
    """Key -> how articles word it."""
    owners = {
        (row.article_id, row.key if kind == "person" else row.name): key for key, own in rows.items() for row in own
    }
    found = {key: Counter(row.name for row in own) for key, own in rows.items()}
    columns = (MentionRow.article_id, MentionRow.owner, MentionRow.surface)
    for part in chunks(sorted({article_id for article_id, _ in owners})):
        for article_id, owner, surface in session.execute(
            select(*columns).where(MentionRow.article_id.in_(part), MentionRow.kind == kind)
        ):
            if (article_id, owner) in owners:
                found[owners[article_id, owner]][surface] += 1
    return found


def _examples(session: Session, rows: Sequence[Any]) -> tuple[Example, ...]:
    ids = list(dict.fromkeys(row.article_id for row in reversed(rows)))[:EXAMPLES]
    found = {row.id: row for row in session.execute(select(*_EXAMPLE).where(ArticleRow.id.in_(ids)))}
    return tuple(
        Example(article_id=row.id, title=row.title, outlet=row.site, published=row.published_day)
        for row in (found[key] for key in ids)
    )


def _registered(session: Session, kind: Kind) -> dict[str, tuple[str, str]]:
    """Every registered name -> id and the name that is shown."""
    registry = REGISTRIES[kind]
    return {
        name.strip(): (row[REGISTRY_KEYS[registry][0]], row["name"])
        for row in registry_rows(session, only=registry)[registry]
        for name in (row["name"], *(row.get("aliases") or "").split("|"))
        if name.strip()
    }


def _candidate(
    kind: Kind,
    counted: Any,
    rows: Sequence[Any],
    names: Counter[str],
    known: dict[str, tuple[str, str]],
    examples: tuple[Example, ...],
) -> Candidate:
    key, articles, mentions, first, last = counted
    usual = Counter(row.name for row in rows).most_common(1)[0][0]
    offices = Counter(office for row in rows for office in (row.offices if kind == "person" else ()))
    return Candidate(
        kind=kind,
        key=key,
        name=usual,
        names=tuple(names.most_common()),
        offices=tuple(offices.most_common()),
        articles=articles,
        mentions=mentions,
        first_seen=first,
        last_seen=last,
        examples=examples,
        suggestions=_suggestions(usual, known),
    )


def _suggestions(name: str, known: dict[str, tuple[str, str]]) -> tuple[Suggestion, ...]:
    """Registered ones whose name is spelt alike, or shares all words of the shorter one."""
    found = process.extract(name, list(known), scorer=fuzz.token_set_ratio, score_cutoff=ALIKE, limit=4 * SUGGESTIONS)
    best: dict[str, Suggestion] = {}
    for form, likeness, _ in found:
        registered, shown = known[form]
        best.setdefault(registered, Suggestion(registered, shown, round(likeness, 1)))
    return tuple(best.values())[:SUGGESTIONS]
