"""Whom or what a key means, as people decided it: merged, given another name, registered, dismissed; shown at once.

Nothing is tagged again: the rows of articles get the decided id beside the one that tagging found, now and after each
later tagging. Taking a decision back restores what was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from scraper.clock import now
from scraper.errors import ConflictError
from storage.records.changes import chunks, touch
from storage.records.keys import Identities, follow
from storage.records.registry import registry_names
from storage.records.tables_tags import FigureRow, OfficeRow, PersonRow, ProgramRow, QuoteRow
from storage.records.tables_work import CandidateRow

Kind = Literal["person", "program"]
REGISTRIES: dict[str, str] = {"person": "persons", "program": "programmes"}
"""Kind -> the registry that knows it."""
_KEPT = "pantau_identities"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one person decided of one key."""

    kind: Kind
    key: str
    state: Literal["confirmed", "merged", "dismissed"]
    into: str | None
    """The registry's id that the key stands for."""
    decided_by: str
    decided_at: datetime


def identities(session: Session) -> Identities:
    """All decisions, read once in a transaction."""
    if _KEPT not in session.info:
        rows = list(session.scalars(select(CandidateRow).where(CandidateRow.merged_into.is_not(None))))
        both = ({row.key: str(row.merged_into) for row in rows if row.kind == kind} for kind in REGISTRIES)
        session.info[_KEPT] = Identities(*both)
    kept: Identities = session.info[_KEPT]
    return kept


def decisions(session: Session, *, kind: Kind | None = None) -> list[Decision]:
    """All decisions that count, the newest first."""
    query = select(CandidateRow).order_by(CandidateRow.decided_at.desc(), CandidateRow.kind, CandidateRow.key)
    return [
        _decision(row) for row in session.scalars(query if kind is None else query.where(CandidateRow.kind == kind))
    ]


def decide(session: Session, kind: Kind, key: str, *, state: Literal["confirmed", "merged"], into: str, by: str) -> int:
    """Let a key stand for a registered person or programme; gives the number of articles that changed.

    Raises ConflictError where ``into`` is not registered or stands for the key itself.
    """
    if into not in registry_names(session, kind=REGISTRIES[kind]):
        raise ConflictError(
            "%(into)r is not in the registry of %(registries)s; register it first",
            into=into,
            registries=REGISTRIES[kind],
        )
    decided = _of(identities(session), kind)
    if into != key and follow(decided, into) == key:
        raise ConflictError("%(into)r already stands for %(key)r; take that back first", into=into, key=key)
    shown = follow(decided, key)
    _keep(session, CandidateRow(kind=kind, key=key, state=state, merged_into=into, decided_by=by, decided_at=now()))
    return _moved(session, kind, shown=shown)


def dismiss(session: Session, kind: Kind, key: str, *, by: str) -> int:
    """Ask no more about a key that nobody needs to know; gives the number of articles that changed."""
    shown = follow(_of(identities(session), kind), key)
    row = CandidateRow(kind=kind, key=key, state="dismissed", merged_into=None, decided_by=by, decided_at=now())
    _keep(session, row)
    return _moved(session, kind, shown=shown)


def reopen(session: Session, kind: Kind, key: str) -> int:
    """Take a decision back, so that what tagging found shows again; gives the number of articles that changed."""
    row = session.get(CandidateRow, (kind, key))
    if row is None:
        return 0
    shown = follow(_of(identities(session), kind), key)
    session.delete(row)
    session.flush()
    session.info.pop(_KEPT, None)
    return _moved(session, kind, shown=shown)


def _moved(session: Session, kind: Kind, *, shown: str) -> int:
    """Bring all that was shown as one key to what it stands for now; gives the number of articles that changed."""
    touched = _move_persons(session, shown) if kind == "person" else _move_programs(session, shown)
    touch(session, touched)
    return len(touched)


def _move_persons(session: Session, shown: str) -> set[str]:
    known, touched = identities(session), set[str]()
    columns = (PersonRow.id, PersonRow.article_id, PersonRow.key, PersonRow.name, PersonRow.found_id)
    query = select(*columns, PersonRow.person_id, PersonRow.person_key).where(PersonRow.person_key == shown)
    for part in chunks(session.execute(query).all()):
        rows, speakers = [], []
        for row in part:
            person_id, key = known.person(row.found_id, row.name)
            if (person_id, key) != (row.person_id, row.person_key):
                rows.append({"id": row.id, "person_id": person_id, "person_key": key})
                speakers.append({"article": row.article_id, "said_by": row.key, "new": key})
                touched.add(row.article_id)
        if rows:
            session.execute(update(PersonRow), rows)
            session.connection().execute(_QUOTES, speakers)
            session.connection().execute(_FIGURES, speakers)
    return touched | _move_offices(session, shown)


def _move_offices(session: Session, shown: str) -> set[str]:
    """Offices without a name beside them, of which tagging found the holder."""
    known, touched, rows = identities(session), set[str](), []
    columns = (OfficeRow.id, OfficeRow.article_id, OfficeRow.found_id, OfficeRow.person_id)
    for row in session.execute(select(*columns).where(OfficeRow.person_id == shown)):
        if (person_id := known.person(row.found_id, "")[0]) != row.person_id:
            rows.append({"id": row.id, "person_id": person_id})
            touched.add(row.article_id)
    if rows:
        session.execute(update(OfficeRow), rows)
    return touched


def _move_programs(session: Session, shown: str) -> set[str]:
    known, touched, rows = identities(session), set[str](), []
    columns = (ProgramRow.id, ProgramRow.article_id, ProgramRow.name, ProgramRow.found_id)
    query = select(*columns, ProgramRow.program_id, ProgramRow.program_key).where(ProgramRow.program_key == shown)
    for row in session.execute(query):
        program_id, key = known.program(row.found_id, row.name)
        if (program_id, key) != (row.program_id, row.program_key):
            rows.append({"id": row.id, "program_id": program_id, "program_key": key})
            touched.add(row.article_id)
    if rows:
        session.execute(update(ProgramRow), rows)
    return touched


def _speaks(table: Any) -> Any:
    columns = table.__table__.c
    where = (columns.article_id == bindparam("article"), columns.speaker == bindparam("said_by"))
    return update(table.__table__).where(*where).values(person_key=bindparam("new"))


_QUOTES, _FIGURES = _speaks(QuoteRow), _speaks(FigureRow)


def _of(known: Identities, kind: Kind) -> Mapping[str, str]:
    return known.persons if kind == "person" else known.programs


def _keep(session: Session, row: CandidateRow) -> None:
    session.merge(row)
    session.flush()
    session.info.pop(_KEPT, None)


def _decision(row: CandidateRow) -> Decision:
    values: dict[str, Any] = {"kind": row.kind, "state": row.state}
    return Decision(key=row.key, into=row.merged_into, decided_by=row.decided_by, decided_at=row.decided_at, **values)
