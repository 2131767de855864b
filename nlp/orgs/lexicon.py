"""The word lists of the organisation grammar, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nlp.lexicons import read_lines, read_toml

OrgClass = Literal["government", "agency", "company", "association"]
CLASSES: tuple[OrgClass, ...] = ("government", "agency", "company", "association")
NEVER_SHORT = re.compile(
    r"(?i:pem\w+|din(?:as)?|dis|satgas|satker|lantas|lapas|rutan|samsat|puskesmas|persero\w*|reskrim|brimob|kwt|perbankan|sudin|kanwil)"
)


@dataclass(frozen=True, slots=True)
class OrgLexicon:
    """Everything the organisation grammar looks up; keys are lower case."""

    heads: dict[tuple[str, ...], OrgClass]
    longest_head: dict[str, int]
    """First word of a head -> how many words the longest has that begins with it."""
    not_orgs: frozenset[str]
    short: re.Pattern[str]
    names: re.Pattern[str]
    stop: frozenset[str]
    class_words: frozenset[str]
    not_first: frozenset[str]
    not_last: frozenset[str]
    not_after: frozenset[str]
    units: frozenset[str]

    def is_short(self, word: str) -> bool:
        """Is this whole word the short name of a body ("BPBD", "Disnaker")?"""
        return bool(self.short.fullmatch(word)) and not NEVER_SHORT.fullmatch(word)


@lru_cache(maxsize=1)
def load_orgs() -> OrgLexicon:
    """The shipped lists; raises LexiconError where one is missing or not valid."""
    tables, stops = read_toml("org_heads.toml"), read_toml("org_stop.toml")
    heads = {tuple(form.split()): name for name in CLASSES for form in tables[name]}
    short = [*read_lines("org_short.txt"), *read_lines("agency_short.txt")]
    return OrgLexicon(
        heads=heads,
        longest_head={form[0]: len(form) for form in sorted(heads, key=len)},
        not_orgs=frozenset(tables["not_orgs"]),
        short=re.compile("|".join(f"(?:{line})" for line in short)),
        names=re.compile(
            r"(?<![\w-])(?:" + "|".join(f"(?:{line})" for line in read_lines("org_names.txt")) + r")(?![\w])"
        ),
        stop=frozenset(stops["stop"]),
        class_words=frozenset(stops["class_words"]),
        not_first=frozenset(stops["not_first"]),
        not_last=frozenset(stops["not_last"]),
        not_after=frozenset(stops["not_after"]),
        units=frozenset(stops["units"]),
    )
