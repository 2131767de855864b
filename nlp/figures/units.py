"""What a number counts or measures: money, per cent, a measure, time, or a noun; with ``per kg`` and the like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nlp.figures.lexicon import Phrases, counted, phrases, units, words
from nlp.figures.tokens import Token, glued

Sort = Literal["money", "percent", "measure", "duration", "noun"]

STOPS = words("stop_nouns")
NOUNS_LIKE_VERBS = words("nouns_like_verbs")
OPEN_HEADS = words("open_heads")
CLASSIFIERS = words("classifiers")
COMPOUNDS = phrases("compounds")
VERB_STARTS = ("mem", "men", "meng", "meny", "mel", "mer", "mew", "di", "ter", "ber")
MONTHS = frozenset(
    "januari februari maret april mei juni juli agustus september oktober november desember".split()  # noqa: SIM905
)
SHORT = frozenset({"m", "g", "l", "kw", "t", "ha", "kl", "ml", "mm", "mg"})
LONGEST = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit that ends before ``tokens[last]``."""

    name: str
    last: int
    sort: Sort


def read_unit(tokens: Sequence[Token], at: int, *, currency: str | None = None, in_words: bool = False) -> Unit | None:
    """The unit that starts at ``tokens[at]``; ``currency`` is the mark that stood before the number."""
    unit = Unit(currency, at, "money") if currency else _named(tokens, at, in_words=in_words) or _noun(tokens, at)
    if unit is None:
        return None
    return unit if unit.sort == "duration" else _composed(tokens, unit)


def compose(tokens: Sequence[Token], name: str, at: int) -> Unit:
    """``name`` with what follows: ``IDR`` and ``per kg`` make ``IDR/kg``; ``last`` is ``at`` where nothing does."""
    return _composed(tokens, Unit(name, at, "money"))


def is_verb_like(low: str) -> bool:
    """Does the lower-case word look like a verb: ``membeli``, ``dijual``, ``terdampak``?"""
    if low in NOUNS_LIKE_VERBS or low in counted() or len(low) < 6:
        return False
    return low.startswith(VERB_STARTS)


def is_noun_like(token: Token) -> bool:
    """May the token be a counted noun?"""
    if token.kind != "word" or token.low in STOPS or len(token.text) < 2:
        return False
    return not is_verb_like(token.low)


def read_noun(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """A counted noun from ``tokens[at]`` in lower case, and where it ends."""
    last = at + 1
    if last < len(tokens) and is_noun_like(tokens[last]) and _belongs(tokens[at], tokens[last]):
        last += 1
    slashed = last + 1 < len(tokens) and tokens[last].text == "/" and is_noun_like(tokens[last + 1])
    if slashed and not _is_whole(tokens, last + 1):
        last += 2
    return _name(tokens, at, last), last


def _name(tokens: Sequence[Token], first: int, last: int) -> str:
    parts = [tokens[first].text]
    for left, right in zip(tokens[first:last], tokens[first + 1 : last], strict=False):
        parts.append(right.text if glued(left, right) else f" {right.text}")
    return "".join(parts).lower()


def _belongs(head: Token, word: Token) -> bool:
    """Is ``word`` part of the counted noun that ``head`` opens?"""
    if head.low in CLASSIFIERS:
        return f"{head.low} {word.low}" in COMPOUNDS
    if f"{head.low} {word.low}" in COMPOUNDS:
        return True
    return head.low in OPEN_HEADS and (word.text.islower() or word.text.isupper())


def _named(tokens: Sequence[Token], at: int, *, in_words: bool) -> Unit | None:
    """A unit of the lexicon."""
    tables: tuple[tuple[str, Sort], ...] = (
        ("percent", "percent"), ("currency_after", "money"), ("measures", "measure"), ("durations", "duration"),
    )  # fmt: skip
    best: Unit | None = None
    for table, sort in tables:
        name, last = match_phrase(tokens, at, units()[table])
        if name is not None and (best is None or last > best.last):
            best = Unit(name, last, sort)
    if best is not None and best.sort == "measure" and tokens[at].low in SHORT and best.last == at + 1:
        return best if _short_fits(tokens[at], in_words=in_words) else None
    return best


def _short_fits(token: Token, *, in_words: bool) -> bool:
    return not in_words and (token.text.islower() or token.text in {"M", "Ha", "HA", "L", "KW", "Kw", "MM", "Mm"})


def match_phrase(tokens: Sequence[Token], at: int, table: Phrases) -> tuple[str | None, int]:
    """The longest spelling of ``table`` at ``tokens[at]``: its name and where it ends."""
    for size in range(min(LONGEST, len(tokens) - at), 0, -1):
        key = tuple(token.low for token in tokens[at : at + size])
        if key in table:
            return table[key], at + size
    return None, at


def _noun(tokens: Sequence[Token], at: int) -> Unit | None:
    if at >= len(tokens) or not is_noun_like(tokens[at]):
        return None
    if tokens[at].low == "kali" and at + 1 < len(tokens) and tokens[at + 1].low == "lipat":
        return Unit("kali lipat", at + 2, "noun")
    name, last = read_noun(tokens, at)
    return Unit(name, last, "noun")


def _composed(tokens: Sequence[Token], unit: Unit) -> Unit:
    """``unit`` with what it is per: ``IDR/kg``, ``IDR/kapita/month``."""
    for _ in range(2):
        part, last = _per(tokens, unit.last)
        if part is None:
            break
        unit = Unit(f"{unit.name}/{part}", last, unit.sort)
    return unit


def _per(tokens: Sequence[Token], at: int) -> tuple[str | None, int]:
    if at >= len(tokens):
        return None, at
    low, nxt = tokens[at].low, at + 1
    if low.startswith("se") and (low,) in units()["whole"]:
        return units()["whole"][(low,)], nxt
    if low.startswith("per") and len(low) > 5 and (inner := _spelled(low[3:])):
        return inner, nxt
    if low not in {"/", "per", "tiap", "setiap"} or nxt >= len(tokens):
        return None, at
    if tokens[nxt].text == "-":
        nxt += 1
    return _denominator(tokens, nxt, at, always=low in {"/", "per"})


def _denominator(tokens: Sequence[Token], at: int, back: int, *, always: bool) -> tuple[str | None, int]:
    """The unit below the line; ``back`` is returned as end where there is none."""
    if at >= len(tokens) or tokens[at].kind != "word" or tokens[at].low in MONTHS:
        return None, back
    follows_ini = at + 1 < len(tokens) and tokens[at + 1].low == "ini"
    for table in ("whole", "measures"):
        name, last = match_phrase(tokens, at, units()[table])
        if name is not None and not tokens[at].low.startswith("se") and not follows_ini:
            return name, last
    if not (is_noun_like(tokens[at]) and (always or tokens[at].low in counted())) or follows_ini:
        return None, back
    if tokens[at].text[0].isupper() and not tokens[at].text.isupper():
        return None, back
    return read_noun(tokens, at)


def _is_whole(tokens: Sequence[Token], at: int) -> bool:
    return (tokens[at].low,) in units()["whole"] or (tokens[at].low,) in units()["measures"]


def _spelled(low: str) -> str | None:
    """``kilogram`` of ``perkilogram``."""
    return units()["whole"].get((low,)) or units()["measures"].get((low,))
