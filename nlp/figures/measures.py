"""What an amount measures: a short noun phrase from the words before it, or from those after it."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.figures.amounts import Amount
from nlp.figures.clauses import Clause, Found
from nlp.figures.counted import counted_phrase
from nlp.figures.lexicon import words
from nlp.figures.talk import money_named, money_talk, share_talk, told_before
from nlp.figures.tokens import Token
from nlp.figures.units import STOPS, is_verb_like

FILLERS = words("fillers")
MONEY = words("money", "words")
MONEY_HEADS = MONEY | words("money", "heads")
PREPOSITIONS = words("phrases", "prepositions")
CLAUSE_WORDS = words("phrases", "clause_words")
EDGE = words("phrases", "edge")
TIME_HEADS = words("phrases", "time_heads")
DEMONSTRATIVES = frozenset({"itu", "ini", "tersebut"})
QUANTITY = frozenset({"jumlah", "total", "jumlahnya", "banyaknya"})
LOOSE = words("measures", "loose")
NYA_WORDS = words("measures", "nya_words")
PALE_UNITS = words("measures", "pale_units")
BARE_ROLES = frozenset({"target", "targetnya", "realisasi", "realisasinya"})
ROLES = BARE_ROLES | {"capaian"}
STEM = 4
LONGEST = 6
SHORT = 2


def read_measures(clause: Clause, found: Found) -> str | None:
    """The thing measured, at most six words of the text; None where no noun phrase is near."""
    amount = found.amount
    same = _told_again(clause, amount)
    if same is not None:
        return same
    if amount.unit is not None and amount.unit.sort == "noun" and found.unit.split()[0].split("/")[0] not in PALE_UNITS:
        return counted_phrase(clause, amount)
    left, acted = _left_phrase(clause, amount.first)
    if amount.unit is not None and amount.unit.sort == "noun":
        return counted_phrase(clause, amount) if acted or not left else _text(clause, left)
    if found.carried and not found.unit.startswith("IDR"):
        counted = left and left[0].low in QUANTITY
        return _text(clause, left) if counted else told_before(clause, found.unit) or found.unit or None
    right = _right_phrase(clause, amount.last)
    if acted and left and _somebody(found, left) and (named := money_named(clause, before=amount.first)):
        return named
    if left and not (acted and right and (_names(left) or _shares(amount))):
        return _completed(clause, found, left)
    if right:
        return _text(clause, right)
    return _inherited(clause, found) or _spoken_of(clause, found) or _subject(clause, amount)


def _somebody(found: Found, left: Sequence[Token]) -> bool:
    """Is the phrase before money the one who pays or gets it, not what it is: "warga menawar Rp4 juta"?"""
    return found.unit.startswith("IDR") and not MONEY_HEADS & {token.low for token in left}


def _spoken_of(clause: Clause, found: Found) -> str:
    """What the sentence, or for money the talk before it, is about."""
    at = found.amount.first
    if found.unit.startswith("IDR"):
        return money_talk(clause, before=at) or clause.talk
    return share_talk(clause, before=at) if found.unit == "%" else ""


def _completed(clause: Clause, found: Found, left: Sequence[Token]) -> str:
    """The phrase before the amount with what it lacks: a list's head, what the money is for, ``lama`` of a span."""
    phrase = _text(clause, left)
    if phrase.lower() in BARE_ROLES and clause.found and clause.found[-1].measures:
        kept = [word for word in clause.found[-1].measures.split() if word.lower() not in ROLES]
        return " ".join([phrase.lower().removesuffix("nya"), *kept])
    if found.amount.unit is not None and found.amount.unit.sort == "duration":
        return f"lama {phrase}" if clause.word(found.amount.first - 1) == "selama" else phrase
    previous = clause.found[-1] if clause.found else clause.earlier if found.unit != "%" else None
    if _names(left) and previous is not None and previous.measures and previous.unit == found.unit:
        head = [word for word in previous.measures.split() if not word[0].isupper()]
        return " ".join([*head[:3], phrase])
    if found.unit == "IDR" and _names(left) and clause.talk and not clause.topic:
        return f"{clause.talk} {phrase}"
    if found.unit.startswith("IDR") and clause.topic and not MONEY & {token.low for token in left}:
        return f"{clause.topic} {phrase}"
    if found.unit == "IDR" and len(left) <= SHORT and clause.word(found.amount.last) == "untuk":
        goal = _right_phrase(clause, found.amount.last)[:SHORT]
        return f"{phrase} untuk {_text(clause, goal)}" if goal else phrase
    return phrase


def _told_again(clause: Clause, amount: Amount) -> str | None:
    """In ``Rp2,9 triliun atau 87 persen``, ``85 hektare (60 persen)`` the second tells the first once more."""
    if not clause.found or amount.unit is None:
        return None
    before = clause.found[-1]
    gap = [clause.word(at) for at in range(before.amount.last, amount.first)]
    if gap[:1] in (["atau"], ["("]) and set(gap[1:]) <= FILLERS:
        return before.measures if amount.unit.sort in {"percent", "money"} else None
    became = gap[-1:] in (["menjadi"], ["jadi"], ["ke"]) and len(gap) <= SHORT
    return before.measures if became and before.unit.split("/")[0] == amount.unit.name.split("/")[0] else None


