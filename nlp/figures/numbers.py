"""Numbers in digits and in words, with their scale: ``3.382,97``, ``1.5 juta``, ``12 ribu lima ratus``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp.figures.lexicon import scales
from nlp.figures.tokens import Token, glued, read_tokens

DIGITS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
}  # fmt: skip
ONES = {"sepuluh": 10, "sebelas": 11, "seratus": 100}
SCALED = {"seribu": 1e3, "sejuta": 1e6, "semiliar": 1e9, "semilyar": 1e9, "setriliun": 1e12}
HALF = {"setengah": 0.5, "seperempat": 0.25}
NEEDS_CURRENCY = frozenset({"m", "t", "k"})
INDONESIAN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+|\d+")
ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from ``tokens[first:last]``."""

    value: float
    first: int
    last: int
    base: float
    """The value before scale words."""
    scale: float = 1.0
    in_words: bool = False
    doubtful: bool = False
    """Digits whose separator can be read two ways ("2,800 triliun")."""
    grouped: bool = False
    """Digits with thousands or decimal separators."""


def parse_number(text: str) -> float | None:
    """The value of a text that is a number and nothing else, None where it is not.

    ``.`` parts thousands and ``,`` decimals; the English order is read where only it fits (``5.8``, ``1,234.5``).
    """
    tokens = read_tokens(text)
    number = read_number(tokens, 0)
    return number.value if number is not None and number.last == len(tokens) else None


def read_number(tokens: Sequence[Token], at: int, *, money: bool = False) -> Number | None:
    """The longest number that starts at ``tokens[at]``; ``money`` lets ``M`` and ``T`` be miliar and triliun."""
    if at >= len(tokens):
        return None
    number = _digits(tokens, at) if tokens[at].kind == "number" else _words(tokens, at)
    if number is None:
        return None
    number = _scaled(tokens, number, money=money)
    return _summed(tokens, number, money=money)


def read_digits(text: str) -> tuple[float, bool]:
    """Value of a digit string and whether its separator can be read two ways."""
    if INDONESIAN.fullmatch(text):
        whole, _, part = text.partition(",")
        doubtful = bool(re.fullmatch(r"[1-9]\d{0,2},\d{3}", text))
        return float(f"{whole.replace('.', '')}.{part or 0}"), doubtful
    if ENGLISH.fullmatch(text):
        return float(text.replace(",", "")), False
    return float(re.sub(r"\D", "", text)[:300]), True


def _digits(tokens: Sequence[Token], at: int) -> Number:
    text, last = tokens[at].text, at + 1
    while _spaced_group(tokens, last, text):
        text += f".{tokens[last + 1].text}"
        last += 2
    value, doubtful = read_digits(text)
    if re.fullmatch(r"0\.\d{3}", text):
        value = float(text)
    return Number(value, at, last, value, doubtful=doubtful, grouped=not text.isdigit())


def _spaced_group(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Does ``. 000`` follow, a thousands group with a blank?"""
    if at + 1 >= len(tokens) or len(text.split(".")[0]) > 3 or "," in text:
        return False
    dot, group = tokens[at], tokens[at + 1]
    return (
        dot.text == "."
        and glued(tokens[at - 1], dot)
        and bool(re.fullmatch(r"\d{3}(?:,\d+)?", group.text))
        and (group.start - dot.end == 1)
    )


def _words(tokens: Sequence[Token], at: int) -> Number | None:
    low = tokens[at].low
    if low in HALF:
        return Number(HALF[low], at, at + 1, HALF[low], in_words=True)
    if low in SCALED:
        return Number(SCALED[low], at, at + 1, 1.0, scale=SCALED[low], in_words=True)
    value, last = _below_thousand(tokens, at)
    if last == at:
        return None
    if last + 1 < len(tokens) and tokens[last].low == "koma" and tokens[last + 1].low in DIGITS:
        part = ""
        last += 1
        while last < len(tokens) and tokens[last].low in DIGITS:
            part += str(DIGITS[tokens[last].low])
            last += 1
        value += float(f"0.{part}")
    elif last < len(tokens) and tokens[last].low == "setengah":
        value, last = value + 0.5, last + 1
    return Number(value, at, last, value, in_words=True)


def _below_thousand(tokens: Sequence[Token], at: int) -> tuple[float, int]:
    """Value and end of the words from ``at``: ``lima ratus dua puluh tiga``; end equals ``at`` where there are none."""
    value, last, floor = 0.0, at, 1e18
    while last < len(tokens):
        low = tokens[last].low
        after = tokens[last + 1].low if last + 1 < len(tokens) else ""
        if low in ONES:
            step, size = float(ONES[low]), 1
        elif low in DIGITS:
            factor, size = {"belas": (1, 2), "puluh": (10, 2), "ratus": (100, 2)}.get(after, (1, 1))
            step = DIGITS[low] * factor + (10 if after == "belas" else 0)
        else:
            break
        if step >= floor or (floor == 1 and last > at):
            break
        value, last = value + step, last + size
        floor = 100 if step >= 100 else 10 if step >= 20 and step % 10 == 0 else 1
    return value, last


def _scaled(tokens: Sequence[Token], number: Number, *, money: bool) -> Number:
    """``number`` with the scale words after it; ``Rp800-an juta`` skips the ``-an``."""
    last, scale = _skip_an(tokens, number.last), number.scale
    while last < len(tokens) and (factor := _factor(tokens, last, money=money)) is not None:
        scale, last = scale * factor, last + 1
    if scale == number.scale:
        return number
    return replace(number, value=_tidy(number.base * scale), last=last, scale=scale)


def _skip_an(tokens: Sequence[Token], at: int) -> int:
    if at < len(tokens) and tokens[at].low == "an":
        return at + 1
    if at + 1 < len(tokens) and tokens[at].text == "-" and tokens[at + 1].low == "an":
        return at + 2
    return at


def _factor(tokens: Sequence[Token], at: int, *, money: bool) -> float | None:
    low = tokens[at].low
    if low in NEEDS_CURRENCY and not (money and (tokens[at].text.isupper() or low == "k")):
        return None
    return scales().get(low.removesuffix("-an"))


def _summed(tokens: Sequence[Token], number: Number, *, money: bool) -> Number:
    """Add smaller parts: ``12 ribu lima ratus``, ``satu juta dua ratus ribu``, ``1 miliar 200 juta``."""
    while number.scale > 1.0 and number.last < len(tokens):
        at = number.last
        part = _digits(tokens, at) if tokens[at].kind == "number" else _words(tokens, at)
        if part is None or (not part.in_words and part.grouped):
            return number
        part = _scaled(tokens, part, money=money)
        if not (1 <= part.value < number.scale) or (part.scale == 1.0 and not _small_words(number, part)):
            return number
        number = replace(number, value=number.value + part.value, last=part.last, scale=max(part.scale, 1.0))
    return number


def _small_words(number: Number, part: Number) -> bool:
    """May ``part`` stand without a scale word: ``12 ribu lima ratus``, ``dua ribu lima``?"""
    return part.in_words and (number.in_words or part.value >= 100)


def _tidy(value: float) -> float:
    """``38.6 * 1e9`` without its binary dust."""
    near = round(value)
    return float(near) if abs(value - near) < 1e-6 * max(1.0, abs(value)) * 1e-3 else float(f"{value:.15g}")
