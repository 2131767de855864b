"""Stretches whose numbers are no figures: dates, times, law and document numbers, addresses, scores, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.figures.lexicon import phrases, quick_any_of, words
from nlp.figures.periods import Period

CLOCK = r"\d{1,2}[.:]\d{2}(?::\d{2})?"
UNTIL = r"\s*(?:-|–|—|hingga|sampai(?: dengan)?|s/d|s\.d\.?|dan)\s*(?:pukul\s*|jam\s*)?"
LINKS = r"[Bb]aca|BACA|[Ss]imak|SIMAK|[Ll]ihat|[Tt]onton|[Pp]ilihan [Rr]edaksi"
NUMBERED = r"[(\s:.]*[A-Z]?[\d][\w./-]*\)?"

NEEDED = {
    r"[\w.+-]{1,64}@": "@",
    r"(?=\d)(?<![\d.,])(?:[01]?\d|2[0-3]):": ":",
    r"(?<=[\w.)”\"] )\(": "(",
    r"\[(?:Gambas": "[",
}
"""Beginnings of expressions, with a sign without which they match nothing."""
FALSE_FRIENDS = tuple(
    (
        next((sign for head, sign in NEEDED.items() if expression.startswith(head)), ""),
        re.compile(expression, re.MULTILINE),
    )
    for expression in (
        r"https?://\S+|www\.\S+",
        r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,63}",
        rf"^[ \t*>]*(?:{LINKS})(?: [Jj]uga| JUGA| [Vv]ideo)[^\n]*$",
        r"^(?:[Pp]enulis|[Ee]ditor|[Rr]eporter|[Pp]ewarta|[Ff]otografer|Rep|COPYRIGHT|Copyright|©|Dibaca)\b[^\n]*$",
        r"\[(?:Gambas|[Bb]aca [Jj]uga)[^\]\n]*\]",
        rf"(?=[pPjJsSmM])(?i:\b(?:pukul|pkl\.?|jam operasional|sejak jam|mulai jam)\s*{CLOCK}"
        rf"|\b(?:pukul|pkl\.?|jam)\s*\d{{1,2}}\b(?![.,]\d))(?:{UNTIL}(?:{CLOCK}|\d{{1,2}}\b))?",
        rf"{CLOCK}(?:{UNTIL}{CLOCK})?\s*(?:WIB|WITA|WIT|Wib|wib|waktu setempat)\b",
        r"(?=\d)(?<![\d.,])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])",
        r"(?i:\btanggal\s+\d{1,2}(?![.,]?\d))(?:\s*(?:-|–|hingga|sampai|s/d|dan)\s*(?:tanggal\s+)?\d{1,2}(?![.,]?\d))?",
        # laws, decrees, documents
        rf"(?i:\b(?:{quick_any_of(words('masks', 'laws'))}|permen\w*|no\.)\s*(?:no\.?|nomor)?{NUMBERED}"
        rf"(?:(?:,|/| dan| jo\.?| juncto| atau)\s*(?:pasal|ayat|nomor)?{NUMBERED}(?![\w.,]*\s*(?:persen|%)))*)"
        r"(?:\s+(?:[Tt]ahun|TAHUN|[Tt]h\.?)\s+\d{4})?",
        r"(?<![\w.,])(?:[A-Z]+-)?\d{1,4}(?:\.\d+)*(?:[/-](?=[\w.]*[\dA-Z])[\w.]+){2,}",
        # addresses
        r"\bR[TW]\.?(?:/RW\.?)?\s*:?\s*\d+(?:\s*/\s*(?:RW\.?\s*)?\d+)?",
        r"\b(?:Blok|blok|Kav(?:ling)?\.?|Gang|Gg\.?|Lantai|lantai|Lt\.?|Gedung|Ruang|Kamar|Komplek|KM\.?|Km\.?|Kilometer|kilometer)\s+[A-Z]{0,2}\d+(?:[.,]\d+)?[A-Z]?\b",
        # phones, registers, plates, coordinates
        r"(?=[+\d])(?:\+62[\d -]{6,}|(?<![\d.,])0\d{2,3}[ -]?\d{3,}(?:[ -]\d+)*|(?<![\d.,])\d{9,}(?![.,]?\d))",
        r"(?=[A-Z\d])(?:\b[A-Z]{1,2} \d{3,4} [A-Z]{2,3}\b"
        r"|(?<!\d)\d{1,3}(?:[.,]\d{1,6})?\s?(?:°(?!C)|(?:LU|LS|BT|SR|SK)\b))",
        r"(?<![\w.,])0\d(?![\d.,%])",
        # ages, scores, ordinals
        r"(?<=[\w.)”\"] )\(\d{1,2}(?:\s*(?:th|thn|tahun))?\)(?!\s*[(%])",
        r"(?<=[A-Z][a-z]|[A-Z]{2}|.[A-Z])\w{0,30},? \d{2},(?= [A-Z\w])(?<!\d{3},)",
        r"(?i:\b(?=[smkiua])(?:skor|menang|kalah|imbang|unggul|kedudukan|agregat)\s+(?:telak\s+|tipis\s+|dengan\s+)?(?:skor\s+)?\d{1,2}\s*[-–]\s*\d{1,2})",
        # lists, names with numbers, eras
        r"^[ \t]*(?:[-•*][ \t]*)?\(?\d{1,2}[.)](?!\d)",
        r"(?<=[ :;,])\(?\d{1,2}\)(?=\s*[A-Za-z])",
        r"\b(?:[Cc][Oo][Vv][Ii][Dd]|U|G|B|P|C|D|S|K|A)[- ]\d+\b(?!\s*(?:persen|%))",
        r"\d{3,4}\s*(?:Hijriah|Hijriyah|Masehi|H\b|M\b(?=[ ,.)]*(?:/|\d{4} ?H)))",
        r"\b[A-Z]\d+\b|\b\d+[A-Z][A-Z\d]*\b(?<!KK)(?<![\d]M)(?<![\d]T)(?<![\d]G)(?<!KG)(?<!HA)",
        r"(?i:\b(?:dalam|hari)\s+tempo\s+1x24|\b\d+\s?x\s?\d+(?!\s*(?:cm|m|meter)))",
        rf"(?i:\b(?:{quick_any_of(words('masks', 'numbered_words'))})"
        r"\s+(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan)\b)",
        rf"(?i:\b(?:{quick_any_of(phrases('masks', 'idioms'))})\b)",
        r"(?i:\b(?=[dtels\d])(?:dua|tiga|empat|lima|sepuluh|\d+)\s+besar\b)",
    )
)  # fmt: skip


def find_masks(
    text: str, periods: Sequence[Period], *, within: Sequence[tuple[int, int]] | None = None
) -> tuple[list[Period], list[tuple[int, int]]]:
    """The ``periods`` that tell a time, and the offsets of the stretches in which no figure may start, sorted.

    A year inside a law's number or a line of links tells no time. ``within`` are the stretches to look at, all of
    the text by default.
    """
    friends = [
        span for part in ([(0, len(text))] if within is None else within) for span in _false_friends(text, *part)
    ]
    hidden = bytearray(len(text))
    for first, last in friends:
        hidden[first:last] = b"\x01" * (last - first)
    inside = [period for period in periods if all(hidden[period.start : period.end])]
    swallowed = {period.start for period in inside if any(_swallows(span, period) for span in friends)}
    kept = [period for period in periods if period.start not in swallowed]
    return kept, sorted([*friends, *((period.start, period.end) for period in periods)])


def _swallows(span: tuple[int, int], period: Period) -> bool:
    first, last = span
    return first <= period.start and period.end <= last and last - first > period.end - period.start + 3


def _false_friends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for needed, pattern in FALSE_FRIENDS:
        if text.find(needed, start, end) < 0:
            continue
        for match in pattern.finditer(text, start, end):
            if match.end() > match.start():
                yield match.start(), match.end()
