"""All organisations of a text: by grammar, by name, by bracketed abbreviation, and what the model saw beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nlp.boilerplate_lines import find_boilerplate, overlaps
from nlp.orgs.lexicon import OrgLexicon, load_orgs
from nlp.orgs.model_orgs import clean_orgs
from nlp.orgs.phrases import OrgGrammar
from nlp.people.areas import load_areas
from nlp.people.lexicon import load_lexicon, office_forms
from nlp.people.words import split_words
from nlp.places.lexicon import load_places

Chars = tuple[int, int]
OUTLET = re.compile(r"(?<![\w.@-])[A-Za-z][A-Za-z0-9-]{2,30}\.(?:com|co\.id|id|net|news|COM|CO\.ID|ID|NET)(?![\w.]*\w)")
BRACKETED = re.compile(r"\s?\(\s?([A-Z][\w&-]{1,14}(?: [A-Z][\w-]{1,14})?)\s?\)")
DATELINE = re.compile(r"\s*[A-Z][A-Z ]+, ([A-Z][A-Z ]*[A-Z]) [-–—] ")
"""The outlet between place and text: ``CIPUTAT, WEB TANGSEL - ``."""


@dataclass(frozen=True, slots=True)
class FoundOrg:
    """The offsets of a mention and who found it."""

    start: int
    end: int
    source: Literal["rule", "model"]


SENTENCE_END = re.compile(r"[a-z][.!?]\s")
STOP = re.compile(
    r"(?:(?<=[a-z]{3})|(?<=[A-Z]{3}))(?<!Pemkab)(?<!Pemkot)(?<!Pemprov)(?<!Prov)\.\s+(?=[A-Z])|\),\s+(?=[A-Z])"
)
"""Where a name cannot go on: the end of a sentence, a comma behind a bracket."""
DOUBLE = re.compile(r"Koperasi\s+((?:Dinas|Badan|Disp\w+|Diskop\w*)\s)")
"""A field of work before the agency: ``Kepala Seksi Koperasi Dinas Perdagangan``."""
WHOLE = re.compile(r"(?:[A-Z]{2,}\w*|\S+(?:\s+\S+)+)\s+")
"""A name that is whole before a person's begins: a short form, or two words and more."""
TAX = re.compile(r"\b(?:pajak|bphtb|retribusi|bapenda|bumi dan bangunan)\b", re.IGNORECASE)


def find_orgs(text: str, model: list[Chars], *, persons: Sequence[int] = ()) -> list[FoundOrg]:
    """The organisations of ``text`` in order, none within another; ``model`` holds the spans the model calls ORG.

    ``persons`` are the places where persons begin, as the model sees them: a name ends before them.
    """
    orgs = load_orgs()
    closed = find_boilerplate(text)
    spans: list[Chars] = []
    by_grammar = (_cut(text, *span, persons) for span in _by_grammar(text, orgs))
    for span in (*_matches(OUTLET, text), *_outlet(text), *by_grammar, *_matches(orgs.names, text)):
        _add(spans, span, closed)
    _add_abbreviations(text, spans, closed)
    found = [FoundOrg(start, end, "rule") for start, end in spans]
    for start, end in clean_orgs(text, (_cut(text, *span, ()) for span in model)):
        if not overlaps(start, end, [*spans, *closed]):
            found.append(FoundOrg(start, end, "model"))
            spans.append((start, end))
    return sorted((org for org in found if not _is_other(text, org)), key=lambda org: org.start)


def _cut(text: str, start: int, end: int, persons: Sequence[int]) -> Chars:
    """The span up to the end of a sentence, a closed bracket with a comma, or a person's name inside it."""
    if stop := STOP.search(text, start, end):
        end = stop.start() + (stop.group()[0] == ")")
    if second := DOUBLE.match(text, start, end):
        start = second.start(1)
    for person in persons:
        if start < person < end and (whole := WHOLE.fullmatch(text, start, person)):
            titled = whole.group().split()[-1].lower() in load_lexicon().honorifics
            end = end if titled else start + len(whole.group().rstrip())
    return start, end


def _outlet(text: str) -> list[Chars]:
    """The outlet that a dateline names at the start of ``text``: neither an area nor a day or country."""
    match = DATELINE.match(text)
    if match is None or load_areas().find(match[1]):
        return []
    known = load_lexicon().not_names | load_places().world
    name = match[1].lower()
    return [] if any(word in known for word in (name, *name.split())) else [match.span(1)]


def _is_other(text: str, org: FoundOrg) -> bool:
    """An office in short (``Menko``), an acting word, the land tax, or a span over the end of a sentence."""
    surface = text[org.start : org.end]
    lower = surface.lower()
    if lower in load_orgs().class_words or _of_minister(text, org):
        return True
    if lower in office_forms() or tuple(lower.split()) in load_lexicon().acting:
        return True
    if org.source == "model" and SENTENCE_END.search(surface):
        return True
    return lower == "pbb" and TAX.search(text) is not None


def _of_minister(text: str, org: FoundOrg) -> bool:
    """Is it the field of a minister: ``Wamen Koperasi Farida``?"""
    field = text.startswith("Koperasi", org.start)
    return field and re.search(r"\b(?:Menteri|Wamen|Menko)\s+$", text[max(0, org.start - 10) : org.start]) is not None


def _by_grammar(text: str, orgs: OrgLexicon) -> list[Chars]:
    words = split_words(text)
    grammar = OrgGrammar(words, orgs, load_lexicon(), load_areas())
    return [(words[first].start, words[end - 1].end) for first, end in grammar.find()]


def _matches(pattern: re.Pattern[str], text: str) -> list[Chars]:
    return [match.span() for match in pattern.finditer(text)]


def _add(spans: list[Chars], span: Chars, closed: list[Chars]) -> None:
    if span[1] > span[0] and not overlaps(*span, spans) and not overlaps(*span, closed):
        spans.append(span)


def _add_abbreviations(text: str, spans: list[Chars], closed: list[Chars]) -> None:
    """Bracketed short names right after a mention, and every further use of them."""
    short: set[str] = set()
    for start, end in list(spans):
        match = BRACKETED.match(text, end)
        if match and _abbreviates(match[1], text[start:end]) and not load_areas().find(match[1]):
            short.add(match[1])
    if not short:
        return
    names = "|".join(re.escape(name) for name in sorted(short, key=len, reverse=True))
    for span in _matches(re.compile(rf"(?<![\w-])(?:{names})(?![\w-])"), text):
        _add(spans, span, closed)


def _abbreviates(short: str, name: str) -> bool:
    """Do the letters of the last word of ``short`` occur in ``name`` in this order?"""
    letters = iter(name.lower())
    return all(letter in letters for letter in short.split()[-1].lower() if letter.isalpha())
