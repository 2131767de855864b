"""Which amounts are figures: no labels, ages, time frames, ``salah satu``; bare numbers only where introduced."""

from __future__ import annotations

import re

from nlp.figures.amounts import Amount
from nlp.figures.clauses import Clause
from nlp.figures.lexicon import counted, phrases, words
from nlp.figures.tokens import Token, glued
from nlp.figures.units import compose

LABEL_ALWAYS = words("label_always")
LABEL_OFTEN = words("label_often")
INTRODUCERS = words("introducers")
FRAME_AFTER = tuple(sorted(phrases("durations", "frame_after")))
FRAME_BEFORE = words("durations", "frame_before")
AGED_PEOPLE = words("durations", "aged_people")
AGED_THINGS = words("durations", "aged_things")
ONE_CLASSIFIERS = frozenset(
    {"orang", "unit", "buah", "ekor", "butir", "lembar", "paket", "kali", "helai", "batang", "pasang"}
)


def is_figure(clause: Clause, amount: Amount) -> bool:
    """Does ``amount`` say something about the world?"""
    if _is_label(clause, amount) or _is_glued(clause, amount):
        return False
    if amount.unit is None:
        return _bare(clause, amount)
    if amount.unit.sort == "duration":
        return _is_length(clause, amount)
    if _is_one(amount) and not _one_counts(clause, amount):
        return False
    return amount.unit.sort != "noun" or _noun_counts(clause, amount)


def _is_label(clause: Clause, amount: Amount) -> bool:
    """Is the number a label of the word before it: Pasal 5, kelas 3, SMAN 1?"""
    before = clause.word(amount.first - 1)
    if amount.currency:
        return False
    if before in LABEL_ALWAYS:
        return True
    strong = amount.unit is not None and amount.unit.sort in {"money", "percent", "measure", "duration"}
    if before in LABEL_OFTEN and not strong:
        return (
            amount.unit is None or _head(amount) not in counted() or clause.tokens[amount.first - 1].text[0].isupper()
        )
    return False


def _is_glued(clause: Clause, amount: Amount) -> bool:
    """Is the number part of a longer sign: 4K, 5/7, 3G, x12?"""
    tokens, first, last = clause.tokens, amount.first, amount.number.last
    if first and glued(tokens[first - 1], tokens[first]) and tokens[first - 1].text in {"/", "_", "#", "@", "+"}:
        return True
    if last >= len(tokens) or not glued(tokens[last - 1], tokens[last]):
        return False
    after = tokens[last]
    if after.kind == "word":
        return amount.unit is None or amount.unit.sort == "noun"
    if after.text == "/" and amount.unit is None:
        return compose(tokens, "", amount.last).last == amount.last
    return after.text in "-–—" and last + 1 < len(tokens) and amount.value_max is None and _is_score(clause, last)


def _is_score(clause: Clause, at: int) -> bool:
    after = clause.tokens[at + 1]
    return glued(clause.tokens[at], after) and after.kind == "number"


def _is_one(amount: Amount) -> bool:
    return amount.number.in_words and amount.value == 1.0 and amount.value_max is None


def _one_counts(clause: Clause, amount: Amount) -> bool:
    """``satu`` counts before a classifier or a unit of measure, otherwise it is an article."""
    if clause.word(amount.first - 1) in {"salah", "yang", "nomor", "satu", "menjadi"} or amount.unit is None:
        return False
    if clause.word(amount.first - 1) == "masing-masing":
        return True
    return amount.unit.sort != "noun" or _head(amount) in ONE_CLASSIFIERS


def _noun_counts(clause: Clause, amount: Amount) -> bool:
    """Is the noun after the number counted by it, and not the rest of a name?"""
    tokens, first = clause.tokens, amount.first
    noun = tokens[amount.unit_at]
    if _far(tokens[amount.unit_at - 1], noun, clause.text):
        return False
    if tokens[first].kind == "word" and tokens[first].text[0].isupper() and _mid_name(clause, first):
        return False
    known = _head(amount) in counted()
    if not _mid_name(clause, first):
        return known or noun.text.islower() or noun.text.isupper() or clause.word(first - 1) in INTRODUCERS
    return known and not noun.text[0].isupper()


def _far(number: Token, noun: Token, text: str) -> bool:
    """Do a line break or more than a few blanks lie between?"""
    gap = text[number.end : noun.start]
    return "\n" in gap or len(gap) > 20


def _head(amount: Amount) -> str:
    return re.split(r"[ /]", amount.unit.name)[0] if amount.unit is not None else ""


def _mid_name(clause: Clause, at: int) -> bool:
    """Does a capitalised word that is part of a name stand right before ``at``?"""
    if at == 0:
        return False
    before = clause.tokens[at - 1]
    if before.kind != "word" or not before.text[0].isupper() or before.low in INTRODUCERS:
        return False
    starts = at == 1 or (clause.tokens[at - 2].kind == "mark" and clause.tokens[at - 2].text in '"“”.:—–-')
    return not starts or before.low in LABEL_OFTEN or before.text.isupper()


def _is_length(clause: Clause, amount: Amount) -> bool:
    """Does the span of time say how long something lasts, and not when it is or how old someone is?"""
    rest = " ".join(token.low for token in clause.tokens[amount.last : amount.last + 3])
    if any(rest == frame or rest.startswith(f"{frame} ") for frame in FRAME_AFTER):
        return False
    before = clause.before(amount.first, 3).split()
    if _is_one(amount) and before[-1:] != ["selama"]:
        return False
    if set(before[-2:]) & AGED_PEOPLE:
        return bool(set(clause.before(amount.first, 5).split()) & AGED_THINGS)
    if set(before[-1:]) & FRAME_BEFORE or "sejak" in before or "masa" in before:
        return False
    capital = amount.first and clause.tokens[amount.first - 1].text[:1].isupper() and amount.first > 1
    return not (capital and amount.unit is not None and amount.unit.name == "year")


def _bare(clause: Clause, amount: Amount) -> bool:
    """May a number without a unit stand as figure: after ``sebanyak``, before ``yang``, or grouped as 90.128?"""
    if _is_one(amount):
        return clause.word(amount.first - 1) == "masing-masing" or _one_of_list(clause, amount)
    before, after = clause.word(amount.first - 1), clause.word(amount.last)
    if amount.number.in_words and before not in INTRODUCERS:
        return False
    follows = clause.tokens[amount.last] if amount.last < len(clause.tokens) else None
    if follows is not None and follows.kind == "number":
        return False
    if before in INTRODUCERS and not _mid_name(clause, amount.first):
        return before not in {"dan", "antara"} or amount.value_max is not None or amount.number.grouped
    thousands = (amount.number.grouped and amount.value >= 1000) or amount.number.scale >= 1000
    if thousands:
        return not _mid_name(clause, amount.first) or amount.number.scale >= 1000
    return (
        amount.first == 0
        and after in {"itu", "di", "yang"}
        and clause.earlier is not None
        and clause.earlier.amount.value >= amount.value
    )


def _one_of_list(clause: Clause, amount: Amount) -> bool:
    """``satu yang besar satu yang kecil`` after a counted pair."""
    after = clause.word(amount.last)
    if after not in {"yang", "berukuran", "di", "lagi"} or not clause.found or clause.word(amount.first - 1) == "salah":
        return False
    last = clause.found[-1]
    near = amount.first - last.amount.last <= 6
    counted_before = last.amount.unit is not None and last.amount.unit.sort == "noun"
    return near and (counted_before or last.carried)
