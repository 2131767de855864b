"""Which period of its sentence an amount speaks of."""

from __future__ import annotations

import re

from nlp.figures.clauses import Clause, Found
from nlp.figures.lexicon import any_of, words
from nlp.figures.periods import Period
from nlp.lexicons import read_words

SPEECH = frozenset(read_words("speech_verbs.txt"))
QUOTES = re.compile(r"[\"“”]")
TITLED = re.compile(
    rf"(?:\b(?:{any_of(words('times', 'titles'))}|permen\w*|no\.)\b[^,.;()\n]{{0,24}}|\bke-?\s?\w+\s)$", re.IGNORECASE
)
NEAR = re.compile(rf"[\s(,]*(?:(?:{any_of(words('times', 'near'))}|jum['’]at|-)[\s(,]*)*", re.IGNORECASE)
REACH, BEHIND = 400, 80
REPORTED = re.compile(r",\s*(?:Senin|Selasa|Rabu|Kamis|Jum['’]?at|Sabtu|Minggu|Ahad)\s*\(?")
WORD = re.compile(r"[^\W\d_]+")


def prepare_periods(clause: Clause) -> None:
    """Leave the periods that a figure may speak of, and note which stand right behind one."""
    clause.periods = [period for period in clause.periods if _tells_time(clause, period)]
    for period in clause.periods:
        owner = next((found for found in clause.found if _right_behind(clause, found, period)), None)
        if owner is not None:
            clause.owners[period.start] = owner


def read_period(clause: Clause, found: Found, *, own: bool = False) -> str | None:
    """ISO form of the period that ``found`` speaks of, None where its sentence does not say.

    ``own``: only a period right behind the figure counts, since the others are said of what it is compared with.
    """
    near = [period for period in clause.periods if _is_near(clause, found, period)]
    usable = [period for period in near if period.grain != "day" or not _attributes(clause, found, period)]
    behind = next((period for period in usable if clause.owners.get(period.start) is found), None)
    if behind is not None:
        return behind.iso
    if own:
        return None
    free = [period for period in usable if not _taken(clause, found, period)]
    before = [period for period in free if period.end <= found.start]
    if before:
        return before[-1].iso
    after = [period for period in free if period.start >= found.end]
    return after[0].iso if after else None


def _is_near(clause: Clause, found: Found, period: Period) -> bool:
    """Is the period within reach, or that of the line that opened a list?"""
    return period.end < clause.tokens[0].start or (
        period.start < found.end + REACH and period.end > found.start - REACH
    )


def _tells_time(clause: Clause, period: Period) -> bool:
    """Is the period no part of a name such as Pemilu 2024, and not open as in ``sejak 2012``?"""
    head = clause.text[max(0, period.start - 40) : period.start]
    if clause.tokens[0].start <= period.start:
        head = clause.text[max(clause.tokens[0].start, period.start - 40) : period.start]
    return not (TITLED.search(head) or _is_open(head))


def _is_open(head: str) -> bool:
    """``sejak 2012`` has no end, ``sebelum 2030`` no start: neither has a form."""
    return bool(
        re.search(
            r"\b(?:sejak|sebelum|setelah|mulai|pasca)\s+(?:tahun\s+|bulan\s+|tanggal\s+|awal\s+|akhir\s+)*$",
            head,
            re.IGNORECASE,
        )
    )


def _attributes(clause: Clause, found: Found, period: Period) -> bool:
    """Is the day that of the saying: ``ujar Pilar, Senin (3/5/2021)``?"""
    begin, end = max(clause.tokens[0].start, found.start - REACH), clause.tokens[-1].end
    between = clause.text[min(found.end, period.end) : max(found.start, period.start)]
    if QUOTES.search(between):
        return True
    if period.start > found.end:
        told = REPORTED.fullmatch(between) is not None and _speaks(clause.text[begin : found.start])
        return told or _speaks(between) or _speaks(clause.text[period.end : end][:40])
    dated = re.search(r"\b(?:pada|per|hingga|sejak)\s+(?:\w+\s*,?\s*)?\(?$", clause.text[begin : period.start])
    return _speaks(clause.text[begin : found.start]) and dated is None


def _speaks(text: str) -> bool:
    return any(word.lower() in SPEECH for word in WORD.findall(text))


def _right_behind(clause: Clause, found: Found, period: Period) -> bool:
    return 0 <= period.start - found.end <= BEHIND and bool(NEAR.fullmatch(clause.text[found.end : period.start]))


def _taken(clause: Clause, found: Found, period: Period) -> bool:
    """Does the period stand right behind another amount, so that it is said of that one?"""
    owner = clause.owners.get(period.start)
    if owner is None or owner is found:
        return False
    if owner.start < found.start:
        return True
    between = clause.text[found.end : owner.start]
    return not re.fullmatch(r"\s*(?:,|dan|serta|atau|dengan)\s*(?:\w+\s*){0,2}", between)
