"""Regular expressions over verbs of speech, built from the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.people.lexicon import load_lexicon

TITLE_CUE = re.compile(
    r"(?:\b(?:ber)?(?:tajuk|tema|judul|slogan|moto|motto|tagline|istilah|sebutan|jargon|frasa|semboyan|tulisan|nama)"
    r"(?:kan|nya)?|\b(?:program|gerakan|lagu|film|buku|aplikasi|acara|kategori|predikat|gelar|merek|merk|konsep|inovasi)"
    r"|\b(?:bertuliskan|disebut|disebut juga|dikenal|dikenal sebagai|dijuluki|festival|hashtag|tagar))\s*[:,]?\s*$",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?](?:[\"”’)]*)\s+(?=[\"“”‘A-Z0-9])")
WORD = re.compile(r"\w+")
ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|[A-Z]\.[A-Z]|dr|drg|bpk|sdr|prof|Bpk|drh|Pj|Plt|Plh|Pjs|Dr|Drs|Dra|Ir|Hj|KH|Prof|Moch|Moh|Muh|PT|CV|No|St|Tb|Kab|Kec|Kel|Pemkab|Kol|Letkol|Kombes|Sdr|S\.Sos|M\.Si|M\.Pd|S\.Pd)$"
)


@dataclass(frozen=True, slots=True)
class SpeechPatterns:
    """Compiled once; all ignore letter case."""

    after: re.Pattern[str]
    """``ujar``/``ujarnya`` right behind a quotation."""
    missing_close: re.Pattern[str]
    """The mark before ``ujar ...`` inside a quotation whose closing mark is missing."""
    clause: re.Pattern[str]
    """Any verb of speech in a clause."""
    leading: re.Pattern[str]
    """A verb that stands before its speaker: ``kata``, ``dikatakan``, ``menurut``."""
    described: re.Pattern[str]
    """``dia``, ``pria asal Serang itu``: somebody spoken of before."""


@lru_cache(maxsize=1)
def load_patterns() -> SpeechPatterns:
    """The patterns of the shipped verbs."""
    lexicon = load_lexicon()
    bare = _any(lexicon.bare_verbs)
    clause = lexicon.speech_verbs - lexicon.bare_verbs
    passive = [verb for verb in clause if verb.startswith("di")]
    return SpeechPatterns(
        after=re.compile(
            rf"[\s,.\-–—]{{0,4}}(?:(?:demikian|begitu|seperti|masih|kembali|pun)\s+)?(?P<verb>{bare})(?P<nya>nya)?\b(?:\s+(?:lagi|pula|kembali|singkat))?",
            re.IGNORECASE,
        ),
        missing_close=re.compile(
            rf"[,.?!](?=\s*(?:{bare})(?:nya\b|\s+(?:[A-Z]|dia\b|ia\b|beliau\b|orang\b|pria\b|wanita\b|perempuan\b)))"
        ),
        clause=re.compile(rf"\b(?:{_any(clause)}|(?:{bare})(?:nya)?)\b", re.IGNORECASE),
        leading=re.compile(
            rf"\b(?:{bare}|{_any(passive)}|menurut|bagi|berdasarkan keterangan)\s+(?:oleh\s+)?$", re.IGNORECASE
        ),
        described=re.compile(rf"\s*(?:{_any(lexicon.pronouns)})\b", re.IGNORECASE),
    )


def find_verbs(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The verbs of speech in ``text[start:end]``, as ``clause`` would find them but word by word, which is faster."""
    verbs = load_lexicon().speech_verbs
    return (word for word in WORD.finditer(text, start, end) if word.group().lower() in verbs)


def _any(words: frozenset[str] | list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def sentence_bounds(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Rough sentences of ``text[start:end]``; dots of titles and initials end none."""
    bounds, last = [], start
    for match in SENTENCE_END.finditer(text, start, end):
        if not ABBREVIATION.search(text[max(start, match.start() - 10) : match.start()]):
            bounds.append((last, match.end()))
            last = match.end()
    return [*bounds, (last, end)] if last < end else bounds
