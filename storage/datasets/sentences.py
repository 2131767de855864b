"""The sentence in which something stands, as evidence for a reader; not for tagging, which cuts more finely."""

from __future__ import annotations

import re

LONGEST = 600
"""Characters to either side of the place, at most."""
_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
_SHORT = re.compile(r"(?:^|[\s(\"“.])(?:[A-Z][A-Za-z]{0,2}|Drs|Dra|Moch|Jend|Irjen|Kombes|hlm|tgl|dll|dsb|dkk)\.$")
"""A short form of a title, name or word before whose stop no sentence ends."""


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence of ``text`` around a place, within its paragraph; with an ellipsis where it is cut for length."""
    head = max(text.rfind("\n\n", 0, start) + 2, 0) if "\n\n" in text[:start] else 0
    tail = text.find("\n\n", end)
    tail = len(text) if tail == -1 else tail
    first, last = head, tail
    for mark in _END.finditer(text, max(head, start - LONGEST - 100), min(tail, end + LONGEST + 100)):
        if _SHORT.search(text, max(head, mark.start() - 12), mark.start() + 1):
            continue
        if mark.end() <= start:
            first = mark.end()
        elif mark.start() >= end - 1:
            last = mark.end()
            break
    return _cut(text, first, last, start, end)


def _cut(text: str, first: int, last: int, start: int, end: int) -> str:
    near, far = max(first, start - LONGEST), min(last, end + LONGEST)
    found = " ".join(text[near:far].split())
    return ("… " if near > first else "") + found + (" …" if far < last else "")
