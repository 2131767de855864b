"""Ranks of an indicator (``urutan ke-7``, ``terbesar ketiga``) and collective numbers (``keempat perusahaan``)."""

from __future__ import annotations

import re

from nlp.figures.amounts import Amount
from nlp.figures.clauses import Clause, Found
from nlp.figures.lexicon import counted, words
from nlp.figures.numbers import Number, read_number
from nlp.figures.tokens import read_tokens
from nlp.figures.units import Unit, is_noun_like, read_noun

CUES = words("ranks", "cues")
SUPERLATIVES = words("ranks", "superlatives")
BLOCKERS = words("bare_collective_blockers")
FIRST = {"pertama": 1, "kesatu": 1, "pertamanya": 1}
SPORTS = frozenset("klasemen juara liga grup pertandingan lomba balap kualifikasi etape turnamen".split())  # noqa: SIM905


def read_rank(clause: Clause, at: int) -> Found | None:
    """A rank or collective number at token ``at``, None where there is none."""
    if clause.tokens[at].low[:2] != "ke" and clause.tokens[at].kind != "number" and clause.tokens[at].low not in FIRST:
        return None
    value, last = _ordinal(clause, at)
    if value is None:
        return None
    before = clause.word(at - 1)
    if (before in CUES or before in SUPERLATIVES) and not SPORTS & {
        token.low for token in clause.tokens[max(0, at - 30) : at + 30]
    }:
        return _found(clause, at, last, value, "urutan")
    if clause.tokens[at].kind == "word" and "-" not in clause.tokens[at].text and before not in CUES:
        return _collective(clause, at, last, value)
    return None


def _ordinal(clause: Clause, at: int) -> tuple[int | None, int]:
    """Value and end of ``ke-7``, ``ketujuh``, ``ke 7``, or a plain number after a cue."""
    token = clause.tokens[at]
    if token.low in FIRST:
        return FIRST[token.low], at + 1
    if joined := re.fullmatch(r"ke-(\d{1,4})", token.low):
        return int(joined[1]), at + 1
    if token.kind == "word" and token.low.startswith("ke") and len(token.low) > 4:
        return _in_words(clause, at)
    if token.low == "ke" and at + 1 < len(clause.tokens):
        after = at + 2 if clause.word(at + 1) in {"-", "–"} else at + 1
        text = clause.tokens[after].text if after < len(clause.tokens) else ""
        return (int(text), after + 1) if re.fullmatch(r"\d{1,4}", text) else (None, at)
    plain = re.fullmatch(r"\d{1,3}", token.text)
    cued = clause.word(at - 1) in {"urutan", "peringkat", "ranking", "rangking"}
    return (int(token.text), at + 1) if plain and cued and not _continues(clause, at) else (None, at)


def _continues(clause: Clause, at: int) -> bool:
    return clause.word(at + 1) in {"persen", "%", "besar"}


def _in_words(clause: Clause, at: int) -> tuple[int | None, int]:
    """``kelima``, ``kedua belas``."""
    first = read_tokens(clause.tokens[at].low[2:].lstrip("-"))
    joined = [*first, *clause.tokens[at + 1 : at + 3]]
    number = read_number(joined, 0) if len(first) == 1 and first[0].kind == "word" else None
    if number is None or number.value != int(number.value) or not 2 <= number.value <= 1000 or number.scale > 1:
        return None, at
    return int(number.value), at + number.last


def _collective(clause: Clause, at: int, last: int, value: int) -> Found | None:
    """``Kesepuluh kampung`` speaks of all ten; ``sesi kedua`` of one, ``Kedua, pemerintah`` of none."""
    tokens = clause.tokens
    if last >= len(tokens) or not is_noun_like(tokens[last]) or tokens[at].low in FIRST or value == 2:
        return None
    before = tokens[at - 1] if at else None
    if before is not None and before.kind == "word" and is_noun_like(before):
        return None
    if tokens[last].low not in counted() or tokens[last].low in BLOCKERS:
        return None
    name, end = read_noun(tokens, last)
    return _found(clause, at, end, value, name, unit_at=last)


def _found(clause: Clause, at: int, last: int, value: int, unit: str, *, unit_at: int | None = None) -> Found:
    number = Number(float(value), at, last, float(value), in_words=True)
    kind = Unit(unit, last, "noun" if unit != "urutan" else "measure")
    amount = Amount(at, last, number, float(value), kind, last if unit_at is None else unit_at)
    return Found(amount, unit, clause.tokens[at].start, clause.tokens[last - 1].end)
