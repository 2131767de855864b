"""What an amount measures: a short noun phrase from the words before it, or from those after it."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.figures.amounts import Amount
from nlp.figures.clauses import Clause, Found
from nlp.figures.counted import counted_phrase, part_phrase
from nlp.figures.lexicon import counted, words
from nlp.figures.phrases import (
    EDGE,
    FILLERS,
    LONGEST,
    PREPOSITIONS,
    SHORT,
    Left,
    left_phrase,
    names,
    right_phrase,
    run,
    text_of,
)
from nlp.figures.relations import (
    DIMENSIONS,
    dimension_of,
    duration_of,
    is_qualifier,
    money_of,
    share_of,
    uncapital,
    whole_of,
)
from nlp.figures.talk import money_named, money_talk, share_talk, told_before
from nlp.figures.tokens import Token

MONEY = words("money", "words")
MONEY_HEADS = MONEY | words("money", "heads")
QUANTITY = frozenset({"jumlah", "total", "jumlahnya", "banyaknya"})
COMPARED = frozenset({"daripada", "dibanding", "dibandingkan", "ketimbang"})
PALE_UNITS = words("measures", "pale_units")
COMES_TO, HAS = words("measures", "comes_to"), words("measures", "has")
COSTS, TOLD = words("measures", "costs"), words("measures", "told")
PRICED_BY = words("measures", "priced_by")
TARGETS = frozenset({"menargetkan", "mematok", "memasang"})
BARE_ROLES = frozenset({"target", "targetnya", "realisasi", "realisasinya"})
ROLES = BARE_ROLES | {"capaian"}


def read_measures(clause: Clause, found: Found) -> str | None:
    """The thing measured, at most six words of the text; None where no noun phrase is near."""
    amount = found.amount
    same = _told_again(clause, amount)
    if same is not None:
        return same
    if amount.unit is not None and amount.unit.sort == "duration" and (span := duration_of(clause, amount.first)):
        return span
    left = left_phrase(clause, amount.first)
    if amount.unit is not None and amount.unit.sort == "noun":
        if clause.word(amount.first - 1) in DIMENSIONS and left.phrase:
            return dimension_of(clause, amount.first, text_of(clause, left.phrase))
        return _with_relative(clause, left) if _tells_count(clause, found, left) else counted_phrase(clause, amount)
    if found.unit == "urutan":
        return _ranked(clause, found) or _governed(clause, found, left)
    if found.carried and not found.unit.startswith("IDR"):
        counted = left.phrase and left.phrase[0].low in QUANTITY
        return text_of(clause, left.phrase) if counted else _part_of(clause, found) or found.unit or None
    left = _over_counted(clause, found, left)
    aside = left.place in COMPARED or (left.place == "di" and clause.found) or is_qualifier(left.phrase)
    if aside and (carried := _inherited(clause, found)):
        return carried
    if left.phrase and _somebody(found, left.phrase) and (lost := money_of(left.over, text_of(clause, left.phrase))):
        return lost
    if spent := _cost(clause, left) or _goal(clause, found, left):
        return spent
    return _governed(clause, found, left)


def _over_counted(clause: Clause, found: Found, left: Left) -> Left:
    """``hibah`` of "hibah untuk 214 lembaga keagamaan sebesar Rp4,7 miliar": the money before the counted ones."""
    previous = clause.found[-1] if clause.found and found.unit.startswith("IDR") else None
    if previous is None or previous.amount.unit is None or previous.amount.unit.sort != "noun":
        return left
    tail = not left.phrase or (not left.verb and left.phrase[0].start >= previous.end and len(left.phrase) <= SHORT)
    before = left_phrase(clause, previous.amount.first) if tail else left
    return before if before.phrase and before.phrase[0].low.removesuffix("nya") in MONEY_HEADS else left


def _tells_count(clause: Clause, found: Found, left: Left) -> bool:
    """Is what is counted told before the amount: "Jumlah penduduk miskin mencapai 123 ribu jiwa"?"""
    behind = {other.amount.last for other in clause.found}
    if (
        not left.phrase
        or left.verb
        or any(clause.tokens[at] is left.phrase[0] for at in behind if at < len(clause.tokens))
    ):
        return False
    if _head(found) in PALE_UNITS or left.phrase[0].low in QUANTITY:
        return True
    if left.phrase[0].low in TOLD and not left.place:
        return True
    between = {token.low for token in clause.tokens if left.phrase[-1].end <= token.start < found.start}
    said = bool(between & COMES_TO) and not between & HAS and not left.place and not _is_name(clause, left.phrase)
    return said and " " not in found.unit and (len(left.phrase) > 1 or bool(left.relative))


def _is_name(clause: Clause, phrase: Sequence[Token]) -> bool:
    """Are all words capitalised, and not only as the first of a sentence?"""
    first = len(phrase) == 1 and phrase[0] is clause.tokens[0] and not phrase[0].text.isupper()
    return names(phrase) and not first


def _with_relative(clause: Clause, left: Left) -> str:
    """The phrase, one of a single word with the clause that narrows it."""
    return f"{text_of(clause, left.phrase)} {left.relative if len(left.phrase) == 1 else ''}".strip()


def _ranked(clause: Clause, found: Found) -> str:
    """``peringkat inflasi`` where a figure before told of what; empty where none did."""
    right = right_phrase(clause, found.amount.last) if clause.word(found.amount.last) in {"dalam", "untuk"} else []
    previous = _previous(clause)
    told = previous.measures if previous and previous.measures not in PALE_UNITS else ""
    of = text_of(clause, right) if right and not names(right) else told
    return (
        f"peringkat {' '.join(word for word in (of or '').split()[: SHORT + 1] if word != 'peringkat')}" if of else ""
    )


def _part_of(clause: Clause, found: Found) -> str:
    """``koperasi yang aktif`` of "hanya 31 yang aktif", else what the last figure with the same noun counted."""
    at = found.amount.last
    if clause.word(at) == "dari" and at + 1 < len(clause.tokens) and clause.tokens[at + 1].kind == "number":
        at = next((place + 1 for place in range(at + 2, len(clause.tokens)) if clause.word(place) == found.unit), at)
    narrowed = part_phrase(clause, at, found.unit) if found.unit else ""
    return narrowed if narrowed != found.unit else told_before(clause, found.unit)


def _cost(clause: Clause, left: Left) -> str:
    """``biaya proyek irigasi`` of "proyek irigasi menelan biaya Rp23 miliar"; empty where no verb says so."""
    if left.over not in COSTS or len(left.phrase) > 1 or left.phrase[0].low not in MONEY_HEADS:
        return ""
    what = left_phrase(clause, left.over_at).phrase
    return f"{left.phrase[0].low} {uncapital(text_of(clause, what))}" if what and not names(what) else ""


def _goal(clause: Clause, found: Found, left: Left) -> str:
    """``subsidi pupuk`` of "pemerintah menggelontorkan Rp5 triliun untuk subsidi pupuk"."""
    at = found.amount.last
    somebody = left.verb and left.phrase and _somebody(found, left.phrase)
    if not somebody or clause.word(at) != "untuk":
        return ""
    goal = right_phrase(clause, at)
    if not goal or goal[0].low in counted():
        return ""
    return money_of(left.verb, text_of(clause, goal)) or text_of(clause, goal)


def _previous(clause: Clause) -> Found | None:
    """The figure before, in this sentence or the one before."""
    return clause.found[-1] if clause.found else clause.earlier


def _governed(clause: Clause, found: Found, near: Left) -> str | None:
    """What the phrase before or behind the amount says, else what the talk is of."""
    amount, verb = found.amount, near.verb
    left: Sequence[Token] = near.phrase
    goal = near.goal
    right = right_phrase(clause, amount.last)
    if found.unit == "%" and verb in TARGETS and left and (aim := _previous(clause)) and aim.unit == "%":
        return f"target {uncapital(aim.measures)}" if aim.measures else None
    if verb and left and _somebody(found, left):
        paid = money_of(verb, text_of(clause, left)) or money_named(clause, before=amount.first)
        if paid:
            return paid
    whose = left if len(left) > 1 and not names(left) else right or left
    if found.unit == "%" and left and (part := share_of(verb, text_of(clause, whose))):
        return part
    if found.unit == "%" and len(left) == 1 and left[0].low in QUANTITY and right:
        left = []
    object_follows = verb.startswith("me") and right and (names(left) or _shares(amount))
    if left and not object_follows:
        phrase = dimension_of(clause, amount.first, _completed(clause, found, left, goal))
        return phrase if _is_name(clause, left) else _named(clause, found, phrase)
    if right:
        phrase = text_of(clause, right)
        return part_phrase(clause, clause.tokens.index(right[-1]) + 1, phrase) if found.unit == "%" else phrase
    if found.unit == "%" and (again := _same_whole(clause, found)):
        return again
    return _talked_of(clause, found)


def _named(clause: Clause, found: Found, phrase: str) -> str:
    """``harga bawang putih`` where a kilogram of it costs so much, ``pertumbuhan ekonomi`` where it grew so much."""
    said = {word.removesuffix("nya") for word in phrase.lower().split()}
    unit, _, per = found.unit.partition("/")
    if unit == "IDR" and per in PRICED_BY and len(said) <= LONGEST - SHORT and not said & MONEY_HEADS:
        return f"harga {uncapital(phrase)}"
    grew = found.unit == "%" and "tumbuh" in clause.before(found.amount.first, SHORT).split()
    if grew and len(said) <= SHORT + 1 and not said & {"pertumbuhan", "laju"}:
        return f"pertumbuhan {uncapital(phrase)}"
    return phrase


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
    subject = _subject(clause, found.amount)
    again = share or clause.said.get((found.amount.value, found.unit))
    own = subject if subject and " " in subject and not clause.found and not clause.topic else ""
    return again or own or _inherited(clause, found) or _money_spoken_of(clause, found) or subject


def _head(found: Found) -> str:
    return found.unit.split()[0].split("/")[0]


def _somebody(found: Found, left: Sequence[Token]) -> bool:
    """Is the phrase before money the one who pays or gets it, not what it is: "warga menawar Rp4 juta"?"""
    return found.unit.startswith("IDR") and not MONEY_HEADS & {token.low for token in left}


def _money_spoken_of(clause: Clause, found: Found) -> str:
    """What the sentence, or the talk before it, says the money is."""
    return (money_talk(clause, before=found.amount.first) or clause.talk) if found.unit.startswith("IDR") else ""


def _completed(clause: Clause, found: Found, left: Sequence[Token], goal: Sequence[Token]) -> str:
    """The phrase before the amount with what it lacks: a list's head, what the money is for, whose share it is."""
    phrase = text_of(clause, left)
    if phrase.lower() in BARE_ROLES and clause.found and clause.found[-1].measures:
        said = (word for word in clause.found[-1].measures.split() if word.lower().rpartition("-")[2] not in ROLES)
        kept = [word for word in said if word[0] != "("]
        return f"{phrase.lower().removesuffix('nya')} {uncapital(' '.join(kept[: SHORT + 1]))}".strip()
    previous = clause.found[-1] if clause.found else clause.earlier if found.unit != "%" else None
    if names(left) and previous is not None and previous.measures and previous.unit == found.unit:
        head = [word for word in previous.measures.split() if not word[0].isupper()]
        return " ".join([*head[:3], phrase])
    if found.unit == "IDR" and names(left) and clause.talk and not clause.topic:
        return f"{clause.talk} {phrase}"
    if found.unit.startswith("IDR") and clause.topic and not MONEY & {token.low for token in left}:
        return f"{clause.topic} {phrase}"
    if goal and len(left) <= SHORT:
        return f"{phrase} untuk {text_of(clause, goal)}"
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
    if gap in (["menjadi"], ["jadi"]) and _rate(before.unit) == "%" and amount.unit.sort == "money":
        return before.measures
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
