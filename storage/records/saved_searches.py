"""Queries that somebody keeps under a name, alone or with alerts; each belongs to its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from scraper.clock import now
from scraper.errors import ConfigError, ConflictError, InputError
from scraper.mail_settings import read_hours
from storage.records.cleaning import clean_string
from storage.records.subscriptions import DEFAULT_LANGUAGE, bare_address
from storage.records.tables_people import SavedSearchRow
from storage.search.query import parse_query

Alert = Literal["off", "now", "hourly", "daily"]
"""How often new stories are mailed."""
NEVER_QUIET = "-"
LONGEST = 200
"""Characters of a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A query with a name."""

    id: int
    owner: str
    """Name of the account; empty on an installation without accounts."""
    name: str
    query: str
    alert: Alert
    spike: bool
    """Whether a volume far above the usual is mailed."""
    email: str | None
    """Where alerts go."""
    quiet: str | None
    """Hours without alerts, as ``21.00-06.00``; ``-`` for none, ``None`` for those of the office."""
    created_at: datetime
    alerted_at: datetime | None
    alerted_change: int | None
    """Change number up to which stories were looked at."""
    language: str
    """Code of the language of its alerts."""

    @property
    def mails(self) -> bool:
        """Whether anything of it is mailed."""
        return self.alert != "off" or self.spike


def save_search(
    session: Session,
    *,
    owner: str,
    name: str,
    query: str,
    alert: Alert = "off",
    spike: bool = False,
    email: str | None = None,
    quiet: str | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> SavedSearch:
    """Keep a query; raises InputError where the owner has one of that name, QueryError where it cannot be read."""
    row = SavedSearchRow(owner=owner, created_at=now())
    given = (name, query, alert, spike, email, quiet, language)
    facts = dict(zip(FACTS, given, strict=True))
    _fill(session, row, facts)
    session.add(row)
    session.flush()
    return _search(row)


def change_search(session: Session, search_id: int, *, owner: str, **facts: Any) -> SavedSearch:
    """Change some of the ``FACTS`` of a search; the others stay.

    Raises ConflictError where the owner has no such search, else as ``save_search`` does.
    """
    row = _owned(session, search_id, owner)
    if unknown := sorted(set(facts) - set(FACTS)):
        raise InputError(
            "a saved search has no %(unknown)r; it has %(known)s", unknown=unknown[0], known=", ".join(FACTS)
        )
    _fill(session, row, {name: getattr(row, name) for name in FACTS} | facts)
    session.flush()
    return _search(row)


def delete_search(session: Session, search_id: int, *, owner: str) -> None:
    """Forget a search; raises ConflictError where the owner has none of that number."""
    session.delete(_owned(session, search_id, owner))
    session.flush()


def get_search(session: Session, search_id: int, *, owner: str) -> SavedSearch:
    """One search of an owner; raises ConflictError where there is none."""
    return _search(_owned(session, search_id, owner))


def saved_searches(session: Session, *, owner: str) -> list[SavedSearch]:
    """The searches of an owner, by name."""
    query = select(SavedSearchRow).where(SavedSearchRow.owner == owner)
    return sorted(map(_search, session.scalars(query)), key=lambda search: (search.name.casefold(), search.id))


def all_searches(session: Session) -> list[SavedSearch]:
    """All searches, of whomever."""
    return [_search(row) for row in session.scalars(select(SavedSearchRow).order_by(SavedSearchRow.id))]


FACTS = ("name", "query", "alert", "spike", "email", "quiet", "language")
"""What its owner can say of a search."""


def _fill(session: Session, row: SavedSearchRow, facts: dict[str, Any]) -> None:
    name = " ".join(clean_string(facts["name"] or "").split())
    if not 0 < len(name) <= LONGEST:
        raise InputError(
            "%(name)r is no name of a search; write 1 to %(longest)s characters", name=name[:40], longest=LONGEST
        )
    if facts["alert"] not in get_args(Alert):
        raise InputError(
            "%(alert)r is no alert; choose %(known)s", alert=facts["alert"], known=", ".join(get_args(Alert))
        )
    query = clean_string(facts["query"] or "").strip()
    parse_query(query)
    email = bare_address(facts["email"]) if (facts["email"] or "").strip() else None
    if email is None and (facts["alert"] != "off" or facts["spike"]):
        raise InputError("alerts of %(name)r need a mail address; write name@example.id", name=name)
    same = select(SavedSearchRow.id).where(SavedSearchRow.owner == row.owner, SavedSearchRow.name == name)
    if session.scalars(same.where(SavedSearchRow.id != (row.id or 0))).first() is not None:
        raise InputError("there is a search %(name)r already; change that one, or choose another name", name=name)
    row.name, row.query, row.alert, row.spike, row.email = name, query, facts["alert"], bool(facts["spike"]), email
    row.quiet, row.language = _hours(facts["quiet"]), facts["language"]


def _hours(quiet: str | None) -> str | None:
    """Quiet hours as they are stored."""
    if quiet is None or quiet.strip() in ("", NEVER_QUIET):
        return (quiet or "").strip() or None
    try:
        span = read_hours(quiet)
    except ConfigError as error:
        raise InputError("%(hours)r is no span of hours; write for instance 21.00-06.00", hours=quiet) from error
    return f"{span[0]:%H.%M}-{span[1]:%H.%M}" if span else NEVER_QUIET


def _owned(session: Session, search_id: int, owner: str) -> SavedSearchRow:
    row = session.get(SavedSearchRow, search_id)
    if row is None or row.owner != owner:
        raise ConflictError("there is no saved search %(search_id)s of yours", search_id=search_id)
    return row


def _search(row: SavedSearchRow) -> SavedSearch:
    values: dict[str, Any] = {"alert": row.alert}
    return SavedSearch(
        id=row.id,
        owner=row.owner,
        name=row.name,
        query=row.query,
        spike=row.spike,
        email=row.email,
        quiet=row.quiet,
        created_at=row.created_at,
        alerted_at=row.alerted_at,
        alerted_change=row.alerted_change,
        language=row.language,
        **values,
    )
