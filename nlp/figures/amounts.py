"""Amounts: sign, currency, number and unit in one piece, and ranges of two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp.figures.lexicon import counted, units
from nlp.figures.numbers import Number, read_number
from nlp.figures.tokens import Token, glued
from nlp.figures.units import Unit, read_unit

DASHES = frozenset("-–—−~")
IN_BASE = {
    "mm": 0.1, "cm": 1.0, "m": 100.0, "km": 1e5, "g": 1.0, "kg": 1e3, "kuintal": 1e5, "ton": 1e6, "m2": 1.0, "ha": 1e4,
    "km2": 1e6, "minute": 1.0, "hour": 60.0, "day": 1440.0, "l": 1.0, "m3": 1e3,
}  # fmt: skip
FAMILIES = (
    ("mm", "cm", "m", "km"),
    ("g", "kg", "kuintal", "ton"),
    ("m2", "ha", "km2"),
    ("minute", "hour", "day"),
    ("l", "m3"),
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, read from ``tokens[first:last]``."""

    first: int
    last: int
    number: Number
    value: float
    unit: Unit | None
    unit_at: int
    """Index of the token with which the unit begins."""
    value_max: float | None = None
    currency: str | None = None
    approx: bool = False
    """``-an``: 4000-an, 15 ribuan."""
    at_least: bool = False
    """``lebih`` behind it: 15 ribu lebih."""


def read_amount(tokens: Sequence[Token], at: int) -> Amount | None:
    """The amount or range that starts at ``tokens[at]``, None where there is no number."""
    low = _single(tokens, at)
    if low is None:
        return None
    return _range(tokens, low) or low


def _single(tokens: Sequence[Token], at: int) -> Amount | None:
    if at >= len(tokens):
        return None
    sign, first = _sign(tokens, at)
    currency, first = _currency(tokens, first)
    number = read_number(tokens, first, money=currency is not None)
    if number is None or (first > at and currency is None and number.in_words and sign == 1):
        return None
    last = _gloss(tokens, number)
    last, approx, at_least = _suffixes(tokens, last, number)
    unit_at = last
    unit = read_unit(tokens, last, currency=currency, in_words=number.in_words)
    if unit is not None:
        last = max(last, unit.last)
    if not at_least and last < len(tokens) and tokens[last].low == "lebih" and not _compares(tokens, last):
        at_least = True
    return Amount(at, last, number, sign * number.value, unit, unit_at, None, currency, approx, at_least)


def _compares(tokens: Sequence[Token], at: int) -> bool:
    """Is ``lebih`` a comparison with what follows: ``lebih tinggi``, ``lebih dari``?"""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and after.kind == "word" and after.low not in {"yang", "di", "untuk", "pada", "dan", "ini"}


