"""What the wording shows an article to be, where it leaves no doubt."""

from __future__ import annotations

import re

from scraper.items import ArticleKind
from scraper.page.kinds import kind_of as page_kind

HEAD = 1500
"""Characters of the text in which the wording must stand."""
HOAX_TITLE = re.compile(
    r"^\W*(?:\[?(?:salah|hoaks|hoax|disinformasi|misinformasi|keliru)\]?\s*[:\]!]|cek fakta\b)", re.I
)
HOAX_TEXT = re.compile(
    r"(?:dipastikan|adalah|merupakan|tersebut|itu|dinyatakan)\s+(?:informasi |kabar |berita |pesan )?"
    r"(?:hoaks|hoax|tidak benar alias hoaks)\b"
    r"|hasil (?:penelusuran|cek fakta)[^.\n]{0,80}(?:hoaks|hoax|tidak benar|keliru|salah)",
    re.I,
)
HOAX_WORD = re.compile(r"\b(?:hoaks|hoax|klarifikasi|bantah|membantah|tidak benar)\b", re.I)
CORRECTION_TITLE = re.compile(r"^\W*(?:ralat|koreksi)\b\s*[:\]–—-]", re.I)
CORRECTION_TEXT = re.compile(
    r"(?:^|\n)\W{0,9}(?:ralat|koreksi)\s*:"
    r"|\b(?:berita|artikel) ini (?:telah|sudah) (?:dikoreksi|diralat|diperbaiki|direvisi)"
    r"|\bredaksi (?:meminta|memohon) maaf atas (?:kesalahan|kekeliruan)",
    re.I,
)


OPENING = re.compile(r"\s*[(\[]?(?P<label>[A-Za-z][A-Za-z /]{2,24})[)\]]?\s*[–—:-]\s")
CLOSING_AUTHOR = re.compile(r"\n\W{0,4}Penulis(?: adalah|,)\s+[^\n]{5,160}\s*$")
"""``Penulis adalah dosen ...`` as the last line."""


def kind_of(title: str, text: str) -> ArticleKind | None:
    """``hoax`` for a piece that refutes a false claim, ``correction`` for one that corrects another, else its label."""
    if _is_correction(title, text):
        return "correction"
    if _refutes(title, text):
        return "hoax"
    if CLOSING_AUTHOR.search(text):
        return "opinion"
    kind = page_kind(title, slots=_labels(text), text=text)
    return None if kind == "news" else kind


def is_hoax(title: str, text: str) -> bool:
    """Does the piece refute a false claim, so that :func:`kind_of` calls it ``hoax``?"""
    return _refutes(title, text) and not _is_correction(title, text)


def _refutes(title: str, text: str) -> bool:
    return bool(HOAX_TITLE.search(title) or (HOAX_WORD.search(title) and HOAX_TEXT.search(text[:HEAD])))


def _is_correction(title: str, text: str) -> bool:
    return bool(CORRECTION_TITLE.search(title) or CORRECTION_TEXT.search(text))


def _labels(text: str) -> list[str]:
    """The word that a text opens with before a dash: ``(ADV) –``, ``SIARAN PERS —``."""
    opening = OPENING.match(text)
    return (
        [opening["label"].strip(), re.sub(r"\s+(?:humas|resmi)$", "", opening["label"].strip(), flags=re.I)]
        if opening
        else []
    )
