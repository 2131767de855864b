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
SOURCES = frozenset({"arah", "sektor", "hasil", "penjualan", "pajak", "retribusi", "bidang", "industri"})
HEADS = frozenset({"total", "nilai", "rata-rata", "lama"})
HELPERS = frozenset("tidak tak akan telah sudah belum bisa dapat sedang masih sangat paling cukup pernah".split())  # noqa: SIM905
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
    over_at: int = 0
    """Index of that verb."""
    relative: str = ""
    """The clause that narrows the phrase: ``yang diimunisasi``."""
    goal: tuple[Token, ...] = ()
    """What the phrase is for: ``pembangunan jalan`` of "anggaran untuk pembangunan jalan mencapai Rp5 miliar"."""


def names(tokens: Sequence[Token]) -> bool:
    """Are all of them capitalised, as a name is?"""
    return all(token.text[0].isupper() and not token.low.endswith("nya") for token in tokens)


def left_phrase(clause: Clause, at: int) -> Left:
    """The noun phrase that governs the amount at ``at``."""
    phrase: list[Token] = []
    dropped: list[Token] = []
    place, verb, over, relative = "", "", "", ""
    at = _skip_fillers(clause, at)
    while at > 0 and not _is_amount_end(clause, at):
        token = clause.tokens[at - 1]
        if opened := _bracket(clause, at - 1):
            at = opened
        elif (opened := _aside_start(clause, at - 1, phrase)) and not dropped:
            phrase, verb, at = [], "", opened
        elif _ends_phrase(clause, at - 1, phrase):
            over = token.low if is_verb_like(token.low) and not dropped else ""
            break
        elif owned := _owned_part(token, phrase):
            phrase = owned
            break
        elif token.low in PREPOSITIONS and not (token.low == "per" and phrase):
            dropped, place = (dropped, place) if dropped else (phrase, token.low)
            phrase, at = [], _skip_fillers(clause, at - 1)
        elif token.low == "yang" or at - 1 in clause.masked:
            narrows = token.low == "yang" and verb
            verb, relative = ("", f"yang {verb}") if narrows else (verb, relative)
            phrase, at = [], at - 1
        elif is_verb_like(token.low) and token.low not in DEMONSTRATIVES:
            verb, at = verb or ("" if dropped else token.low), at - 1
        else:
            phrase.insert(0, token)
            at -= 1
    governing, aside = _own(trimmed(phrase)), trimmed(dropped)
    goal = tuple(aside) if governing and place == "untuk" and not names(aside) else ()
    place = "" if governing or not aside else place
    return Left(governing or aside, verb, place, over, at - 1, relative if governing else "", goal)


def _own(phrase: list[Token]) -> list[Token]:
    """``prevalensinya`` of "Kota Palu prevalensinya": a name before a noun with ``-nya`` is no part of it."""
    for at, token in enumerate(phrase):
        if at and _owned(token) and all(word.text[0].isupper() for word in phrase[:at]):
            return phrase[at:]
    return phrase


def _owned_part(token: Token, phrase: list[Token]) -> list[Token]:
    """``inflasinya`` of "daerah yang inflasinya", ``prevalensinya`` of "di Kota Palu prevalensinya"; else nothing."""
    if token.low == "yang" and any(_owned(word) for word in phrase):
        return phrase
    cut = _own(phrase) if token.low in PREPOSITIONS else phrase
    return cut if len(cut) < len(phrase) else []


def _owned(token: Token) -> bool:
    """Is it a noun with ``-nya``?"""
    return token.low.endswith("nya") and token.low not in NYA_WORDS | LOOSE | FILLERS


def _aside_start(clause: Clause, at: int, phrase: Sequence[Token]) -> int:
    """Where "yang diminta warga" or "atas dasar harga berlaku" begins behind a noun; 0 for none.

    ``at`` is the verb of the clause, or ``atas``; ``phrase`` what stands behind it.
    """
    if clause.word(at) == "atas" and phrase and phrase[0].low == "dasar":
        return at
    if not phrase or not is_verb_like(clause.word(at)) or not clause.word(at).startswith("di"):
        return 0
    while at > 1 and clause.word(at - 1) in HELPERS:
        at -= 1
    before = clause.tokens[at - 2] if at > 1 else None
    noun = before is not None and before.kind == "word" and before.low not in CLAUSE_WORDS | PREPOSITIONS | FILLERS
    return at - 1 if noun and clause.word(at - 1) == "yang" else 0


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
        return not names(trimmed(phrase)) and phrase[0].low not in SOURCES
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
    while (
        tokens
        and not _opens(tokens)
        and (tokens[0].low in LOOSE or tokens[0].low in EDGE or tokens[0].low in FILLERS or tokens[0].kind == "mark")
    ):
        tokens.pop(0)
    while tokens and (
        tokens[-1].low in LOOSE or tokens[-1].low in EDGE or tokens[-1].low in FILLERS or tokens[-1].kind == "mark"
    ):
        tokens.pop()
    return tokens[:LONGEST]


def _opens(tokens: Sequence[Token]) -> bool:
    """Is the first a head that other words narrow: ``total anggaran``, ``rata-rata lama sekolah``?"""
    after = next((token.low for token in tokens[1:] if token.low not in HEADS), "")
    return tokens[0].low in HEADS and bool(after) and after not in FILLERS | LOOSE | EDGE


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
