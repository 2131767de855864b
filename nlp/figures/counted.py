"""What a counted noun stands for: the noun with the words that narrow it."""

from __future__ import annotations

from nlp.figures.amounts import Amount
from nlp.figures.clauses import Clause
from nlp.figures.lexicon import counted, words
from nlp.figures.phrases import HELPERS, SHORT, left_phrase, names, text_of, trimmed
from nlp.figures.talk import told_before
from nlp.figures.tokens import Token
from nlp.figures.units import STOPS, is_noun_like, is_verb_like

FILLERS = words("fillers")
PREPOSITIONS = words("phrases", "prepositions")
GIVES = words("measures", "gives")
ATTENDED, PARTICIPANTS = words("measures", "attended"), words("measures", "participants")
PALE = words("phrases", "pale_verbs")
DEMONSTRATIVES = frozenset({"ini", "itu", "tersebut"})
RECEIVES = frozenset({"mendapat", "mendapatkan", "menerima", "memperoleh"})
COUNTERS = frozenset({"unit", "buah", "ekor"})
PERSONS = frozenset({"orang", "jiwa"})
ALSO = frozenset({"ikut", "turut", "langsung", "ini", "itu", "tersebut", "juga"})
PREFIXES = (("meny", "s"), ("meng", ""), ("mem", ""), ("men", ""), ("me", ""))
LOST = {"mem": "p", "men": "t"}
REACH = 8
FAR = 14
NEGATIONS = frozenset({"tidak", "tak", "belum"})
ABOUT = frozenset({"dari", "terkait", "dalam", "tentang", "mengenai", "soal"})
COUNTED_OUT = frozenset({"jumlah", "total", "target", "sini", "situ", "sana", "luar", "hal", "berbagai", "sejumlah"})
GIFTS = words("measures", "gifts")
VOWELS = "aeiou"


def counted_phrase(clause: Clause, amount: Amount) -> str:
    """``perusahaan yang beroperasi``, ``desa terdampak``, ``dokumen yang disita`` (for "menyita 318 dokumen")."""
    tokens = clause.tokens[amount.unit_at : amount.last]
    noun = " ".join(clause.text[tokens[0].start : tokens[-1].end].split()) if tokens else ""
    narrowed = _narrowing(clause, amount.last)
    if narrowed and " " not in narrowed and narrowed.islower() and (given := _given(clause, amount.first)):
        return f"{noun} {narrowed} {given}"
    if narrowed and _only_counts(noun, narrowed):
        return narrowed
    tail = (
        _receiving(clause, amount.last, narrowed)
        or narrowed
        or _relative(clause, amount.last)
        or _given(clause, amount.first)
        or _taking_part(clause, amount.first, noun)
        or _about(clause, amount.last)
        or _done_to(clause, amount.first)
        or _acting(clause, amount.last)
        or _shared(clause, amount.first)
    )
    if not tail and _points_back(clause, amount):
        return told_before(clause, noun) or noun
    return f"{noun} {tail}".strip()


def part_phrase(clause: Clause, at: int, noun: str) -> str:
    """``responden yang memilih pasar`` of "45 persen responden memilih pasar": the noun with its verb."""
    return f"{noun} {_relative(clause, at) or _acting(clause, at)}".strip()


def _only_counts(noun: str, narrowed: str) -> bool:
    """Is the noun a mere counter: ``dua ekor sapi``, ``enam orang WNA``?"""
    first = narrowed.split()[0]
    named = first[0].isupper() or first in counted()
    return noun.lower() in COUNTERS or (noun.lower() in PERSONS and named)


def _receiving(clause: Clause, at: int, narrowed: str) -> str:
    """``penerima dana hibah`` of "8 partai politik pemenang pemilu yang mendapat dana hibah"."""
    at += len(narrowed.split())
    while clause.word(at) in HELPERS | ALSO | {"yang"} or at in clause.masked:
        at += 1
    if clause.word(at) not in RECEIVES:
        return ""
    given = _narrowing(clause, at + 1)
    return f"penerima {given}" if given else ""


def _given(clause: Clause, at: int) -> str:
    """``penerima bantuan`` of "bantuan disalurkan kepada 350 keluarga", "menyalurkan bantuan bagi 350 keluarga"."""
    if clause.word(at - 1) not in {"kepada", "bagi", "untuk", "ke"}:
        return ""
    if gift := _gift(clause, at - 1):
        return f"penerima {gift}"
    for place in range(at - 2, max(-1, at - REACH), -1):
        if clause.word(place) in GIVES:
            given = trimmed(clause.tokens[place + 1 : at - 1]) or left_phrase(clause, place).phrase
            return f"penerima {text_of(clause, given[:SHORT]).lower()}" if given else ""
    return ""


def _gift(clause: Clause, at: int) -> str:
    """``hibah`` of "hibah untuk 214 lembaga", ``bantuan subsidi upah`` of "Bantuan Subsidi Upah cair kepada"."""
    for place in range(at - 1, max(-1, at - FAR), -1):
        if clause.word(place) in GIFTS and clause.word(place - 1) != "(":
            end = place + 1
            while end < min(at, place + SHORT + 1) and is_noun_like(clause.tokens[end]) and end not in clause.masked:
                end += 1
            return text_of(clause, clause.tokens[place:end]).lower()
        if clause.tokens[place].text in ".,;":
            break
    return ""


def _taking_part(clause: Clause, at: int, noun: str) -> str:
    """``pelatihan`` of "pelatihan itu diikuti 40 peserta"."""
    if noun.lower() not in PARTICIPANTS:
        return ""
    at -= 1
    while at > 0 and (clause.word(at) in FILLERS or clause.word(at) == "oleh"):
        at -= 1
    event = left_phrase(clause, at).phrase[:SHORT] if clause.word(at) in ATTENDED else []
    if not event:
        return ""
    name = text_of(clause, event)
    return name if names(event) and len(event) > 1 else name.lower()


