"""What a table for analysts is: typed columns, explained in Indonesian and English; the data dictionary is this."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, Self

if TYPE_CHECKING:
    from storage.datasets.snapshot import Snapshot

Kind = Literal["string", "list", "integer", "number", "boolean", "date", "datetime"]
"""Of a value that is there: str, list of str, int, float, bool, date, aware datetime."""
Row = dict[str, Any]
"""A value for each column, ``None`` where there is none."""
TOGETHER = 500
"""Rows that make a batch where they are read one by one."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that follow each other, kept column by column: far less work a row than a dict for each."""

    columns: Mapping[str, Sequence[Any]]
    """Name -> the values of all rows; as many in each column."""

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def of(self, columns: Sequence[Column]) -> list[Sequence[Any]]:
        """The values of some columns, in their order."""
        return [self.columns[column.name] for column in columns]

    def rows(self, columns: Sequence[Column]) -> Iterator[Row]:
        """The rows one by one."""
        names = [column.name for column in columns if column.name in self.columns]
        values = (self.columns[name] for name in names)
        return (dict(zip(names, row, strict=True)) for row in zip(*values, strict=True))


def in_batches(rows: Iterable[Row]) -> Iterator[Batch]:
    """Rows, each with the same names, as batches."""
    rest = iter(rows)
    while held := list(islice(rest, TOGETHER)):
        yield Batch({name: [row[name] for row in held] for name in held[0]})


def batched(read: Callable[[Snapshot], Iterator[Row]]) -> Callable[[Snapshot], Iterator[Batch]]:
    """A reader of rows, each with the same names, as one of batches."""
    return lambda snapshot: in_batches(read(snapshot))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column, the same in every format."""

    name: str
    type: Kind
    id: str
    """What it means, in Indonesian."""
    en: str
    """What it means, in English."""
    format: Literal["", "uri"] = ""
    """Of a string: ``uri`` where it is an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """One table: what a row of it is, its columns, and how it is joined."""

    name: str
    id: str
    """What one row is, in Indonesian."""
    en: str
    """What one row is, in English."""
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """Columns that together name one row."""
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Column -> the table, and the column of it, that it points to."""

    def without(self, *names: str) -> Self:
        """The same table without some columns, none of which is in its key."""
        return replace(self, columns=tuple(column for column in self.columns if column.name not in names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Schema):
    """A table with how its rows are read; they come in an order that the same data always gives."""

    read: Callable[[Snapshot], Iterator[Batch]]
    of_articles: bool = True
    """Whether each row belongs to one article, so that an article's rows can be replaced by newer ones."""

    def rows(self, snapshot: Snapshot) -> Iterator[Row]:
        """The rows one by one, with those of the columns that leave the office."""
        return (row for batch in self.read(snapshot) for row in batch.rows(self.columns))


def text(name: str, ident: str, en: str) -> Column:
    """A column of text."""
    return Column(name=name, type="string", id=ident, en=en)


def address(name: str, ident: str, en: str) -> Column:
    """A column of addresses."""
    return Column(name=name, type="string", format="uri", id=ident, en=en)


def texts(name: str, ident: str, en: str) -> Column:
    """A column of lists of text."""
    return Column(name=name, type="list", id=ident, en=en)


def integer(name: str, ident: str, en: str) -> Column:
    """A column of whole numbers."""
    return Column(name=name, type="integer", id=ident, en=en)


def number(name: str, ident: str, en: str) -> Column:
    """A column of numbers."""
    return Column(name=name, type="number", id=ident, en=en)


def boolean(name: str, ident: str, en: str) -> Column:
    """A column of yes and no."""
    return Column(name=name, type="boolean", id=ident, en=en)


def day(name: str, ident: str, en: str) -> Column:
    """A column of local days."""
    return Column(name=name, type="date", id=ident, en=en)


def moment(name: str, ident: str, en: str) -> Column:
    """A column of moments, in local time with their offset."""
    return Column(name=name, type="datetime", id=ident, en=en)
