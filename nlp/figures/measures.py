"""What an amount measures: a short noun phrase from the words before it, or from those after it."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.figures.amounts import Amount
from nlp.figures.clauses import Clause, Found
from nlp.figures.lexicon import words
from nlp.figures.tokens import Token
from nlp.figures.units import STOPS, is_verb_like

FILLERS = words("fillers")
PREPOSITIONS = frozenset("di pada ke oleh bagi dalam sejak selama per sepanjang untuk dengan dari antara kepada terhadap secara".split())  # noqa: SIM905
CLAUSE_WORDS = frozenset(
    "bahwa karena sehingga ketika saat sementara sedangkan jika maka agar namun tetapi tapi dan atau serta meski walaupun kata ujar "
    "menurut lalu kemudian disusul adapun sebab padahal setelah sebelum hingga kami kita mereka ia dia saya itu ini tersebut para".split()  # noqa: SIM905
)
EDGE = frozenset("itu ini tersebut ada yang dan atau juga sebesar pun para saja di ke dari adanya nilai rincian dengan".split())  # noqa: SIM905
QUANTITY = frozenset({"jumlah", "total", "jumlahnya", "banyaknya"})
TIME_HEADS = frozenset({"tahun", "bulan", "periode", "triwulan", "kuartal", "semester", "hari", "pekan", "tanggal", "ta"})
LONGEST = 6


def read_measures(clause: Clause, found: Found) -> str | None:
    """The thing measured, at most six words of the text; None where no noun phrase is near."""
    amount = found.amount
    if amount.unit is not None and amount.unit.sort == "noun":
        return _counted_phrase(clause, amount)
    left = _left_phrase(clause, amount.first)
    if found.carried:
        return _text(clause, left) if left and left[0].low in QUANTITY else found.unit
    if left:
        return _with_head(clause, _text(clause, left), left)
    right = _right_phrase(clause, amount.last)
    if right:
        return _text(clause, right)
    previous = clause.found[-1] if clause.found else clause.earlier
    return previous.measures if previous is not None and previous.unit == found.unit else None


def _counted_phrase(clause: Clause, amount: Amount) -> str:
    """The noun with what narrows it: ``perusahaan yang beroperasi``, ``desa terdampak``."""
    return _text(clause, clause.tokens[amount.unit_at : amount.last]) + _extended(clause, amount.last, size=2)


def _extended(clause: Clause, at: int, *, size: int) -> str:
    tail = []
    while at < len(clause.tokens) and len(tail) < size:
        token = clause.tokens[at]
        narrows = token.low.startswith("ter") and is_verb_like(token.low)
        if token.kind != "word" or token.low in STOPS or (is_verb_like(token.low) and not narrows):
            break
        tail.append(token.text)
        at += 1
        if narrows:
            break
    return "".join(f" {word}" for word in tail)


def _left_phrase(clause: Clause, at: int) -> list[Token]:
    """The noun phrase that governs the amount at ``at``, in reading order."""
    at = _skip_fillers(clause, at)
    phrase: list[Token] = []
    while at > 0:
        token = clause.tokens[at - 1]
        if _is_amount_end(clause, at) or token.kind == "mark" and token.text not in "/'’‘":
            break
        if token.low in PREPOSITIONS:
            if phrase and token.low == "dari" and not _trimmed(phrase)[0].text[0].isupper():
                break
            phrase, at = [], _skip_fillers(clause, at - 1)
            continue
        if token.low == "yang":
            phrase, at = [], at - 1
            continue
        if token.low in CLAUSE_WORDS or is_verb_like(token.low) or at - 1 in clause.masked:
            if phrase and token.low not in TIME_HEADS and at - 1 not in clause.masked:
                break
            if at - 1 not in clause.masked and token.low in CLAUSE_WORDS and token.low not in {"itu", "ini", "tersebut"}:
                break
            phrase, at = ([] if at - 1 in clause.masked else phrase), at - 1
            continue
        phrase.insert(0, token)
        at -= 1
    return _trimmed(phrase)


def _skip_fillers(clause: Clause, at: int) -> int:
    while at > 0:
        token = clause.tokens[at - 1]
        if token.low in FILLERS or at - 1 in clause.masked or token.text in "(:,~±<>-" or token.low in TIME_HEADS:
            if token.text == "," and at - 2 >= 0 and not (at - 2 in clause.masked or clause.tokens[at - 2].low in FILLERS):
                break
            if _is_amount_end(clause, at):
                break
            at -= 1
            continue
        break
    return at


def _is_amount_end(clause: Clause, at: int) -> bool:
    return any(other.amount.last == at for other in clause.found)


def _trimmed(phrase: Sequence[Token]) -> list[Token]:
    """``phrase`` without loose words at its edges, its head kept where it is long."""
    tokens = list(phrase)
    while tokens and tokens[0].low in EDGE | FILLERS:
        tokens.pop(0)
    while tokens and (tokens[-1].low in EDGE or tokens[-1].low in FILLERS or tokens[-1].kind == "mark"):
        tokens.pop()
    return tokens[-LONGEST:]


def _with_head(clause: Clause, phrase: str, left: Sequence[Token]) -> str:
    """A name alone gets the head of what was measured before: ``dana hibah`` + ``Golkar``."""
    names = all(token.text[0].isupper() for token in left)
    previous = clause.found[-1] if clause.found else clause.earlier
    if not names or previous is None or not previous.measures:
        return phrase
    head = [word for word in previous.measures.split() if not word[0].isupper()]
    return " ".join([*head[:3], phrase])


def _right_phrase(clause: Clause, at: int) -> list[Token]:
    """``devisa pariwisata nasional`` in ``44 persen devisa pariwisata nasional``."""
    if clause.word(at) in {"dari", "untuk", "dalam"}:
        at += 1
    phrase: list[Token] = []
    while at < len(clause.tokens) and len(phrase) < LONGEST - 2:
        token = clause.tokens[at]
        if token.kind != "word" or token.low in STOPS or token.low in PREPOSITIONS or is_verb_like(token.low):
            break
        phrase.append(token)
        at += 1
    return _trimmed(phrase)


def _text(clause: Clause, tokens: Sequence[Token]) -> str:
    """The stretch of text from the first to the last token, white space folded."""
    return " ".join(clause.text[tokens[0].start : tokens[-1].end].split()) if tokens else ""
