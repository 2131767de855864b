"""Where a page of hits ended: the next one goes on after that article, however many have arrived meanwhile."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from scraper.errors import QueryError

_FORM = re.compile(r"(relevance|date) ([01]) (-?\d+(?:\.\d+)?(?:e[+-]\d+)?) ([0-9a-f]{16})")
_DRIFT = 0.02
"""By how much of itself a score may change while articles arrive."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last hit of a page."""

    sort: str
    partial: bool
    rank: float
    """What it was ordered by: its score, or its moment in seconds."""
    id: str

    @classmethod
    def read(cls, text: str) -> Cursor:
        """From its text form; raises QueryError where that is none."""
        try:
            match = _FORM.fullmatch(base64.urlsafe_b64decode(text.encode()).decode())
        except (binascii.Error, ValueError):
            match = None
        if match is None:
            raise QueryError("penanda halaman tidak dikenal; mulai lagi dari halaman pertama", 0)
        return cls(match[1], match[2] == "1", float(match[3]), match[4])

    def __str__(self) -> str:
        text = f"{self.sort} {int(self.partial)} {self.rank!r} {self.id}"
        return base64.urlsafe_b64encode(text.encode()).decode()

    def ends_before(self, *, partial: bool, rank: float) -> bool:
        """Whether a hit of that rank belongs behind the page's end."""
        return (partial, -rank) > (self.partial, -self.rank)

    def is_long_before(self, *, partial: bool, rank: float) -> bool:
        """Whether the page's end cannot come any more after a hit of that rank."""
        drift = _DRIFT * abs(self.rank) if self.sort == "relevance" else 0.0
        return (partial, -rank) > (self.partial, drift - self.rank)
