"""The filters of a search as they stand in the address: read, turned into the query language, and linked."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

FIELDS = ("pejabat", "program", "media", "wilayah", "topik", "jenis")
"""Facet filters, named as in the query language."""
DATES = ("dari", "sampai")
SORTS = {"relevansi": "relevance", "tanggal": "date"}
PAGE_SIZE = 20
MAX_PAGE = 500


@dataclass(frozen=True, slots=True)
class SearchState:
    """Everything that the address of a search page says."""

    q: str = ""
    values: tuple[tuple[str, str], ...] = ()
    """Filter name and value, in the order of the address."""
    sort: str = "relevansi"
    page: int = 1
    steps: str = field(default="month")

    @classmethod
    def read(cls, params: QueryParams) -> SearchState:
        """From query parameters; what is malformed counts as not given."""
        values = tuple((k, v.strip()) for k, v in params.multi_items() if k in (*FIELDS, *DATES) and v.strip())
        page = params.get("hal", "1")
        return cls(
            q=params.get("q", "").strip(),
            values=values,
            sort=params.get("urut", "relevansi") if params.get("urut") in SORTS else "relevansi",
            page=min(max(int(page), 1), MAX_PAGE) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
            steps=params.get("per", "month") if params.get("per") in {"day", "week", "month"} else "month",
        )

    @property
    def query(self) -> str:
        """The whole search in the query language."""
        clauses = [f'{name}:"{value.replace(chr(34), " ")}"' for name, value in self.values]
        return " ".join(filter(None, [f"({self.q})" if clauses and " OR " in self.q else self.q, *clauses]))

    def first(self, name: str) -> str:
        """The value of a filter, or nothing."""
        return next((value for key, value in self.values if key == name), "")

    def has(self, name: str, value: str) -> bool:
        """Whether a filter is set to this value."""
        return (name, value) in self.values

    def link(self, *, add: tuple[str, str] | None = None, drop: tuple[str, str] | None = None, **changes: str) -> str:
        """The address of this search with a filter added or dropped, or with another sort, page or step."""
        values = [pair for pair in self.values if pair != drop and pair != add]
        if add:
            values.append(add)
        pairs = [("q", self.q), *values]
        for name, current, default in (
            ("urut", self.sort, "relevansi"),
            ("per", self.steps, "month"),
            ("hal", "1", "1"),
        ):
            value = changes.get(name, current)
            if value != default:
                pairs.append((name, value))
        return "/cari?" + urlencode(pairs)
