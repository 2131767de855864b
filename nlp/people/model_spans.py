"""A model's person spans made names: words taken in before a name, and names of places, bands and bodies."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from nlp.people.areas import CLASS_WORDS
from nlp.people.lexicon import cue_words
from nlp.people.name_runs import NameReader
from nlp.people.office_heads import read_head
from nlp.people.words import starts_sentence

FIRMS = frozenset({"PT", "CV", "UD", "PD", "Jalan", "Jl"})
BUILDINGS, GROUPS, LANDS = cue_words("buildings"), cue_words("group_class"), cue_words("land_class")
LEADS = cue_words("pair_cues") | cue_words("name_leads")
VERB = re.compile(r"(?:di\w{3,}(?:kan|annya|kannya|inya)|ber\w{3,}an|ter\w{2,}kan|me[mn]\w{2,}kan)", re.IGNORECASE)
"""A word of these shapes is a verb, whatever capital it has at the start of a sentence."""
LONGEST_ABBREVIATED = 8
"""Words before a bracket that an abbreviation in it may stand for."""

Span = tuple[int, int]


def clean_spans(reader: NameReader, chars: Iterable[Span]) -> list[Span]:
    """The names (first word, end word) inside a model's character spans; those of things are left out."""
    short = _abbreviations(reader)
    spans = dict.fromkeys(_clean(reader, start, end) for start, end in chars)
    named = [span for span in spans if span and not is_of_a_thing(reader, *span)]
    return [span for span in named if not _is_no_name(reader, *span, short)]


def _clean(reader: NameReader, start: int, end: int) -> Span | None:
    at = bisect_right(reader.words, start, key=lambda word: word.end)
    last = bisect_left(reader.words, end, key=lambda word: word.start)
    inside = [index for index in range(at, last) if reader.words[index].is_word]
    if not inside:
        return None
    first, stop = inside[0], inside[-1] + 1
    while first < stop - 1 and _is_lead(reader, first):
        first += 1
    return reader.clean(first, stop) if reader.words[first].is_word else None


def _is_lead(reader: NameReader, at: int) -> bool:
    """``Duet Rudi``, ``Didampingi Rudi``, ``KTA Rudi``: a word before the name that the model took for a part of it?"""
    word, after = reader.words[at], reader.words[at + 1]
    if word.is_acronym and len(word.text) > 2 and not after.is_acronym and reader.is_known(at + 1, at + 2):
        return word.lower not in reader.lexicon.names
    return word.lower not in reader.lexicon.names and (word.lower in LEADS or VERB.fullmatch(word.text) is not None)


def is_of_a_thing(reader: NameReader, first: int, end: int) -> bool:
    """Is it the name of a company, building, area or band: ``PT. Sinar Makmur``, ``Pendopo Arya Wiraraja``?"""
    at = first - 1 - (first > 1 and reader.words[first - 1].text == ".")
    if at >= 0 and not reader.words[first].broken:
        before = reader.words[at]
        if before.text in FIRMS or (at == first - 1 and before.is_capital and before.lower in BUILDINGS):
            return True
    return not reader.is_known(first, end) and _follows_class(reader, first, lone=end - first == 1)


def _is_no_name(reader: NameReader, first: int, end: int, short: frozenset[str]) -> bool:
    """A verb with the capital of its sentence, or an abbreviation?"""
    if end - first > 1 or reader.is_known(first, end):
        return False
    verb = starts_sentence(reader.words, first) and VERB.fullmatch(reader.words[first].text) is not None
    return verb or reader.words[first].text in short


def _follows_class(reader: NameReader, first: int, *, lone: bool) -> bool:
    """``kelompok Madu Family``, ``Kecamatan Rajeg``, ``Sungai Cimanceuri dan Cipayaeun``, but ``Kepala Desa Rajeg``?"""
    words = reader.words
    if first == 0 or words[first].broken:
        return False
    at = first - 1
    if lone and at >= 2 and words[at].lower in ("dan", ",") and words[at - 1].is_capital:
        at -= 2
    low = words[at].lower
    if at == first - 1 and low in GROUPS and not _closes_office(reader, first):
        return True
    area = words[at].is_capital and low in CLASS_WORDS | LANDS
    return lone and area and not _closes_office(reader, at + 1)


def _closes_office(reader: NameReader, at: int) -> bool:
    """Does an office end right before ``at``, or does its head stand before the last word ("Ketua Kelompok")?"""
    heads = [read_head(reader.words, start, reader.lexicon) for start in range(max(0, at - 4), at)]
    return any(head and head.end in (at, at - 1) for head in heads)


def _abbreviations(reader: NameReader) -> frozenset[str]:
    """The words in brackets that are explained before them (``Himpunan Bank Milik Negara (Himbara)``)."""
    words = reader.words
    return frozenset(
        words[at].text
        for at in range(2, len(words) - 1)
        if words[at - 1].text == "(" and words[at + 1].text == ")" and _abbreviates(reader, at)
    )


def _abbreviates(reader: NameReader, at: int) -> bool:
    """Do at least three words before the bracket hold the letters in this order, the first one at a word's start?"""
    short = reader.words[at].lower
    for size in range(3, LONGEST_ABBREVIATED + 1):
        run = reader.words[max(0, at - 1 - size) : at - 1]
        if len(run) < size or not all(word.is_word for word in run):
            return False
        letters = iter("".join(word.lower for word in run))
        if run[0].lower[0] == short[0] and all(letter in letters for letter in short):
            return True
    return False
