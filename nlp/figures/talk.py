"""What the talk is of where an amount stands without its noun: the money or the share that was named before."""

from __future__ import annotations

from nlp.figures.clauses import Clause
from nlp.figures.lexicon import words
from nlp.figures.tokens import Token
from nlp.figures.units import STOPS, is_verb_like

FILLERS = words("fillers")
HEADS = words("money", "heads")
SHARES = words("measures", "shares")
CLAUSE_WORDS = words("phrases", "clause_words")
PREPOSITIONS = words("phrases", "prepositions")
BOUNDS = STOPS | FILLERS | CLAUSE_WORDS | PREPOSITIONS | words("phrases", "time_heads") | {"yang"}
JOINS = frozenset({"besar", "terhadap", "dari", "untuk", "bagi"})
MONEY_SIZE = 3
SHARE_SIZE = 7


def money_talk(clause: Clause, *, before: int) -> str:
    """The last money phrase of two or three words before a token, ``dana hibah``; empty where there is none."""
    for at in range(before - 1, -1, -1):
        if clause.tokens[at].low in HEADS and (phrase := _plain_run(clause, at, before)):
            return " ".join(token.low for token in phrase)
    return ""


def money_named(clause: Clause, *, before: int) -> str:
    """The money that the sentence names before a token, one word if it must be; empty where it names none."""
    alone = (token.low for token in reversed(clause.tokens[:before]) if token.low in HEADS)
    return money_talk(clause, before=before) or next(alone, "")


def share_talk(clause: Clause, *, before: int) -> str:
    """What a share is of, ``kontribusi besar terhadap devisa``, where the sentence names it before the amount."""
    for at in range(before - 1, -1, -1):
        if clause.tokens[at].low in SHARES:
            end = at + 1
            while end < min(before, at + SHARE_SIZE) and _goes_on(clause, end):
                end += 1
            return clause.text[clause.tokens[at].start : clause.tokens[end - 1].end]
    return ""


def told_before(clause: Clause, noun: str) -> str:
    """What the last figure with the same noun counted: "Keempat perusahaan" are those of the sentence before."""
    for found in reversed([*([clause.earlier] if clause.earlier else []), *clause.found]):
        said = found.measures or ""
        if said.lower().startswith(f"{noun.lower()} "):
            return said
    return ""


def _plain_run(clause: Clause, at: int, end: int) -> list[Token]:
    """The head and the small words that narrow it; empty where it stands alone."""
    while at > 0 and clause.tokens[at - 1].low in HEADS:
        at -= 1
    phrase = [clause.tokens[at]]
    for token in clause.tokens[at + 1 : min(end, at + MONEY_SIZE)]:
        if not token.text.islower() or token.low in BOUNDS:
            break
        if is_verb_like(token.low) or token.kind != "word":
            break
        phrase.append(token)
    return phrase if len(phrase) > 1 else []


def _goes_on(clause: Clause, at: int) -> bool:
    token = clause.tokens[at]
    if token.kind != "word" or at in clause.masked:
        return False
    return token.low in JOINS or not (token.low in STOPS | FILLERS | CLAUSE_WORDS or is_verb_like(token.low))
