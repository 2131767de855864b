"""How far a name runs: capitalised words, small words between them, numbers, brackets, quotation marks."""

from __future__ import annotations

import re

from nlp.programs.lexicon import words

NEVER = words("never")
INSIDE = words("inside")
CAPITAL = re.compile(r"(?!(?:Rp|IDR|USD?)\b|Rp\d)[A-Z][\w’'-]*(?:/[A-Z]\w*)?!?|\d{1,3}[A-Z]+\w*")
NUMBER = re.compile(r"(?:19|20)\d\d\b|[Kk]e\s?[-–]?\s?(?:[IVX]+\b|\d+\b)|[IVX]+\b|\d{1,2}\b(?![.,]\d)")
SMALL = re.compile(r"[a-z]+")
GAP = re.compile(r"[ \u00a0]+")
BRACKET = re.compile(r"[ \u00a0]{0,3}\(([A-Z][\w&-]{1,14}(?: [A-Z][\w-]*)?)\)")
QUOTED = re.compile(r"[ \u00a0]{0,3}[“\"”‘'`]([A-Z0-9][^“”\"‘’'`\n]{2,70})[”\"“’'`]")
LONGEST = 12


def read_run(text: str, at: int) -> int:
    """The end of the capitalised name that starts at ``at``; ``at`` itself where there is none."""
    end, size = at, 0
    while size < LONGEST:
        match = CAPITAL.match(text, at) or (NUMBER.match(text, at) if size else None)
        if match is None:
            at, ok = _over_small(text, at, started=size > 0)
            if not ok:
                break
            continue
        if size == 0 and match.group().lower() in NEVER:
            break
        end, size = match.end(), size + 1
        gap = GAP.match(text, end)
        if gap is None:
            break
        at = gap.end()
    return end


def read_bracket(text: str, at: int) -> tuple[int, int] | None:
    """Offsets of the abbreviation in brackets right behind a name: ``(MBG)``."""
    match = BRACKET.match(text, at)
    return match.span(1) if match and not _is_place_note(match.group(1)) else None


def read_quoted(text: str, at: int) -> tuple[int, int] | None:
    """Offsets of a name in quotation marks at ``at``: ``“Jumat Berkah”``."""
    match = QUOTED.match(text, at)
    if (
        match is None
        or match.group(1).count(" ") > LONGEST - 2
        or match.group(1).rstrip().endswith((",", ".", "?", "!"))
    ):
        return None
    return match.span(1)


def word_count(name: str) -> int:
    """Words of a name that begin with a capital."""
    return len(CAPITAL.findall(name))


def is_acronym(name: str) -> bool:
    """One word, two capitals or more: MBG, SiPraja, P2L."""
    return " " not in name and sum(letter.isupper() for letter in name) >= 2


def _over_small(text: str, at: int, *, started: bool) -> tuple[int, bool]:
    """Behind a small word such as ``dan`` where a capital follows it."""
    match = SMALL.match(text, at) if started else None
    if match is None or match.group() not in INSIDE or match.group() in {"di", "dari", "dengan", "ke"}:
        return at, False
    gap = GAP.match(text, match.end())
    if gap is None or not CAPITAL.match(text, gap.end()):
        return at, False
    return gap.end(), CAPITAL.match(text, gap.end()).group().lower() not in NEVER  # type: ignore[union-attr]


def _is_place_note(inside: str) -> bool:
    return inside.lower() in {"persero", "tbk", "ist", "foto", "red", "adv", "wib", "almarhum"}
