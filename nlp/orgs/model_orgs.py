"""A model's spans of organisations made names; what is the name of something else is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nlp.orgs.lexicon import OrgLexicon, load_orgs
from nlp.people.areas import load_areas
from nlp.people.lexicon import load_lexicon
from nlp.people.office_heads import read_head
from nlp.people.words import Word, split_words

Chars = tuple[int, int]
JOINED = re.compile(r"\s(?:dan|serta|yang|di|untuk|&)$")
"""A small word behind the name that the model took in."""
CLOSING = re.compile(r"\s?\(\s?([A-Z][\w&-]{1,14})\s?\)?$")
TRIM = " \n\t\"'“”‘’.,;:()-–—"
COUNT = re.compile(r"\s\d+$")
"""A number behind the name that counts what follows (``Puskesmas Waimital 74 orang``)."""
BRACKET = re.compile(r"\s?\(\s?([\w-]+)\s?\)")
SHORT_OFFICE = re.compile(r"Ka(?:dis|sat|kan|sub|nit|ur|prodi|puskes)\w*")
"""An office in short (``Kasatpel SDA``)."""
LOOK_BACK = 60
"""Characters before a span in which an office or a class word stands."""


def clean_orgs(text: str, model: Iterable[Chars]) -> Iterator[Chars]:
    """The organisations inside a model's character spans, without brackets, offices and small words at their ends."""
    orgs = load_orgs()
    for span in _apart(text, model):
        start, end = _trim(text, *_before_office(text, *span))
        if _is_name(text[start:end], orgs) and not _belongs_to(text, start, end, orgs):
            yield start, end


def _belongs_to(text: str, start: int, end: int, orgs: OrgLexicon) -> bool:
    """Something that the abbreviation behind (``... Sipil Negara (ASN)``) or the word before (``mobil``, ``di``) tells?

    Or the field of the office before (``Direktur Jenderal [Perhubungan Laut]``).
    """
    bracket = BRACKET.match(text, end)
    if bracket and bracket[1].lower() in orgs.class_words:
        return True
    line = text[max(0, start - LOOK_BACK) : start].rsplit("\n", 1)[-1]
    before, first = split_words(line), split_words(text[start:end])[0]
    if not before:
        return False
    sited = before[-1].lower == "di" and not first.is_acronym
    if sited or before[-1].lower in orgs.not_after:
        return True
    field = first.lower in load_lexicon().office_words and not first.is_acronym and (first.lower,) not in orgs.heads
    return field and (before[-1].lower in orgs.units or _ends_in_office(before))


def _ends_in_office(before: list[Word]) -> bool:
    heads = (read_head(before, at, load_lexicon()) for at in range(max(0, len(before) - 4), len(before)))
    return any(head and head.end == len(before) for head in heads)


def _apart(text: str, model: Iterable[Chars]) -> Iterator[Chars]:
    """The model's spans, an abbreviation in brackets at their end as a mention of its own."""
    for start, end in model:
        if closing := CLOSING.search(text, start, end):
            yield start, closing.start()
            yield closing.span(1)
        else:
            yield start, end


def _before_office(text: str, start: int, end: int) -> Chars:
    """The span up to an office that the model took in (``Peruri Direktur Utama``)."""
    words = split_words(text[start:end])
    heads = (
        word.start for at, word in enumerate(words) if at and word.is_capital and read_head(words, at, load_lexicon())
    )
    return start, start + next(heads, end - start)


def _trim(text: str, start: int, end: int) -> Chars:
    while start < end and text[start] in TRIM:
        start += 1
    while end > start and text[end - 1] in TRIM:
        end -= 1
    if re.match(r" [a-z]", text[end : end + 2]) and (count := COUNT.search(text, start, end)):
        end = count.start()
    if match := JOINED.search(text, start, end):
        end = match.start()
    if "(" in text[start:end] and ")" not in text[start:end] and text[end : end + 1] == ")":
        end += 1
    return start, end


def _is_name(surface: str, orgs: OrgLexicon) -> bool:
    """May the model's ``surface`` be an organisation: no class word, area, abbreviation, office, degree or person?"""
    words = split_words(surface)
    lower = [word.lower for word in words]
    if len(surface) < 3 or "\n" in surface or " ".join(lower) in orgs.class_words or not words[0].is_capital:
        return False
    if len(words) == 1 and (words[0].is_acronym or not orgs.is_short(surface)):
        return False
    if SHORT_OFFICE.fullmatch(words[0].text) or lower[-1] in orgs.not_last:
        return False
    if " ".join(lower[:2]) in orgs.not_orgs or lower[0] in orgs.not_first or load_areas().find(surface):
        return False
    offices = load_lexicon()
    ranked = len(words) > 1 and lower[0] in offices.honorifics and not words[0].is_initial
    if ranked or "".join(word.lower for word in words if word.is_word) in offices.degrees:
        return False
    return not read_head(words, 0, offices) and not all(word in offices.names for word in lower)
