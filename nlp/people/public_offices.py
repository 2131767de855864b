"""Which offices are public ones: heads over an area and agency posts always, chairs and directors by their body."""

from __future__ import annotations

import re

from nlp.people.lexicon import whole_words
from nlp.people.office_heads import Head

BODY = whole_words("public_bodies.txt")
STATE_COMPANY = whole_words("state_companies.txt")
PRIVATE = re.compile(r"\b(?:PT|CV|Tbk|Cabang|Hotel|Sekolah|SM[AKP]\w*|SD\w*|Universitas)\b")
DIRECTING = frozenset({"direktur", "dirut", "komisaris", "presiden", "wadir", "wadirut", "wakil", "dewan", "presdir"})
ELECTED = re.compile(r"(?:wakil )?ketua (?:[ivx]+|\d)\b|anggota dewan\b|(?:wakil )?ketua dewan$", re.IGNORECASE)


def is_public(head: Head, phrase: str) -> bool:
    """Does the phrase name a public office held now or once (a hoped-for one is none)?"""
    if head.candidate:
        return False
    if head.kind == "agency":
        return head.words[0] not in ("kepala", "wakil") or not PRIVATE.search(phrase) or bool(BODY.search(phrase))
    if head.kind != "post":
        return True
    if ELECTED.match(phrase) or BODY.search(phrase):
        return True
    return head.words[0] in DIRECTING and bool(STATE_COMPANY.search(phrase))
