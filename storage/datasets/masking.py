"""Names of people without a public office, taken out of the pieces of text that leave the office."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import not_

from storage.datasets.reading import belonging
from storage.datasets.snapshot import Snapshot
from storage.records.privacy import is_public, may_be_named
from storage.records.tables_tags import MentionRow, PersonRow

STAND_IN = "[nama]"
"""Stands where a name was."""
_PRIVATE = not_(is_public())
_OF_PEOPLE = MentionRow.kind == "person"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Who is not to be named in which of some articles."""

    names: dict[str, re.Pattern[str]] = field(default_factory=dict)
    """Article id -> what its private people are called in it."""

    @classmethod
    def read(cls, snapshot: Snapshot, ids: Sequence[str]) -> Hidden:
        """The people of some articles; nobody where private people may be named."""
        if snapshot.private or not ids:
            return cls()
        private = list(belonging(snapshot.session, ids, PersonRow, where=_PRIVATE))
        if not private:
            return cls()
        columns = (PersonRow.key, PersonRow.name, PersonRow.official, PersonRow.person_id)
        people = belonging(snapshot.session, private, PersonRow, *columns)
        mentions = belonging(
            snapshot.session, private, MentionRow, MentionRow.owner, MentionRow.surface, where=_OF_PEOPLE
        )
        found: dict[str, re.Pattern[str]] = {}
        for key in private:
            called = defaultdict(set, {person.key: {person.name} for person in people[key]})
            for mention in mentions.get(key, ()):
                called[mention.owner].add(mention.surface)
            shown = set().union(*(called[person.key] for person in people[key] if may_be_named(person)))
            hidden = set().union(*(called[person.key] for person in people[key] if not may_be_named(person)))
            if (pattern := names_in(hidden - shown)) is not None:
                found[key] = pattern
        return cls(found)

    def masked(self, article_id: str, text: str) -> str:
        """A text of an article without the names of its private people."""
        pattern = self.names.get(article_id)
        return pattern.sub(STAND_IN, text) if pattern is not None else text


def names_in(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds names as whole words, the longest first, whatever white space parts them; ``None`` without any."""
    words = sorted(
        {tuple(name.split()) for name in names if name.strip()}, key=lambda name: (-len(" ".join(name)), name)
    )
    if not words:
        return None
    forms = "|".join(r"\s+".join(map(re.escape, name)) for name in words)
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)")
