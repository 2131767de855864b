"""What an export is made of: one state of the database, and the articles of it that are wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, collate, func, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlalchemy.types import JSON, String

from storage.records.changes import CHUNK
from storage.records.tables import ArticleRow

BATCH = 500
"""Articles that are read at a time."""
BYTES = 8
"""Of an id, which is written in twice as many hexadecimal digits."""
STREAM = 10_000
"""Rows that are fetched at a time where a whole table is read."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Ids of articles in the order of an export, packed: a million of them take 8 MB."""

    packed: bytes
    first: date | None = None
    """Earliest known day of publication."""
    last: date | None = None
    undated: int = 0
    """How many have no known day."""
    versions: Mapping[tuple[str | None, str | None], int] = field(default_factory=dict)
    """(version of the reading of its page, version of its tagging) -> articles."""

    def __len__(self) -> int:
        return len(self.packed) // BYTES

    def __iter__(self) -> Iterator[str]:
        for at in range(0, len(self.packed), BYTES):
            yield self.packed[at : at + BYTES].hex()

    def batches(self) -> Iterator[list[str]]:
        """The ids, BATCH at a time."""
        for at in range(0, len(self.packed), BYTES * BATCH):
            digits = self.packed[at : at + BYTES * BATCH].hex()
            yield [digits[place : place + 2 * BYTES] for place in range(0, len(digits), 2 * BYTES)]

    def sample(self, count: int) -> Keys:
        """At most ``count`` of them, evenly spread."""
        step = max(1, len(self) // count)
        places = range(0, len(self), step)
        return Keys(b"".join(self.packed[at * BYTES : (at + 1) * BYTES] for at in list(places)[:count]))


def _untold(_articles: int) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One state of the database, from which all tables of an export are read."""

    session: Session
    articles: Keys
    """The articles whose rows are wanted."""
    everything: bool = False
    """Whether these are all that are not withdrawn."""
    private: bool = False
    """Whether people without a public office are named."""
    full_text: bool = False
    since: int | None = None
    """Change number up to which a reader knows everything already."""
    advance: Callable[[int], None] = _untold
    """Told how many further articles were read."""

    def among(self, column: Any) -> ColumnElement[bool]:
        """The condition that a column with ids of articles holds one of these."""
        return (
            true()
            if self.everything
            else one_of(self.session.get_bind().dialect.name, column, None, list(self.articles))
        )

    def of(self, articles: Keys) -> Snapshot:
        """The same state with other articles, of whose reading nobody is told."""
        return replace(self, articles=articles, everything=False, advance=_untold)


def one_of(dialect: str, column: Any, name: str | None, ids: Sequence[str] | None = None) -> ColumnElement[bool]:
    """The condition that a column holds one of some ids: all of them are one parameter, by a name or given here."""
    if dialect == "postgresql":
        return column == func.any(bindparam(name, ids, type_=ARRAY(String)))  # type: ignore[no-any-return]
    listed = func.json_each(bindparam(name, ids, type_=JSON)).table_valued("value")
    return column.in_(select(listed.c.value))  # type: ignore[no-any-return]


def bytewise(session: Session, column: Any) -> Any:
    """A column that sorts by its bytes, which is the same order on every database."""
    return collate(column, "C") if session.get_bind().dialect.name == "postgresql" else column


def select_articles(session: Session, *, ids: Collection[str] | None = None, since: int | None = None) -> Keys:
    """The articles that are not withdrawn, by day of publication (undated ones first), moment and id.

    Only those among ``ids``, and only those that changed after the change number ``since``, where these are given.
    """
    wanted = None if ids is None else {bytes.fromhex(found) for found in ids}
    days = (ArticleRow.published_day.is_not(None), ArticleRow.published_day, ArticleRow.published_at, ArticleRow.id)
    told = (ArticleRow.id, ArticleRow.published_day, ArticleRow.extraction, ArticleRow.tag_version)
    query = select(*told).where(ArticleRow.withdrawn_at.is_(None)).order_by(*days)
    if since is not None:
        query = query.where(ArticleRow.change > since)
    if ids is not None and len(ids) <= CHUNK:
        query = query.where(ArticleRow.id.in_(list(ids)))
    packed, undated, first, last = bytearray(), 0, None, None
    versions: Counter[tuple[str | None, str | None]] = Counter()
    for text, day, *version in session.execute(query.execution_options(yield_per=STREAM)):
        key = bytes.fromhex(text)
        if wanted is None or key in wanted:
            packed += key
            first, last, undated = first or day, day, undated + (day is None)
            versions[tuple(version)] += 1  # type: ignore[index]  # a pair
    return Keys(bytes(packed), first, last, undated, versions)
