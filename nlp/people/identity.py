"""Names and office phrases made comparable, so that a registry can tell whether two mean the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio, token_sort_ratio

from nlp.people.areas import load_areas
from nlp.people.lexicon import load_lexicon, office_forms
from nlp.people.office_heads import read_head
from nlp.people.office_phrases import OfficeGrammar
from nlp.people.words import split_words

SIMILAR = 86.0
FIRST_WORDS = 75.0
KOTA, KABUPATEN = re.compile(r"\.7\d$"), re.compile(r"\.[0-6]\d$")


@dataclass(frozen=True, slots=True)
class NamedOffice:
    """An office phrase taken apart: canonical office, codes of the area it may mean, held once or now."""

    office: str
    area_codes: frozenset[str]
    former: bool = False


def name_key(name: str) -> str:
    """A name for exact comparison: lower case, without marks and honorifics."""
    words = re.sub(r"[^\w\s'-]+", " ", name.lower()).split()
    honorifics = load_lexicon().honorifics
    while len(words) > 1 and words[0] in honorifics:
        words = words[1:]
    return " ".join(words)


def canonical_office(office: str) -> str:
    """One spelling for an office ("Walikota", "Wali kota" -> "wali kota")."""
    plain = " ".join(re.sub(r"[.,()]", " ", office.lower()).split()).replace("walikota", "wali kota")
    return office_forms().get(plain, plain)


def names_match(name: str, known: str) -> bool:
    """Is ``name`` another spelling of ``known``? For use within one office, place and day only."""
    left, right = name_key(name).split(), name_key(known).split()
    if len(left) == 1 or len(right) == 1:
        return len(left) == len(right) and len(left[0]) > 4 and ratio(left[0], right[0]) >= SIMILAR
    if token_sort_ratio(" ".join(left), " ".join(right)) >= SIMILAR:
        return True
    shorter, longer = sorted((left, right), key=len)
    full = [word for word in shorter if len(word) > 1]
    return len(full) > 1 and all(any(_alike(word, other) for other in longer) for word in shorter)


def read_office(phrase: str) -> NamedOffice:
    """An office phrase as a text words it, taken apart."""
    phrase = re.sub(r"\s*\([^)]*\)", "", phrase)
    words = split_words(phrase)
    head = next((found for at in range(len(words)) if (found := read_head(words, at, load_lexicon()))), None)
    if head is None:
        return NamedOffice(canonical_office(phrase), frozenset())
    name = " ".join(head.words)
    if head.kind in ("agency", "post") or (name == "gubernur" and re.search(r"\b(?:BI|Bank Indonesia)\b", phrase)):
        tail = re.sub(r"\b(?:RI|Republik Indonesia)\b", "", phrase[words[head.end - 1].end :]).strip()
        area = OfficeGrammar(words, load_lexicon(), load_areas()).find()
        codes = _of_class(phrase, {code for found in area for code in found.codes})
        full = canonical_office(f"{canonical_office(name)} {tail}")
        return NamedOffice(full if not codes else canonical_office(name), codes, head.former)
    return NamedOffice(canonical_office(name), _codes(name, phrase), head.former)


def _of_class(phrase: str, codes: set[str]) -> frozenset[str]:
    """Of a town and a regency with one name, the one whose class word the phrase has."""
    words = phrase.lower()
    pattern = KABUPATEN if re.search(r"\bkab(?:upaten)?\b", words) else KOTA if re.search(r"\bkota\b", words) else None
    return frozenset({code for code in codes if pattern.search(code)} or codes) if pattern else frozenset(codes)


def _codes(head: str, phrase: str) -> frozenset[str]:
    """The codes of the area in ``phrase`` that fit the head: a mayor's is a town, a regent's a regency."""
    words = split_words(phrase)
    codes = {code for office in OfficeGrammar(words, load_lexicon(), load_areas()).find() for code in office.codes}
    if "kota" in phrase.lower() or "wali" in head or "walkot" in head:
        codes = {code for code in codes if KOTA.search(code)} or codes
    elif "bup" in head or "kabupaten" in phrase.lower():
        codes = {code for code in codes if KABUPATEN.search(code)} or codes
    return frozenset(codes)


def _alike(word: str, other: str) -> bool:
    if len(word) == 1:
        return word == other[0]
    return len(other) > 1 and ratio(word, other) >= FIRST_WORDS
