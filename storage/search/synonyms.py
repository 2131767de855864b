"""Groups of words that mean the same office, place or body: found in rows of words, and written out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import compress

from storage.search.stems import standard, standards
from storage.search.words import lexicon_lines, plain

Form = tuple[str, ...]
SIGN = "="
"""Before the name of a group: no word of a text looks like that."""


@cache
def groups() -> dict[str, tuple[Form, ...]]:
    """Name of a group -> its forms in standard spelling; those with "dan" also without it."""
    table: dict[str, tuple[Form, ...]] = {}
    for line in lexicon_lines("synonyms.txt"):
        forms = [tuple(map(standard, plain(form))) for form in line.split(SIGN)]
        forms += [tuple(word for word in form if word != "dan") for form in forms]
        table[SIGN + "_".join(forms[0])] = tuple(dict.fromkeys(forms))
    return table


@cache
def meanings() -> dict[Form, tuple[str, ...]]:
    """Form -> the groups that it belongs to."""
    table: dict[Form, list[str]] = defaultdict(list)
    for name, forms in groups().items():
        for form in forms:
            table[form].append(name)
    return {form: tuple(names) for form, names in table.items()}


def longest_at(row: Sequence[str], start: int) -> Form:
    """The longest known form that begins at ``start`` of a row in standard spelling; empty where there is none."""
    return max(_forms_at(row, start), key=len, default=())


def named_groups(row: Sequence[str]) -> list[str]:
    """The groups that words in standard spelling name, once for each time that one of their forms is there.

    A form of several groups counts for those that the text also names by another form, for all where it does not.
    """
    starts, known, after = _starts(), meanings(), (*row[1:], "")
    places = compress(range(len(row)), map(starts.__contains__, row))
    likely = (at for at in places if not starts[row[at]].keys().isdisjoint((None, after[at])))
    found = [known[form] for at in likely for form in _forms_at(row, at)]
    sure = {names[0] for names in found if len(names) == 1}
    return [name for names in found for name in (sure.intersection(names) or names)]


def variants(row: Sequence[str], *, limit: int = 12) -> list[Form]:
    """The row with its known parts in all forms: ``wali kota tangsel`` also as ``walikota tangerang selatan``."""
    row = list(row)
    spelled = standards(row)
    found: list[Form] = [()]
    at = 0
    while at < len(row):
        known = longest_at(spelled, at)
        typed = tuple(row[at : at + (len(known) or 1)])
        others = [form for name in meanings().get(known, ()) for form in groups()[name]]
        found = [(*head, *form) for head in found for form in dict.fromkeys((typed, *others))][:limit]
        at += len(typed)
    return found


@cache
def _starts() -> dict[str, dict[str | None, list[Form]]]:
    """First word of a form -> its second word (``None`` where it has one only) -> the forms."""
    table: dict[str, dict[str | None, list[Form]]] = defaultdict(lambda: defaultdict(list))
    for form in meanings():
        table[form[0]][form[1] if len(form) > 1 else None].append(form)
    return {word: dict(forms) for word, forms in table.items()}


def _forms_at(row: Sequence[str], start: int) -> list[Form]:
    forms = _starts().get(row[start])
    if not forms:
        return []
    following = forms.get(row[start + 1], ()) if start + 1 < len(row) else ()
    return [*forms.get(None, ()), *(form for form in following if tuple(row[start : start + len(form)]) == form)]
