"""Change numbers: each write that readers can show gets one, visible in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Integer, bindparam, select, update
from sqlalchemy.orm import Session

from storage.records.tables import ArticleRow, ChangeRow

_TOUCHED = "pantau_touched"
_RAISE = update(ChangeRow).where(ChangeRow.id == 1).values(value=ChangeRow.value + 1).returning(ChangeRow.value)
_NUMBER = (
    update(ArticleRow)
    .where(ArticleRow.id.in_(bindparam("ids", expanding=True)))
    .values(change=bindparam("number", type_=Integer))
)
_POSITION = select(ChangeRow.database, ChangeRow.value).where(ChangeRow.id == 1)
CHUNK = 500
"""How many values go into one IN list."""

Value = TypeVar("Value")


def touch(session: Session, article_ids: Iterable[str]) -> None:
    """Mark articles as changed by this transaction."""
    session.info.setdefault(_TOUCHED, set()).update(article_ids)


def number_changes(session: Session) -> None:
    """Raise the counter and hand its value to the marked articles; the last thing before a commit.

    The counter's row stays locked until the commit, so a higher number never becomes visible before a lower one.
    """
    touched: set[str] = session.info.pop(_TOUCHED, set())
    if not touched:
        return
    session.flush()
    number = session.execute(_RAISE).scalar_one()
    for ids in chunks(sorted(touched)):
        session.execute(_NUMBER, {"ids": ids, "number": number}, execution_options={"synchronize_session": False})


def position(session: Session) -> tuple[str, int]:
    """The random name that this database got when it was made, and the highest change number that is visible."""
    database, number = session.execute(_POSITION).one()
    return database, number


def last_change(session: Session) -> int:
    """The highest change number that is visible."""
    return position(session)[1]


def chunks(values: Sequence[Value], size: int = CHUNK) -> Iterator[Sequence[Value]]:
    """The values in lists that fit into one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
