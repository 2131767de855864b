"""The programmes that the registry knows, by name and alias."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nlp.programs.grammar import Candidate
from nlp.programs.lexicon import any_of
from nlp.programs.names import read_bracket


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Registered names; make it with ``from_rows``."""

    ids: Mapping[str, str]
    """Lower-case name -> programme id."""
    exact: re.Pattern[str] | None
    """Names of one word, as they are written."""
    free: re.Pattern[str] | None
    """Names of several words in lower case, to be looked for in a text in lower case."""

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> KnownNames:
        """From rows with the columns of ``programmes.csv``; a later row wins."""
        names: dict[str, str] = {}
        spelled: set[str] = set()
        for row in rows:
            for name in (row["name"], *filter(None, (row.get("aliases") or "").split("|"))):
                names[name.strip().lower()] = row["programme_id"]
                spelled.add(name.strip())
        return cls(names, _pattern(one for one in spelled if " " not in one),
                   _pattern(one.lower() for one in spelled if " " in one))  # fmt: skip

    def id_of(self, name: str) -> str | None:
        """The id of the programme with this name or alias; a class word before it does not matter."""
        low = name.lower()
        return self.ids.get(low) or self.ids.get(low.removeprefix("program "))

    def find(self, text: str) -> Iterator[Candidate]:
        """Every place where a registered name stands."""
        for pattern, shown in ((self.exact, text), (self.free, lowered(text))):
            for match in pattern.finditer(shown) if pattern else ():
                yield Candidate(match.start(), match.end(), read_bracket(text, match.end()), 0.9)


def lowered(text: str) -> str:
    """``text`` in lower case with every character at its place: one that would become two stays."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    spelled = sorted(set(names))
    return re.compile(rf"(?<![\w-]){any_of(spelled)}(?!\w)") if spelled else None
