"""Areas by name, and which of several namesakes a text means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from nlp.lexicons import FOLDER, read_rows

LEVELS = ("province", "regency", "district", "village")
CLASS_WORDS = ("kabupaten ", "kota ", "provinsi ", "kecamatan ", "kelurahan ", "desa ")
WIDE = frozenset({"province", "regency"})


@dataclass(frozen=True, slots=True)
class Area:
    """One area: Kemendagri code, level, and its full name in lower case."""

    code: str
    kind: str
    full: str


class Gazetteer:
    """Areas by lower-case name, with and without their class word."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._areas: dict[str, list[Area]] = {}
        for row in rows:
            self._add(row)
        self._longest: dict[str, int] = {}
        for name in filter(None, self._areas):
            first, *rest = name.split()
            self._longest[first] = max(self._longest.get(first, 0), 1 + len(rest))

    def _add(self, row: Mapping[str, str]) -> None:
        full = " ".join(row["name"].lower().split())
        area = Area(row["code"], row["kind"], full)
        names = {full, *(alias.lower().strip() for alias in (row.get("aliases") or "").split("|") if alias.strip())}
        for name in set(names):
            names |= {name.removeprefix(word) for word in CLASS_WORDS}
        for name in names:
            known = self._areas.setdefault(name, [])
            if all(old.code != area.code for old in known):
                known.append(area)

    def longest(self, first: str) -> int:
        """How many words the longest name has that begins with the lower-case word ``first``."""
        return self._longest.get(first, 0)

    def find(self, name: str) -> list[Area]:
        """All areas called ``name``, letter case aside."""
        return self._areas.get(" ".join(name.lower().split()), [])

    def is_wide(self, name: str) -> bool:
        """Is ``name`` a province, kabupaten or kota?"""
        return any(area.kind in WIDE for area in self.find(name))


def choose(areas: list[Area], sure: frozenset[str], *, level: str | None = None, word: str = "") -> str | None:
    """The code of the one area that is meant, None in doubt.

    ``level`` and ``word`` come from the class word ("kota"); ``sure`` holds codes that the same text names without
    doubt: an area within or above one of them is meant before others.
    """
    fitting = [area for area in areas if level is None or area.kind == level]
    if word in ("kota", "kabupaten"):
        fitting = [area for area in fitting if area.full.startswith(word)] or fitting
    if len(fitting) > 1:
        fitting = [area for area in fitting if _is_near(area.code, sure)] or fitting
    if level is None and len(fitting) > 1:
        best = min(LEVELS.index(area.kind) for area in fitting)
        fitting = [area for area in fitting if LEVELS.index(area.kind) == best]
    return fitting[0].code if len(fitting) == 1 else None


def _is_near(code: str, sure: frozenset[str]) -> bool:
    return any(code == other or code.startswith(f"{other}.") or other.startswith(f"{code}.") for other in sure)


@lru_cache(maxsize=1)
def district_rows() -> tuple[dict[str, str], ...]:
    """All kecamatan of the country as rows of ``places.csv``: the shipped table holds those of the home region only."""
    rows = read_rows(FOLDER / "areas.csv")
    return tuple(
        {"code": row["code"], "name": row["name"], "kind": "district"} for row in rows if row["level"] == "district"
    )
