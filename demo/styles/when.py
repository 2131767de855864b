"""The time of an article in the words of its page; nothing at all where the page does not tell it."""

from __future__ import annotations

from dataclasses import dataclass

from demo.date_tokens import MONTHS, WEEKDAYS
from demo.sites.pieces import Piece


@dataclass(frozen=True, slots=True)
class When:
    """Asked by templates for the form that their style prints."""

    piece: Piece

    def _told(self, text: str) -> str:
        return text if self.piece.dated else ""

    @property
    def iso(self) -> str:
        """``2024-05-02T09:15:31+07:00``."""
        return self._told(self.piece.stamp.isoformat())

    @property
    def modified(self) -> str:
        """The last change, like ``iso``."""
        return self._told(self.piece.changed.isoformat())

    @property
    def long(self) -> str:
        """``Kamis, 2 Mei 2024``."""
        day = self.piece.stamp
        return self._told(f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}")

    @property
    def short(self) -> str:
        """``02 Mei 2024``."""
        day = self.piece.stamp
        return self._told(f"{day.day:02d} {MONTHS[day.month - 1]} {day.year}")

    @property
    def brief(self) -> str:
        """``Kamis, 02 Mei 2024 09:15 WIB`` with the month in three letters."""
        day = self.piece.stamp
        month = MONTHS[day.month - 1][:3]
        return self._told(f"{WEEKDAYS[day.weekday()]}, {day.day:02d} {month} {day.year} {self.clock} WIB")

    @property
    def slashed(self) -> str:
        """``02/05/2024``."""
        return self._told(f"{self.piece.stamp:%d/%m/%Y}")

    @property
    def dashed(self) -> str:
        """``Kamis 02-05-2024``."""
        return self._told(f"{WEEKDAYS[self.piece.stamp.weekday()]} {self.piece.stamp:%d-%m-%Y}")

    @property
    def clock(self) -> str:
        """``09:15``."""
        return self._told(f"{self.piece.stamp:%H:%M}")
