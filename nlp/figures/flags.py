"""What to look at twice: scales that cannot be meant, points told as per cent; what a change is told against."""

from __future__ import annotations

from nlp.figures.amounts import Amount
from nlp.figures.clauses import Clause, Found
from nlp.figures.lexicon import indicators, words

RISE = words("change", "rise")
FALL = words("change", "fall")
REACH = 5
FULL_RUPIAH = 1e6
HUGE = 1e17
YEARLY = ("yoy", "y-o-y", "year on year", "tahunan")
MONTHLY = ("mtm", "m-to-m", "month to month", "bulanan")


def read_flags(clause: Clause, found: Found) -> tuple[str, ...]:
    """Slugs for the figure, sorted; the figure itself is never changed."""
    amount = found.amount
    flags = set(_compared_with(clause, amount))
    if _implausible(clause, found):
        flags.add("implausible-scale")
    if amount.number.doubtful and (amount.number.scale > 1.0 or _counts(amount)):
        flags.add("ambiguous-separator")
    return tuple(sorted(flags))


def flag_points(clause: Clause) -> dict[int, str]:
    """Index in ``clause.found`` -> flag, where a change in per cent is the difference of two levels in per cent."""
    rows = [(place, found) for place, found in enumerate(clause.found) if found.unit == "%"]
    flags: dict[int, str] = {}
    for (place, change), (_, old), (_, new) in _triples(rows):
        if not _changes(clause, change.amount):
            continue
        step = abs(new.amount.value - old.amount.value)
        size = abs(change.amount.value)
        relative = 100 * step / abs(old.amount.value) if old.amount.value else 0.0
        if abs(step - size) <= 0.011 < abs(relative - size):
            flags[place] = "points-not-percent"
    return flags


def _triples(rows: list[tuple[int, Found]]) -> list[tuple[tuple[int, Found], tuple[int, Found], tuple[int, Found]]]:
    """Change and the two levels in both orders: ``naik X dari A menjadi B``, ``dari A menjadi B atau naik X``."""
    triples = []
    for first, second, third in zip(rows, rows[1:], rows[2:], strict=False):
        triples.extend([(first, second, third), (third, first, second)])
    return triples


def _changes(clause: Clause, amount: Amount) -> bool:
    return bool(set(clause.before(amount.first, REACH).split()) & (RISE | FALL))


def _compared_with(clause: Clause, amount: Amount) -> list[str]:
    """``yoy``, ``mtm``: which earlier time a change is told against."""
    after = " ".join(token.low for token in clause.tokens[amount.last : amount.last + 5])
    return [name for name, spellings in (("yoy", YEARLY), ("mtm", MONTHLY)) if any(word in after for word in spellings)]


def _counts(amount: Amount) -> bool:
    return amount.unit is not None and amount.unit.sort == "noun"


def _implausible(clause: Clause, found: Found) -> bool:
    """Is the value outside of what its indicator can be, or was a scale word added to a full amount?"""
    number, value = found.amount.number, abs(found.amount.value)
    if number.scale >= FULL_RUPIAH and number.base >= FULL_RUPIAH:
        return True
    if found.unit == "IDR" and (value > HUGE or (number.scale >= 1e12 and number.grouped and number.base >= 1e5)):
        return True
    said = clause.before(found.amount.first, 30)
    for row in indicators():
        if row["unit"] == found.unit and all(f" {word}" in f" {said} " for word in row["words"]):
            return not float(row["low"]) <= found.amount.value <= float(row["high"]) and not _changes(
                clause, found.amount
            )
    return False