def _sign(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    low = tokens[at].low
    if low in {"minus", "negatif"}:
        bracket = [token.text for token in tokens[at + 1 : at + 4]]
        return -1, at + (4 if len(bracket) == 3 and bracket[0] == "(" and bracket[1] in DASHES else 1)
    if low in {"-", "−", "–"} and at + 1 < len(tokens) and glued(tokens[at], tokens[at + 1]):
        return -1, at + 1
    return 1, at


def _currency(tokens: Sequence[Token], at: int) -> tuple[str | None, int]:
    if at >= len(tokens) or tokens[at].kind != "currency":
        return None, at
    mark = tokens[at].low.replace(" ", "")
    names = {"".join(key): name for key, name in units()["currency_before"].items()}
    after = at + 1
    if after < len(tokens) and tokens[after].text == ".":
        after += 1
    return names.get(mark.rstrip(".")) or names.get(mark), after


def _gloss(tokens: Sequence[Token], number: Number) -> int:
    """Where the number ends with the words that repeat it: ``3 (tiga)``, ``90.128 (sembilan puluh ...)``."""
    last = number.last
    if last >= len(tokens) or tokens[last].text != "(":
        return last
    again = read_number(tokens, last + 1)
    closed = again is not None and again.last < len(tokens) and tokens[again.last].text == ")"
    return again.last + 1 if again is not None and closed and again.value == number.value else last


def _suffixes(tokens: Sequence[Token], last: int, number: Number) -> tuple[int, bool, bool]:
    """End, ``-an``, and ``lebih`` after the number."""
    scale = tokens[last - 1].low
    approx = scale.endswith(("ribuan", "jutaan", "miliaran", "triliunan", "-an"))
    approx = approx or any(token.low == "an" for token in tokens[number.first : last])
    texts = [token.low for token in tokens[last : last + 2]]
    if texts[:1] == ["an"]:
        last, approx = last + 1, True
    elif texts == ["-", "an"]:
        last, approx = last + 2, True
    elif texts == [",", "-"] and glued(tokens[last], tokens[last + 1]):
        last += 2
    at_least = last + 1 < len(tokens) and tokens[last].low == "lebih" and _counts_on(tokens[last + 1])
    return last + at_least, approx, at_least


def _counts_on(token: Token) -> bool:
    """Does a unit follow in ``15 ribu lebih orang``?"""
    return token.low in counted() or (token.low,) in units()["measures"] or (token.low,) in units()["percent"]


def _range(tokens: Sequence[Token], low: Amount) -> Amount | None:
    """``low`` and the amount after ``-``, ``hingga``, ``sampai dengan``, ``atau`` as one."""
    if (spread := _spread(tokens, low)) is not None:
        return spread
    link, at = _link(tokens, low)
    if link is None or at >= len(tokens):
        return None
    high = _single(tokens, at)
    if high is None or high.value < 0 or (link == "" and not (low.currency and high.currency)):
        return None
    shared = _share(low, high, link)
    if shared is None or shared[0] >= shared[1]:
        return None
    if low.number.value > high.number.value and shared[1] == high.value == shared[0]:
        return None
    named = high if _names_unit(low, high) else low
    return replace(low, last=high.last, value=shared[0], value_max=shared[1], unit=named.unit, unit_at=named.unit_at,
                   approx=low.approx or high.approx, at_least=high.at_least)  # fmt: skip


def _spread(tokens: Sequence[Token], low: Amount) -> Amount | None:
    """``2,5 ± 1 persen``, ``2,5 persen plus minus 1 persen``: from 1.5 to 3.5."""
    texts = [token.low for token in tokens[low.last : low.last + 2]]
    if texts[:1] not in (["±"], ["+-"], ["+/-"]) and texts not in (["plus", "minus"], ["-", "+"], ["+", "-"]):
        return None
    high = _single(tokens, low.last + (2 if texts[0] in {"plus", "-", "+"} else 1))
    if high is None or high.unit is None or high.unit.sort != "percent" or high.value > low.value:
        return None
    ends = round(low.value - high.value, 9), round(low.value + high.value, 9)
    return replace(low, last=high.last, value=ends[0], value_max=ends[1], unit=high.unit, unit_at=high.unit_at)


def _names_unit(low: Amount, high: Amount) -> bool:
    """Does the upper end name the unit of the range: ``5-10 persen``, ``Rp16 ribu hingga Rp17 ribu per kg``?"""
    if low.unit is None or high.unit is None:
        return low.unit is None
    return low.unit.name in high.unit.name and not _family(low.unit.name, high.unit.name)


def _link(tokens: Sequence[Token], low: Amount) -> tuple[str | None, int]:
    """The word or mark that joins a range, and where its second part starts."""
    at = low.last
    texts = [token.low for token in tokens[at : at + 4]]
    before = tokens[low.first - 1].low if low.first else ""
    if not texts:
        return None, at
    if texts[0] in DASHES:
        return "-", at + 1
    if texts[0] in {"hingga", "sampai", "sd", "ke"}:
        return ("ke" if texts[0] == "ke" else "to"), at + (2 if texts[1:2] == ["dengan"] else 1)
    if texts[:3] == ["s", "/", "d"] or texts[:3] == ["s", ".", "d"]:
        return "to", at + (4 if texts[3:] == ["."] else 3)
    if texts[0] == "atau" or (texts[0] == "dan" and before == "antara"):
        return texts[0], at + 1
    return ("", at) if tokens[at].kind == "currency" else (None, at)


def _share(low: Amount, high: Amount, link: str) -> tuple[float, float] | None:
    """Both ends in the unit of the range, None where the two do not belong together."""
    if link == "ke" or (low.currency and high.currency and low.currency != high.currency):
        return None
    if low.currency and high.unit is not None and high.unit.sort != "money":
        return None
    first, second = low.value, high.value
    if low.number.scale == 1.0 and high.number.scale > 1.0 and low.number.base < high.number.base:
        first *= high.number.scale
    if link == "atau":
        return (first, second) if low.unit is None and 0 < second - first <= 2 and high.unit is not None else None
    if low.unit is None or high.unit is None:
        return (first, second) if high.unit is not None or low.unit is not None else None
    if low.unit.name.split("/")[0] == high.unit.name.split("/")[0]:
        return first, second
    if _family(low.unit.name, high.unit.name):
        return first, second * IN_BASE[high.unit.name] / IN_BASE[low.unit.name]
    return None


def _family(left: str, right: str) -> bool:
    return left != right and any(left in family and right in family for family in FAMILIES)
