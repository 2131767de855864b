"""Groups of words that mean the same office, place or body, and how a row of words splits into concepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from storage.search.words import lexicon_lines, plain

Form = tuple[str, ...]


@cache
def groups() -> dict[Form, tuple[Form, ...]]:
    """Each form -> all forms of its group(s), itself first."""
    table: dict[Form, list[Form]] = defaultdict(list)
    for line in lexicon_lines("synonyms.txt"):
        forms = [tuple(plain(form)) for form in line.split("=")]
        for form in forms:
            table[form] += [form, *(other for other in forms if other != form)]
    return {form: tuple(dict.fromkeys(others)) for form, others in table.items()}


@cache
def longest() -> int:
    """The number of words in the longest form."""
    return max(map(len, groups()))


def forms_at(row: Sequence[str], start: int) -> tuple[int, tuple[Form, ...]]:
    """How many words from ``start`` make a known form (the longest), and all forms of it; (0, ()) if none."""
    for length in range(min(longest(), len(row) - start), 0, -1):
        found = groups().get(tuple(row[start : start + length]))
        if found:
            return length, found
    return 0, ()


def variants(row: Sequence[str], *, limit: int = 12) -> list[Form]:
    """The row with its known parts in all forms: ``wali kota tangsel`` also as ``walikota tangerang selatan``."""
    found: list[Form] = [()]
    at = 0
    while at < len(row):
        length, forms = forms_at(row, at)
        forms = forms or ((row[at],),)
        found = [(*head, *form) for head in found for form in forms][:limit]
        at += length or 1
    return found
