"""The word lists of the place grammar, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from nlp.lexicons import read_toml


@dataclass(frozen=True, slots=True)
class PlaceLexicon:
    """Everything the place grammar looks up; keys are lower case."""

    area: dict[str, str]
    site: dict[tuple[str, ...], str]
    lower: frozenset[str]
    lower_openers: frozenset[str]
    """First words of those in ``lower``."""
    no_name: frozenset[str]
    world: frozenset[str]
    longest_world: int
    """Words of the longest name in ``world``."""
    doubtful: frozenset[str]
    prepositions: frozenset[str]
    stop: frozenset[str]


@lru_cache(maxsize=1)
def load_places() -> PlaceLexicon:
    """The shipped lists; raises LexiconError where one is missing or not valid."""
    tables = read_toml("place_words.toml")
    words = tables["words"]
    return PlaceLexicon(
        area=dict(tables["area"]),
        site={tuple(form.split()): form for form in words["site"]},
        lower=frozenset(words["lower"]),
        lower_openers=frozenset(form.split()[0] for form in words["lower"]),
        no_name=frozenset(words["no_name"]),
        world=frozenset(words["world"]),
        longest_world=max(len(name.split()) for name in words["world"]),
        doubtful=frozenset(words["doubtful"]),
        prepositions=frozenset(words["prepositions"]),
        stop=frozenset(read_toml("org_stop.toml")["stop"]),
    )
