"""The keys that persons and programmes have across articles, and whom people say that a key means. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST = 300
"""Characters of a key: indexes have bounds, and no name is so long."""
_OTHER = re.compile(r"[^\w]+")


def name_key(name: str) -> str:
    """A name as a key: folded, lower case, words joined by hyphens; of a name without end its beginning."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _OTHER.sub("-", folded.casefold()).strip("-")[:LONGEST]


@dataclass(frozen=True, slots=True)
class Identities:
    """What people decided: key -> the registry's id that it stands for."""

    persons: Mapping[str, str] = field(default_factory=dict)
    programs: Mapping[str, str] = field(default_factory=dict)

    def person(self, found_id: str | None, name: str) -> tuple[str | None, str]:
        """Id (``None`` where nobody is known) and key of a person, from the id that tagging found and the name."""
        return _decided(self.persons, found_id, name)

    def program(self, found_id: str | None, name: str) -> tuple[str | None, str]:
        """Id and key of a programme."""
        return _decided(self.programs, found_id, name)


NOBODY = Identities()


def follow(decided: Mapping[str, str], key: str) -> str:
    """What a key stands for after all decisions; itself where nothing was decided."""
    for _ in range(len(decided)):  # a ring, which deciding refuses, would else never end
        if (following := decided.get(key, key)) == key:
            break
        key = following
    return key


def _decided(decided: Mapping[str, str], found_id: str | None, name: str) -> tuple[str | None, str]:
    key = found_id or name_key(name)
    return (follow(decided, key),) * 2 if key in decided else (found_id, key)
