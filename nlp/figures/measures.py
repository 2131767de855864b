"""What an amount measures: a short noun phrase from the words before it, or from those after it."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.figures.amounts import Amount
from nlp.figures.clauses import Clause, Found
from nlp.figures.counted import counted_phrase, part_phrase
from nlp.figures.lexicon import words
from nlp.figures.phrases import (
    EDGE,
    FILLERS,
    LONGEST,
    PREPOSITIONS,
    SHORT,
    left_phrase,
    names,
    right_phrase,
    run,
    text_of,
)
from nlp.figures.relations import dimension_of, duration_of, is_qualifier, money_of, share_of, whole_of
from nlp.figures.talk import money_named, money_talk, share_talk, told_before
from nlp.figures.tokens import Token

MONEY = words("money", "words")
MONEY_HEADS = MONEY | words("money", "heads")
QUANTITY = frozenset({"jumlah", "total", "jumlahnya", "banyaknya"})
COMPARED = frozenset({"daripada", "dibanding", "dibandingkan", "ketimbang"})
PALE_UNITS = words("measures", "pale_units")
BARE_ROLES = frozenset({"target", "targetnya", "realisasi", "realisasinya"})
ROLES = BARE_ROLES | {"capaian"}


def read_measures(clause: Clause, found: Found) -> str | None:
    """The thing measured, at most six words of the text; None where no noun phrase is near."""
    amount = found.amount
    same = _told_again(clause, amount)
    if same is not None:
        return same
    if amount.unit is not None and amount.unit.sort == "noun" and _head(found) not in PALE_UNITS:
        return counted_phrase(clause, amount)
    if amount.unit is not None and amount.unit.sort == "duration" and (span := duration_of(clause, amount.first)):
        return span
    left = left_phrase(clause, amount.first)
    if amount.unit is not None and amount.unit.sort == "noun":
        return counted_phrase(clause, amount) if left.verb or not left.phrase else text_of(clause, left.phrase)
    if found.carried and not found.unit.startswith("IDR"):
        counted = left.phrase and left.phrase[0].low in QUANTITY
        return text_of(clause, left.phrase) if counted else told_before(clause, found.unit) or found.unit or None
    aside = left.place in COMPARED or (left.place == "di" and clause.found) or is_qualifier(left.phrase)
    if aside and (carried := _inherited(clause, found)):
        return carried
    if left.phrase and _somebody(found, left.phrase) and (lost := money_of(left.over, text_of(clause, left.phrase))):
        return lost
    return _governed(clause, found, left.phrase, left.verb)


def _governed(clause: Clause, found: Found, left: Sequence[Token], verb: str) -> str | None:
    """What the phrase before or behind the amount says, else what the talk is of."""
    amount = found.amount
    right = right_phrase(clause, amount.last)
    if verb and left and _somebody(found, left):
        paid = money_of(verb, text_of(clause, left)) or money_named(clause, before=amount.first)
        if paid:
            return paid
    if found.unit == "%" and left and (part := share_of(verb, text_of(clause, right or left))):
        return part
    if found.unit == "%" and len(left) == 1 and left[0].low in QUANTITY and right:
        left = []
    object_follows = verb.startswith("me") and right and (names(left) or _shares(amount))
    if left and not object_follows:
        return dimension_of(clause, amount.first, _completed(clause, found, left))
    if right:
        phrase = text_of(clause, right)
        return part_phrase(clause, clause.tokens.index(right[-1]) + 1, phrase) if found.unit == "%" else phrase
    if found.unit == "%" and (again := _same_whole(clause, found)):
        return again
    return _talked_of(clause, found)


def _same_whole(clause: Clause, found: Found) -> str:
    """``responden yang memilih pasar`` of "45 persen responden memilih toko, 30 persen memilih pasar"; else empty."""
    previous = clause.found[-1] if clause.found else None
    if previous is None or previous.unit != "%" or not previous.measures:
        return ""
    whole = previous.measures.partition(" yang ")[0]
    phrase = part_phrase(clause, found.amount.last, whole)
    return phrase if phrase != whole else ""


def _talked_of(clause: Clause, found: Found) -> str | None:
    """What the sentence, the figure before or the same figure told earlier is about."""
    share = share_talk(clause, before=found.amount.first) if found.unit == "%" else ""
    again = share or clause.said.get((found.amount.value, found.unit)) or _inherited(clause, found)
    return again or _money_spoken_of(clause, found) or _subject(clause, found.amount)


def _head(found: Found) -> str:
    return found.unit.split()[0].split("/")[0]


def _somebody(found: Found, left: Sequence[Token]) -> bool:
    """Is the phrase before money the one who pays or gets it, not what it is: "warga menawar Rp4 juta"?"""
    return found.unit.startswith("IDR") and not MONEY_HEADS & {token.low for token in left}


def _money_spoken_of(clause: Clause, found: Found) -> str:
    """What the sentence, or the talk before it, says the money is."""
    return (money_talk(clause, before=found.amount.first) or clause.talk) if found.unit.startswith("IDR") else ""


def _completed(clause: Clause, found: Found, left: Sequence[Token]) -> str:
    """The phrase before the amount with what it lacks: a list's head, what the money is for, whose share it is."""
    phrase = text_of(clause, left)
    if phrase.lower() in BARE_ROLES and clause.found and clause.found[-1].measures:
        kept = [word for word in clause.found[-1].measures.split() if word.lower() not in ROLES]
        return " ".join([phrase.lower().removesuffix("nya"), *kept])
    previous = clause.found[-1] if clause.found else clause.earlier if found.unit != "%" else None
    if names(left) and previous is not None and previous.measures and previous.unit == found.unit:
        head = [word for word in previous.measures.split() if not word[0].isupper()]
        return " ".join([*head[:3], phrase])
    if found.unit == "IDR" and names(left) and clause.talk and not clause.topic:
        return f"{clause.talk} {phrase}"
    if found.unit.startswith("IDR") and clause.topic and not MONEY & {token.low for token in left}:
        return f"{clause.topic} {phrase}"
    if found.unit == "IDR" and len(left) <= SHORT and clause.word(found.amount.last) == "untuk":
        goal = right_phrase(clause, found.amount.last)[:SHORT]
        return f"{phrase} untuk {text_of(clause, goal)}" if goal else phrase
    return whole_of(clause, left) or phrase