def _shares(amount: Amount) -> bool:
    """Is it a part or a mass of what follows: ``menguasai 30% lahan``, ``mendatangkan 50 ton cabai``?"""
    return amount.unit is not None and amount.unit.sort in {"percent", "measure"}


def _names(tokens: Sequence[Token]) -> bool:
    return all(token.text[0].isupper() and not token.low.endswith("nya") for token in tokens)


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
    phrase = _run(clause, at, end=amount.first, size=LONGEST - 1)
    return _text(clause, phrase) if phrase and not _names(phrase[1:] or phrase) else None


def _left_phrase(clause: Clause, at: int) -> tuple[list[Token], bool]:
    """The noun phrase that governs the amount at ``at``, and whether a verb stands between."""
    phrase: list[Token] = []
    dropped: list[Token] = []
    acted = False
    at = _skip_fillers(clause, at)
    while at > 0 and not _is_amount_end(clause, at):
        token = clause.tokens[at - 1]
        if opened := _bracket(clause, at - 1):
            at = opened
        elif _ends_phrase(clause, at - 1, phrase):
            break
        elif token.low in PREPOSITIONS and not (token.low == "per" and phrase):
            dropped, phrase, at = dropped or phrase, [], _skip_fillers(clause, at - 1)
        elif token.low == "yang" or at - 1 in clause.masked:
            phrase, at = [], at - 1
        elif is_verb_like(token.low):
            acted, at = True, at - 1
        else:
            phrase.insert(0, token)
            at -= 1
    return _trimmed(phrase) or _trimmed(dropped), acted


def _ends_phrase(clause: Clause, at: int, phrase: Sequence[Token]) -> bool:
    """Does the token at ``at`` bound the phrase to its right: a mark, a date, a verb, a word that opens a clause?"""
    token = clause.tokens[at]
    if at in clause.masked:
        return bool(phrase) and not _names(phrase)
    if token.kind == "mark" and token.text not in "/'’‘":
        return True
    if phrase and (_bounds(token, phrase) or is_verb_like(token.low)):
        return token.low not in PREPOSITIONS or _bounds(token, phrase)
    return token.low in CLAUSE_WORDS - PREPOSITIONS - DEMONSTRATIVES - {"yang"}


def _bracket(clause: Clause, at: int) -> int:
    """Where the short form in brackets begins that ends at token ``at``: ``dana bagi hasil (DBH)``; 0 for none."""
    if clause.word(at) != ")":
        return 0
    inside = clause.tokens[max(0, at - 2) : at]
    short = len(inside) == 2 and inside[0].text == "(" and inside[1].kind == "word"
    return at - 2 if short else 0


def _bounds(token: Token, phrase: Sequence[Token]) -> bool:
    """Does ``token`` end the noun phrase to its right for good, and not open a phrase of place or time?"""
    if token.low == "dari":
        return not _names(_trimmed(phrase))
    return token.low == "dengan" or token.low in CLAUSE_WORDS


def _skip_fillers(clause: Clause, at: int) -> int:
    while at > 0 and not _is_amount_end(clause, at) and _fills(clause, at - 1):
        at -= 1
    return at


def _fills(clause: Clause, at: int) -> bool:
    """Is the token one of those between a noun phrase and its amount?"""
    token = clause.tokens[at]
    if token.text == ",":
        return at > 0 and (at - 1 in clause.masked or clause.tokens[at - 1].low in FILLERS)
    return at in clause.masked or token.low in FILLERS or token.low in TIME_HEADS or token.text in "(:~±<>-"


def _is_amount_end(clause: Clause, at: int) -> bool:
    return any(other.amount.last == at for other in clause.found)


def _trimmed(phrase: Sequence[Token]) -> list[Token]:
    """``phrase`` without loose words and marks at its edges."""
    tokens = list(phrase)
    while tokens and (
        tokens[0].low in LOOSE or tokens[0].low in EDGE or tokens[0].low in FILLERS or tokens[0].kind == "mark"
    ):
        tokens.pop(0)
    while tokens and (
        tokens[-1].low in LOOSE or tokens[-1].low in EDGE or tokens[-1].low in FILLERS or tokens[-1].kind == "mark"
    ):
        tokens.pop()
    return tokens[-LONGEST:]


def _right_phrase(clause: Clause, at: int) -> list[Token]:
    """``devisa pariwisata nasional`` in ``44 persen devisa pariwisata nasional``."""
    if clause.word(at) in {"dari", "untuk", "dalam"}:
        at += 1
    return _trimmed(_run(clause, at, end=len(clause.tokens), size=LONGEST - 2))


def _run(clause: Clause, at: int, *, end: int, size: int) -> list[Token]:
    """Noun-like tokens from ``at`` on."""
    phrase: list[Token] = []
    while at < end and len(phrase) < size:
        token = clause.tokens[at]
        if token.kind != "word" or token.low in STOPS or token.low in PREPOSITIONS or is_verb_like(token.low):
            break
        if at in clause.masked or token.low in FILLERS:
            break
        phrase.append(token)
        at += 1
    return phrase


def _text(clause: Clause, tokens: Sequence[Token]) -> str:
    """The stretch of text from the first to the last token, white space folded, without ``-nya`` at its end."""
    text = " ".join(clause.text[tokens[0].start : tokens[-1].end].split()) if tokens else ""
    stem = text.removesuffix("nya")
    return (
        stem if stem != text and len(stem.split()[-1]) >= STEM and text.split()[-1].lower() not in NYA_WORDS else text
    )
