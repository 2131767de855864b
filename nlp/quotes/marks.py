"""Stretches between quotation marks, with doubled, mixed and missing marks taken as they were meant."""

from __future__ import annotations

import re
from dataclasses import dataclass

OPENING = "“„«"
CLOSING = "”»"
STRAIGHT = '"'
DOUBLE = OPENING + CLOSING + STRAIGHT + "‟″＂"
SINGLE_QUOTE = re.compile(r"(?:(?<=\s)|^)[‘'](?=\S)([^\n‘’'\"“”]{25,600}[,.?!])[’'](?=[\s,.]|$)", re.MULTILINE)
REPEATED = re.compile(r"''|``|,,(?=\w)|&quot;")
PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text between marks; ``start``/``end`` without them, ``after`` the first character behind."""

    start: int
    end: int
    after: int
    closed: bool = True
    single: bool = False


def find_stretches(text: str, verb_after: re.Pattern[str]) -> list[Stretch]:
    """All quoted stretches in order; ``verb_after`` finds the ``, ujar`` that ends a quote whose mark is missing."""
    found: list[Stretch] = []
    carry: int | None = None
    for paragraph in PARAGRAPH.finditer(text):
        stretches, carry = _read_paragraph(text, paragraph.start(), paragraph.end(), carry, verb_after)
        found.extend(stretches)
    if carry is not None:
        found.extend(_unclosed(text, carry, _line_end(text, carry), verb_after))
    found.extend(_single_quotes(text, found))
    trimmed = (_trim(text, stretch) for stretch in found)
    return sorted((stretch for stretch in trimmed if stretch.end > stretch.start), key=lambda stretch: stretch.start)


def even_marks(text: str) -> str:
    """``text`` with doubled single marks and the like as straight double ones, at the same length."""
    return REPEATED.sub(lambda match: STRAIGHT + " " * (len(match.group()) - 1), text)


def _read_paragraph(
    text: str, start: int, end: int, carry: int | None, verb_after: re.Pattern[str]
) -> tuple[list[Stretch], int | None]:
    """The stretches of one paragraph; ``carry`` is where a quote of an earlier paragraph opened."""
    found: list[Stretch] = []
    opened = carry
    at = start
    if opened is not None and _opens_again(text, start):
        found.extend(_unclosed(text, opened, _line_end(text, opened), verb_after))
        opened = None
    while at < end:
        if text[at] in DOUBLE and not _is_inch_or_letter(text, at):
            if opened is None:
                opened = None if _only_closes(text, at, start) else at + 1
            elif not (at > opened and _only_opens(text, at, start, opened)):
                after = at + 1
                while after < end and text[after] in CLOSING + STRAIGHT:
                    after += 1
                found.append(Stretch(opened, at, after))
                opened, at = None, after - 1
            else:
                found.extend(_unclosed(text, opened, at, verb_after))
                opened = at + 1
        at += 1
    if opened is None or not _may_run_on(text, opened, end, verb_after):
        if opened is not None:
            found.extend(_unclosed(text, opened, min(end, _line_end(text, opened)), verb_after))
        return found, None
    return found, opened


def _opens_again(text: str, start: int) -> bool:
    return text[start] in OPENING + STRAIGHT + CLOSING


def _is_inch_or_letter(text: str, at: int) -> bool:
    """A mark inside a word (``Jum”at``) or after a number of inches is no quotation mark."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isalpha() and after.isalpha():
        return not text[at + 1 : at + 12].lower().startswith(VERB_STARTS)
    return False


VERB_STARTS = (
    "ujar",
    "kata",
    "ucap",
    "jelas",
    "tutur",
    "ungkap",
    "tegas",
    "papar",
    "terang",
    "imbuh",
    "tambah",
    "pungkas",
    "beber",
)


def _only_closes(text: str, at: int, start: int) -> bool:
    """A mark that hangs on the word before it while nothing is open."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (
        at > start
        and not before.isspace()
        and before not in "([:-–—"
        and (not after or after.isspace() or after in ",.;)")
    )


def _only_opens(text: str, at: int, start: int, opened: int) -> bool:
    """A mark that can only open: after a blank and before a word, while a quote is already open."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] in CLOSING and text[opened - 1] not in CLOSING:
        return False
    blank = before.isspace() and bool(after) and not after.isspace() and after not in ",."
    if text[at] in OPENING:
        return (blank and bool(re.search(r"[.,!?]\s+$", text[opened:at]))) or (blank and at - opened > 200)
    sentence_done = bool(re.search(r"[.!?]\s*$", text[opened:at]))
    return blank and after.isupper() and sentence_done and bool(VERB_INSIDE.search(text[opened:at]))


VERB_INSIDE = re.compile(
    r",\s*(?:ujar|kata|ucap|jelas|tutur|ungkap|tegas|papar|terang|imbuh|tambah|pungkas|beber|harap|pinta|sambung|lanjut)(?:nya)?\b"
)


def _may_run_on(text: str, opened: int, end: int, verb_after: re.Pattern[str]) -> bool:
    """Does a quote open at the end of a paragraph and close in one of the next two?"""
    if verb_after.search(text, opened, end):
        return False
    following = text[end : end + 1500]
    for part in following.split("\n"):
        if not part.strip():
            continue
        mark = re.search(f"[{DOUBLE}]", part)
        if mark is None:
            continue
        return mark.start() > 0 and (part[mark.start() - 1] in ",.?!…" or not part[mark.start() - 1].isspace())
    return False


def _unclosed(text: str, opened: int, end: int, verb_after: re.Pattern[str]) -> list[Stretch]:
    """A quote without a closing mark: up to its ``, ujar``, else to the end of its paragraph."""
    match = verb_after.search(text, opened, end)
    if match:
        return [Stretch(opened, match.start() + 1, match.start() + 1, closed=False)]
    return [Stretch(opened, end, end, closed=False)] if end - opened > 40 else []


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _single_quotes(text: str, found: list[Stretch]) -> list[Stretch]:
    spans = [(stretch.start, stretch.end) for stretch in found]
    singles = (Stretch(m.start(1), m.end(1), m.end(), single=True) for m in SINGLE_QUOTE.finditer(text))
    return [one for one in singles if all(one.end <= start or one.start >= end for start, end in spans)]


def _trim(text: str, stretch: Stretch) -> Stretch:
    start, end = stretch.start, stretch.end
    while start < end and (text[start].isspace() or text[start] in DOUBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in DOUBLE):
        end -= 1
    return Stretch(start, end, stretch.after, stretch.closed, stretch.single)