def _points_back(clause: Clause, amount: Amount) -> bool:
    """``Keempat perusahaan``, ``tiga inovasi ini``: those that were told of before."""
    whole = clause.word(amount.first).startswith("ke") and clause.tokens[amount.first].kind == "word"
    return whole or clause.word(amount.last) in DEMONSTRATIVES


def _narrowing(clause: Clause, at: int) -> str:
    """Up to two words that belong to the noun: ``UMKM binaan``, ``terdampak``."""
    tail: list[str] = []
    quality = clause.tokens[at + 1 : at + 3] if clause.word(at) in {"tidak", "tak"} else []
    if quality and all(_is_plain(token) for token in quality):
        return " ".join(token.text for token in clause.tokens[at : at + 3])
    while at < len(clause.tokens) and len(tail) < 2 and at not in clause.masked:
        token = clause.tokens[at]
        narrows = token.low.startswith("ter") and is_verb_like(token.low)
        if (
            token.kind != "word"
            or token.low in STOPS
            or token.low in FILLERS
            or token.low in PREPOSITIONS
            or (is_verb_like(token.low) and not narrows)
        ):
            break
        tail.append(token.text)
        at += 1
        if narrows:
            break
    return " ".join(tail)


def _is_plain(token: Token) -> bool:
    """A small word that is neither verb nor filler?"""
    return token.text.islower() and token.low not in STOPS | FILLERS and not is_verb_like(token.low)


def _relative(clause: Clause, at: int) -> str:
    """``yang tidak bisa ditempatkan`` after the noun."""
    if clause.word(at) in {"tersebut", "itu", "ini"}:
        at += 1
    if clause.word(at) != "yang":
        return ""
    said = ["yang"]
    for token in clause.tokens[at + 1 : at + 4]:
        if (
            token.kind != "word"
            or token.low in PALE
            or not (token.low in HELPERS or is_verb_like(token.low) or len(said) == 1)
        ):
            break
        said.append(token.text)
        if token.low not in HELPERS:
            break
    return " ".join(said) if len(said) > 1 else ""


def _acting(clause: Clause, at: int) -> str:
    """``yang mengikuti ujian`` where the noun is the subject: "113 peserta mengikuti ujian"."""
    at = _after_place(clause, at)
    denied = ""
    while clause.word(at) in HELPERS | ALSO:
        denied = clause.word(at) if clause.word(at) in NEGATIONS else denied
        at += 1
    verb = clause.word(at)
    undergoes = verb == "mengalami" and clause.word(at + 1).isalpha()
    if (
        not is_verb_like(verb)
        or (verb in PALE and not denied)
        or at in clause.masked
        or (verb in FILLERS and not undergoes and not denied)
    ):
        return ""
    said = [verb]
    for token in clause.tokens[at + 1 : at + 3]:
        ends = token.kind != "word" or token.low in STOPS or token.low in FILLERS or token.low in PREPOSITIONS
        if ends or is_verb_like(token.low):
            break
        said.append(token.text)
    return f"yang {' '.join([*([denied] if denied else []), *said])}"


def _after_place(clause: Clause, at: int) -> int:
    """Behind a place of the subject: "12 gudang di Kelurahan Sukasari sudah disegel"."""
    start = at
    while clause.word(at) in HELPERS | ALSO:
        at += 1
    if clause.word(at) not in {"di", "dari"} or not clause.word(at + 1).isalpha():
        return start
    end = at + 2
    while end < min(len(clause.tokens), at + REACH) and clause.tokens[end].text.istitle():
        end += 1
    return start if any(place in clause.masked for place in range(at, end)) else end


def _about(clause: Clause, at: int) -> str:
    """``dari perusahaan``, ``terkait aksi penipuan`` behind the noun."""
    said = [clause.word(at)] if clause.word(at) in ABOUT else []
    for token in clause.tokens[at + 1 : at + 1 + SHORT] if said else ():
        if not is_noun_like(token) or not token.text.islower() or token.low in FILLERS or token.low in COUNTED_OUT:
            break
        said.append(token.text)
    return " ".join(said) if len(said) > 1 else ""


def _done_to(clause: Clause, at: int) -> str:
    """``yang disita`` where the verb stands before the amount: "menyita", "telah disita sekitar"."""
    at -= 1
    while at >= 0 and clause.word(at) in FILLERS and at not in clause.masked:
        at -= 1
    low = clause.word(at)
    if at < 0 or low in PALE or low == "membuat" or not is_verb_like(low):
        return ""
    if low.startswith("di"):
        return f"yang {low}"
    return f"yang {passive}" if (passive := passive_of(low)) else ""


def _shared(clause: Clause, at: int) -> str:
    """The ``yang disita`` of the amount before, in ``menyita 5 dokumen serta dua laptop``."""
    if not clause.found or clause.word(at - 1) not in {"dan", "serta", ","} or clause.found[-1].amount.last < at - 2:
        return ""
    _, yang, tail = (clause.found[-1].measures or "").partition(" yang ")
    return f"yang {tail}" if yang and tail.startswith("di") else ""


def passive_of(verb: str) -> str | None:
    """The passive of an active verb, None for other words: menyita -> disita, memeriksa -> diperiksa."""
    for prefix, lost in PREFIXES:
        stem = verb.removeprefix(prefix)
        if stem == verb or len(stem) < 3:
            continue
        if prefix in LOST and stem[0] in VOWELS:
            lost = LOST[prefix]
        elif prefix == "me" and stem[0] not in "lrwymn":
            return None
        return f"di{lost}{stem}"
    return None
