"""Names of provinces, regencies, towns and districts with their Kemendagri codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nlp.lexicons import FOLDER, read_rows, read_toml
from nlp.people.lexicon import cue_words
from nlp.people.words import Word

CLASS_WORDS = cue_words("area_class")
LEVEL_OF = {"kota": "regency", "kabupaten": "regency", "kab": "regency", "provinsi": "province", "prov": "province"}


@dataclass(frozen=True, slots=True)
class AreaMatch:
    """An area name found at a word: how many words it takes, its level and codes."""

    length: int
    levels: frozenset[str]
    codes: tuple[str, ...]


class AreaIndex:
    """Area names by their lower-case words."""

    def __init__(self, rows: list[tuple[str, str, str]]) -> None:
        self._rows: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._longest: dict[str, int] = {}
        """First word -> how many words the longest name has that begins with it."""
        self.add(rows)

    def add(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Know further areas: code, name and level; what is known already is not doubled."""
        for code, name, level in rows:
            key = tuple(name.lower().split())
            known = self._rows.setdefault(key, [])
            if (code, level) not in known:
                known.append((code, level))
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def match(self, words: list[Word], at: int, levels: frozenset[str]) -> AreaMatch | None:
        """The longest area name of one of ``levels`` that starts at word ``at``; it must be capitalised."""
        if at >= len(words) or not words[at].is_capital:
            return None
        for length in range(min(self._longest.get(words[at].lower, 0), len(words) - at), 0, -1):
            run = words[at : at + length]
            if any(word.broken for word in run[1:]) or not run[-1].is_capital:
                continue
            found = [row for row in self.find(" ".join(word.lower for word in run)) if row[1] in levels]
            if found:
                return AreaMatch(length, frozenset(row[1] for row in found), tuple(row[0] for row in found))
        return None

    def find(self, name: str) -> list[tuple[str, str]]:
        """(code, level) of all areas called ``name``, letter case aside."""
        return self._rows.get(tuple(name.lower().split()), [])


def area_rows(code: str, name: str, level: str) -> list[tuple[str, str, str]]:
    """The rows of one area; a regency or town is also called without its class word."""
    kind, _, rest = name.partition(" ")
    short = level in ("regency", "province") and kind in ("Kabupaten", "Kota", "Provinsi") and rest
    return [(code, name, level), *([(code, rest, level)] if short else [])]


@lru_cache(maxsize=1)
def load_areas() -> AreaIndex:
    """The shipped areas, with the short names the press uses ("Tangsel", "Jabar")."""
    rows: list[tuple[str, str, str]] = []
    for row in read_rows(FOLDER / "areas.csv"):
        rows += area_rows(row["code"], row["name"], row["level"])
    names = {code: level for code, _, level in rows}
    for short, code in read_toml("area_short.toml")["short"].items():
        rows.append((code, short, names.get(code, "regency")))
    return AreaIndex(rows)
