"""The unit of a number that has none beside it: from ``jumlah pelaku UMKM``, a money word, a figure next to it."""

from __future__ import annotations

from nlp.figures.amounts import Amount, read_amount
from nlp.figures.clauses import Clause
from nlp.figures.lexicon import units, words
from nlp.figures.units import compose, is_noun_like, is_verb_like, read_noun

HEADS = frozenset({"jumlah", "total", "banyaknya", "jumlahnya"})
MONEY = words("money", "words")
LINKS = frozenset("menjadi ke dan hingga pada jadi di tahun dari sampai".split())  # noqa: SIM905
NO_UNITS = frozenset(
    {
        "angka",
        "tahun",
        "bulan",
        "kota",
        "level",
        "kisaran",
        "posisi",
        "data",
        "nilai",
        *(key[0] for key in units()["durations"]),
    }
)
REACH = 14
AHEAD = 6
MONEY_SCALE = 1e9
CHEAPEST = 100


def unit_of_bare(clause: Clause, amount: Amount) -> tuple[str, int]:
    """The unit of ``amount`` and where its surface ends, by the nearest evidence."""
    per = compose(clause.tokens, "IDR", amount.last)
    if per.last > amount.last:
        return per.name, per.last
    return _headed(clause, amount) or _ahead(clause, amount) or _behind(clause, amount), amount.last


def _headed(clause: Clause, amount: Amount) -> str | None:
    """``pelaku umkm`` of ``jumlah pelaku UMKM di tahun 2020 sebanyak 90.128``."""
    for at in range(amount.first - 2, max(-1, amount.first - REACH), -1):
        if clause.word(at) in HEADS and is_noun_like(clause.tokens[at + 1]) and clause.word(at + 1) not in MONEY:
            return _long_noun(clause, at + 1, amount.first)
    return None


def _long_noun(clause: Clause, at: int, end: int) -> str:
    name, last = read_noun(clause.tokens, at)
    if last == at + 1 and last < end and is_noun_like(clause.tokens[last]) and last not in clause.masked:
        name = f"{name} {clause.tokens[last].low}"
    return name


def _ahead(clause: Clause, amount: Amount) -> str | None:
    """``%`` of ``dari 5,22 menjadi 5,93 persen``."""
    for at in range(amount.last, min(len(clause.tokens), amount.last + AHEAD)):
        if at in clause.masked or clause.word(at) in LINKS:
            continue
        following = read_amount(clause.tokens, at) if clause.tokens[at].kind == "number" else None
        if following is None or following.unit is None or at == amount.last:
            return None
        return following.unit.name if following.unit.sort != "duration" else None
    return None


def _behind(clause: Clause, amount: Amount) -> str:
    """The nearest of money word, figure and noun before the number."""
    if amount.number.scale >= MONEY_SCALE or (clause.topic and abs(amount.value) >= CHEAPEST):
        return "IDR"
    previous = clause.found[-1] if clause.found else None
    stop = previous.amount.last if previous is not None else 0
    noun = None
    for at in range(amount.first - 1, max(stop, amount.first - REACH) - 1, -1):
        if clause.word(at) in MONEY and abs(amount.value) >= CHEAPEST:
            return "IDR"
        noun = noun or _noun_at(clause, at)
    carried = previous or clause.earlier
    if carried is None:
        return noun or ""
    base = carried.unit.split("/")[0] if carried.unit.startswith("IDR") else carried.unit
    if base != "IDR" and carried.amount.unit is not None and carried.amount.unit.sort != "noun":
        return base if previous is not None else noun or base
    return base or noun or ""


def _noun_at(clause: Clause, at: int) -> str | None:
    token = clause.tokens[at]
    if at in clause.masked or not is_noun_like(token) or not token.text[0].islower():
        return None
    return None if token.low in NO_UNITS or is_verb_like(token.low) else read_noun(clause.tokens, at)[0]
