"""The noun phrases beside an amount: the one that governs it and the one that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.figures.clauses import Clause
from nlp.figures.lexicon import words
from nlp.figures.tokens import Token
from nlp.figures.units import STOPS, is_verb_like

FILLERS = words("fillers")
PREPOSITIONS = words("phrases", "prepositions")
CLAUSE_WORDS = words("phrases", "clause_words")
EDGE = words("phrases", "edge")
TIME_HEADS = words("phrases", "time_heads")
DEMONSTRATIVES = frozenset({"itu", "ini", "tersebut"})
WHOLES = frozenset({"total", "jumlah", "seluruh", "semua", "keseluruhan", "para"})
LOOSE = words("measures", "loose")
NYA_WORDS = words("measures", "nya_words")
BARE_VERBS = frozenset(
    {"bekerja", "belajar", "ikut", "turut", "hadir", "naik", "turun", "tumbuh", "masuk", "datang", "tinggal"}
)
STEM = 4
LONGEST = 6
SHORT = 2


@dataclass(frozen=True, slots=True)
class Left:
    """The phrase before an amount."""

    phrase: list[Token]
    verb: str = ""
    """The verb between the phrase and the amount."""
    place: str = ""
    """The preposition of the phrase where no other phrase governs the amount: "di pedesaan turun 2 persen"."""
    over: str = ""
    """The verb whose object the phrase is."""


def names(tokens: Sequence[Token]) -> bool:
    """Are all of them capitalised, as a name is?"""
    return all(token.text[0].isupper() and not token.low.endswith("nya") for token in tokens)


def left_phrase(clause: Clause, at: int) -> Left:
    """The noun phrase that governs the amount at ``at``."""
    phrase: list[Token] = []
    dropped: list[Token] = []
    place, verb, over = "", "", ""
    at = _skip_fillers(clause, at)
    while at > 0 and not _is_amount_end(clause, at):
        token = clause.tokens[at - 1]
        if opened := _bracket(clause, at - 1):
            at = opened
        elif _ends_phrase(clause, at - 1, phrase):
            over = token.low if is_verb_like(token.low) and not dropped else ""
            break
        elif token.low in PREPOSITIONS and not (token.low == "per" and phrase):
            dropped, place = (dropped, place) if dropped else (phrase, token.low)
            phrase, at = [], _skip_fillers(clause, at - 1)
        elif token.low == "yang" or at - 1 in clause.masked:
            phrase, at = [], at - 1
        elif is_verb_like(token.low):
            verb, at = verb or ("" if dropped else token.low), at - 1
        else:
            phrase.insert(0, token)
            at -= 1
    governing, aside = trimmed(phrase), trimmed(dropped)
    return Left(governing or aside, verb, "" if governing or not aside else place, over)


def _ends_phrase(clause: Clause, at: int, phrase: Sequence[Token]) -> bool:
    """Does the token at ``at`` bound the phrase to its right: a mark, a date, a verb, a word that opens a clause?"""
    token = clause.tokens[at]
    if at in clause.masked:
        return bool(phrase) and not names(phrase)
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
        return not names(trimmed(phrase))
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


def trimmed(phrase: Sequence[Token]) -> list[Token]:
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
    return tokens[:LONGEST]


def right_phrase(clause: Clause, at: int) -> list[Token]:
    """``devisa pariwisata nasional`` in ``44 persen devisa pariwisata nasional``."""
    if clause.word(at) in {"dari", "untuk", "dalam"}:
        at += 1
    elif (clause.word(at), clause.word(at + 1)) == ("di", "antaranya"):
        at += 2
    while clause.word(at) in WHOLES:
        at += 1
    return trimmed(run(clause, at, end=len(clause.tokens), size=LONGEST - 2))


def run(clause: Clause, at: int, *, end: int, size: int) -> list[Token]:
    """Noun-like tokens from ``at`` on."""
    phrase: list[Token] = []
    while at < end and len(phrase) < size:
        token = clause.tokens[at]
        if token.kind != "word" or token.low in STOPS | PREPOSITIONS | BARE_VERBS or is_verb_like(token.low):
            break
        if at in clause.masked or token.low in FILLERS:
            break
        phrase.append(token)
        at += 1
    return phrase


def text_of(clause: Clause, tokens: Sequence[Token]) -> str:
    """The stretch of text from the first to the last token, white space folded, without ``-nya`` at its end."""
    text = " ".join(clause.text[tokens[0].start : tokens[-1].end].split()) if tokens else ""
    stem = text.removesuffix("nya")
    last = (stem.split() or [""])[-1]
    return stem if stem != text and len(last) >= STEM and text.split()[-1].lower() not in NYA_WORDS else text