def _told_again(clause: Clause, amount: Amount) -> str | None:
    """In ``Rp2,9 triliun atau 87 persen``, ``85 hektare (60 persen)`` the second tells the first once more."""
    if not clause.found or amount.unit is None:
        return None
    before = clause.found[-1]
    gap = [clause.word(at) for at in range(before.amount.last, amount.first)]
    if gap[:1] in (["atau"], ["("]) and set(gap[1:]) <= FILLERS:
        return before.measures if amount.unit.sort in {"percent", "money"} else None
    became = gap[-1:] in (["menjadi"], ["jadi"], ["ke"]) and len(gap) <= SHORT
    return before.measures if became and _rate(before.unit) == _rate(amount.unit.name) else None


def _rate(unit: str) -> str:
    """The unit without ``per``; a move in points is told of a rate in per cent."""
    return "%" if unit in {"bps", "pp"} else unit.split("/")[0]


def _shares(amount: Amount) -> bool:
    """Is it a part or a mass of what follows: ``menguasai 30% lahan``, ``mendatangkan 50 ton cabai``?"""
    return amount.unit is not None and amount.unit.sort in {"percent", "measure"}


def _inherited(clause: Clause, found: Found) -> str | None:
    """What the figure before measures, where both have one unit."""
    previous = clause.found[-1] if clause.found else clause.earlier
    same = previous is not None and previous.unit.split("/")[0] == found.unit.split("/")[0]
    return previous.measures if previous is not None and same else None


def _subject(clause: Clause, amount: Amount) -> str | None:
    """The noun phrase that the sentence begins with."""
    at = 0
    while at < amount.first and (clause.tokens[at].kind == "mark" or clause.tokens[at].low in EDGE | PREPOSITIONS):
        at += 1
    phrase = run(clause, at, end=amount.first, size=LONGEST - 1)
    return text_of(clause, phrase) if phrase and not names(phrase[1:] or phrase) else None
