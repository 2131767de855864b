"""Words that say of what kind an amount is and leave open of what: ``kenaikan``, ``seluas``, ``selama``."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.figures.clauses import Clause
from nlp.figures.lexicon import words
from nlp.figures.phrases import FILLERS, SHORT, left_phrase, names, text_of
from nlp.figures.tokens import Token
from nlp.figures.units import is_verb_like

RELATIONAL = words("measures", "relational")
HAPPENS = words("measures", "happens")
BALANCES = frozenset({"inflasi", "deflasi", "surplus", "defisit", "laba", "rugi"})
UNDERGOES = frozenset({"mengalami", "mencatat", "mencatatkan", "membukukan"})
QUALIFIERS = words("measures", "qualifiers")
MONEY_VERBS = dict(pair.split(":") for pair in words("measures", "money_verbs"))
SHARE_VERBS = dict(pair.split(":") for pair in words("measures", "share_verbs"))
LINKING = words("phrases", "pale_verbs")
DIMENSIONS = dict(pair.split(":") for pair in words("measures", "dimensions"))
BEFORE_LENGTH = frozenset({"selama", "hingga", "sampai", "sekitar", "lebih", "dari", "kurang", "hampir", "maksimal"})
LOST = {"p": "m", "t": "n", "k": "ng", "s": "ny"}
JOINTS = (("lmnrwy", ""), ("bfv", "m"), ("cdjz", "n"), ("aeioughq", "ng"))
REACH = 4


def is_qualifier(phrase: Sequence[Token]) -> bool:
    """Is the phrase only how the figure was reckoned: ``secara tahunan sebesar 1,76 persen``?"""
    return bool(phrase) and all(token.low in QUALIFIERS or token.text in "-()" for token in phrase)


def whole_of(clause: Clause, phrase: Sequence[Token]) -> str:
    """``kontraksi pertumbuhan ekonomi`` of "pertumbuhan ekonomi mengalami kontraksi 1,4 persen"; empty for others."""
    head = phrase[0].low.removesuffix("nya")
    at = next(place for place, token in enumerate(clause.tokens) if token.start == phrase[0].start)
    undergone = head in BALANCES and clause.word(at - 1) in UNDERGOES
    if len(phrase) > 1 or not (head in RELATIONAL or undergone):
        return ""
    whole = left_phrase(clause, at).phrase
    if whole and not names(whole):
        return f"{head} {uncapital(text_of(clause, whole[:REACH]))}"
    if undergone:
        return ""
    previous = clause.found[-1] if clause.found else clause.earlier
    if previous is None or not previous.measures:
        return ""
    kept = [word for word in previous.measures.split() if word.lower() not in RELATIONAL]
    return " ".join([head, *kept[:SHORT]])


def dimension_of(clause: Clause, at: int, phrase: str) -> str:
    """``luas lahan`` of "lahan seluas 5 hektare": the phrase with the dimension that stands before the amount."""
    for place in range(at - 1, max(-1, at - REACH), -1):
        word = clause.word(place)
        if word in DIMENSIONS:
            named = DIMENSIONS[word]
            return phrase if named in phrase.lower().split() else f"{named} {uncapital(phrase)}"
        if word not in FILLERS:
            break
    return phrase


def uncapital(phrase: str) -> str:
    """A phrase from the start of a sentence in lower case, a name as it is."""
    first, _, rest = phrase.partition(" ")
    common = first.istitle() and (not rest or rest[0].islower())
    return f"{first.lower()} {rest}".strip() if common else phrase


def money_of(verb: str, phrase: str) -> str:
    """``kerugian negara`` of "merugikan negara hingga Rp6 miliar"; empty where the verb tells no kind of money."""
    kind = MONEY_VERBS.get(verb)
    return f"{kind} {uncapital(phrase)}" if kind else ""


def share_of(verb: str, phrase: str) -> str:
    """``kontribusi sektor pertanian`` of "sektor pertanian menyumbang 28 persen"; empty for other verbs."""
    kind = SHARE_VERBS.get(verb)
    return f"{kind} {uncapital(phrase)}" if kind else ""


def duration_of(clause: Clause, at: int) -> str:
    """``lama penahanan`` of "ditahan selama 20 hari", ``lama berkeliling``; empty where no verb is near ``selama``."""
    said = [clause.word(place) for place in range(max(0, at - REACH), at)]
    if "selama" not in said and not HAPPENS & set(said[-1:]):
        return ""
    place = at - 1
    while place >= 0 and clause.word(place) in BEFORE_LENGTH:
        place -= 1
    while place >= 0 and clause.tokens[place].kind == "word" and place not in clause.masked:
        word = clause.word(place)
        if word in HAPPENS:
            event = left_phrase(clause, place).phrase
            return f"lama {uncapital(text_of(clause, event[:REACH]))}" if event else ""
        if is_verb_like(word) and word not in LINKING:
            return f"lama {nominal_of(word)}"
        place -= 1
    return ""


def nominal_of(verb: str) -> str:
    """The noun of a passive verb, ``penahanan`` of ``ditahan``; other verbs stay as they are."""
    stem = verb.removeprefix("di").removesuffix("kan")
    if not verb.startswith("di") or len(stem) < REACH:
        return verb
    if stem[0] in LOST:
        return f"pe{LOST[stem[0]]}{stem[1:]}an"
    joint = next((joint for letters, joint in JOINTS if stem[0] in letters), "")
    return f"pe{joint}{stem}an"
