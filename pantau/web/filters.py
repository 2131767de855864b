"""A search as it stands in the address: read, turned into the query language, and linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from pantau.reasons import reason
from pantau.translations import gettext as _
from scraper.errors import QueryError
from storage.search.lexer import FIELDS as NAMES
from storage.search.query import AllOf, AnyOf, Field, Query, parse_query
from storage.search.results import Sort
from storage.search.values import check_value
from storage.trends.points import Step
from storage.trends.questions import MOST_COMPARED

FACETS = ("pejabat", "narasumber", "program", "wilayah", "topik", "media", "jenis", "kanal")
"""Filters whose values are counted beside the hits, named as in the query language."""
JUDGED = ("tone", "tindak")
DATES = ("dari", "sampai")
ONE_EACH = ("media", "jenis", "kanal", "tone", "tindak")
"""Filters of which an article has one value: several of them are alternatives."""
SORTS: dict[str, Sort] = {"relevansi": "relevance", "tanggal": "date"}
STEPS: dict[str, Step] = {"hari": "day", "pekan": "week", "bulan": "month"}
MOST_FILTERS = 30
LONGEST = 300
"""Characters of a filter's value; no name is longer."""


@dataclass(frozen=True, slots=True)
class SearchState:
    """Everything that the address of a search says."""

    q: str = ""
    values: tuple[tuple[str, str], ...] = ()
    """Filter name and value, in the order of the address."""
    sort: str = "relevansi"
    after: str = ""
    """Cursor of the page before."""
    per: str = ""
    """Step of the chart; empty where the span decides."""
    others: tuple[str, ...] = ()
    """Further queries that are compared with ``q``."""
    share: bool = False
    """Whether the chart shows shares of what was crawled instead of counts."""

    @classmethod
    def read(cls, params: QueryParams) -> SearchState:
        """From query parameters; what says nothing counts as not given."""
        pairs = [(name, value.strip()) for name, value in params.multi_items() if value.strip()]
        given = dict(pairs)
        filters = [(name, value[:LONGEST]) for name, value in pairs if name in (*FACETS, *JUDGED, *DATES)]
        return cls(
            q=given.get("q", ""),
            values=tuple(dict.fromkeys(filters))[:MOST_FILTERS],
            sort=given["urut"] if given.get("urut") in SORTS else "relevansi",
            after=given.get("lanjut", ""),
            per=given["per"] if given.get("per") in STEPS else "",
            others=tuple(dict.fromkeys(value for name, value in pairs if name == "banding"))[: MOST_COMPARED - 1],
            share=given.get("porsi") == "1",
        )

    @property
    def text(self) -> str:
        """The whole search in the query language, as one would type it."""
        clauses = [f'{name}:"{value.replace(chr(34), " ")}"' for name, value in self.values]
        return " ".join(filter(None, [self.q, *clauses]))

    def query(self, q: str | None = None) -> Query:
        """The search as a query, or another text with the same filters. Raises QueryError.

        Each part is read alone: no filter can change what the words mean, nor the words what it does.
        """
        text = self.q if q is None else q
        return Query(text, AllOf((*parse_query(text).root.children, *self._conditions())))

    def _conditions(self) -> list[Field | AnyOf]:
        found: list[Field | AnyOf] = []
        for name, pairs in groupby(sorted(self.values, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
            fields = tuple(_field(name, value) for _name, value in pairs)
            found += [AnyOf(fields)] if name in ONE_EACH and len(fields) > 1 else fields
        return found

    def day(self, name: str) -> date | None:
        """The local day that ``dari`` or ``sampai`` means. Raises QueryError."""
        value = self.first(name)
        return date.fromisoformat(_field(name, value).value[:10]) if value else None

    def first(self, name: str) -> str:
        """The value of a filter, or nothing."""
        return next((value for key, value in self.values if key == name), "")

    def has(self, name: str, value: str) -> bool:
        """Whether a filter is set to this value."""
        return (name, value) in self.values

    def link(self, path: str = "/cari", *, more: Sequence[tuple[str, str]] = (), **changes: Any) -> str:
        """The address of this search with some of it changed; unless it is named, it leads to the first page.

        ``more`` are parameters of another page that shows the search.
        """
        pairs = [*replace(self, **({"after": ""} | changes)).pairs(), *more]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def with_filter(self, name: str, value: str) -> str:
        """The address with a filter more; of the days there is one each."""
        rest = tuple(pair for pair in self.values if pair != (name, value) and not (pair[0] == name and name in DATES))
        return self.link(values=(*rest, (name, value)))

    def without(self, name: str, value: str) -> str:
        """The address with a filter less."""
        return self.link(values=tuple(pair for pair in self.values if pair != (name, value)))

    def pairs(self, *, but: Sequence[str] = ()) -> list[tuple[str, str]]:
        """The parameters of the address, those that say nothing new and those ``but`` left out."""
        found = [
            ("q", self.q),
            *self.values,
            ("urut", "" if self.sort == "relevansi" else self.sort),
            ("per", self.per),
            *(("banding", other) for other in self.others),
            ("porsi", "1" if self.share else ""),
            ("lanjut", self.after),
        ]
        return [(name, value) for name, value in found if value and name not in but]


def _field(name: str, value: str) -> Field:
    english = NAMES[name]
    try:
        return Field(english, check_value(english, value, position=0), quoted=True)
    except QueryError as error:
        raise QueryError(_("saringan %(name)s: %(reason)s") % {"name": name, "reason": reason(error)}, -1) from error
