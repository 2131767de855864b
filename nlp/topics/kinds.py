"""What the wording shows an article to be, where it leaves no doubt."""

from __future__ import annotations

import re

from scraper.items import ArticleKind

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


def kind_of(title: str, text: str) -> ArticleKind | None:
    """``hoax`` for a piece that refutes a false claim, ``correction`` for one that corrects another, else None."""
    if CORRECTION_TITLE.search(title) or CORRECTION_TEXT.search(text):
        return "correction"
    if HOAX_TITLE.search(title) or (HOAX_WORD.search(title) and HOAX_TEXT.search(text[:HEAD])):
        return "hoax"
    return None
