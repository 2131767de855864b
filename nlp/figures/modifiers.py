"""How an amount is meant: exact, about, at least, at most."""

from __future__ import annotations

from nlp.figures.amounts import Amount
from nlp.figures.clauses import Clause
from nlp.figures.lexicon import phrases, words
from scraper.items import Modifier

APPROX = phrases("modifiers", "approx")
MIN = phrases("modifiers", "min")
MAX = phrases("modifiers", "max")
BETWEEN = words("modifiers", "between")
LONGEST = 3
REACH = 3


def read_modifier(clause: Clause, amount: Amount) -> Modifier:
    """The modifier by the words before ``amount`` and the suffixes on it."""
    if amount.at_least:
        return "min"
    if amount.approx:
        return "approx"
    at = amount.first
    for _ in range(REACH + 1):
        said = _ends_in(clause, at)
        if said is not None:
            return said if amount.value_max is None or said == "approx" else "exact"
        if clause.word(at - 1) not in BETWEEN:
            break
        at -= 1
    return "exact"


def _ends_in(clause: Clause, at: int) -> Modifier | None:
    """The modifier whose phrase ends before ``at``; the longest phrase decides."""
    sets: tuple[tuple[frozenset[str], Modifier], ...] = ((APPROX, "approx"), (MIN, "min"), (MAX, "max"))
    for size in range(LONGEST, 0, -1):
        phrase = clause.before(at, size)
        for spellings, modifier in sets:
            if phrase in spellings:
                return modifier
    return None
