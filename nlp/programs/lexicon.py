"""The word lists of the programme grammar, read once from ``nlp/lexicons/programme_heads.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from nlp.lexicons import read_toml


@cache
def words(name: str) -> frozenset[str]:
    """A list of single words."""
    return frozenset(read_toml("programme_heads.toml")[name].split())


@cache
def phrases(name: str) -> tuple[str, ...]:
    """A list of phrases, the longest first."""
    entry = read_toml("programme_heads.toml")[name].split("|")
    return tuple(sorted({" ".join(phrase.split()) for phrase in entry}, key=len, reverse=True))


def any_of(options: Iterable[str]) -> str:
    """A regular expression for one of ``options``, the longest first, blanks free; the first letter is tried first."""
    ordered = sorted(options, key=len, reverse=True)
    firsts = "".join(sorted({re.escape(option[0]) for option in ordered}))
    return f"(?=[{firsts}])(?:" + "|".join(re.escape(option).replace(r"\ ", r"[ \u00a0]+") for option in ordered) + ")"
