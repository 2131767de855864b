"""From a text to its programmes: candidates, registered names, their later and shorter mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from nlp.programs.grammar import Candidate, find_candidates
from nlp.programs.known import KnownNames
from nlp.programs.names import INSIDE, is_acronym
from scraper.items import ProgramTag, Span

BOILERPLATE = re.compile(
    r"^[ \t*>]*(?:baca|simak|lihat|tonton)(?: juga| video)[^\n]*$"
    r"|^(?:penulis|editor|reporter|pewarta)\b[^\n]*$|\[gambas:[^\]\n]*\]",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(slots=True)
class Programme:
    """A programme of the article while its mentions are collected."""

    spans: list[tuple[int, int, float]] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)
    """Wordings by which it is found again."""
    program_id: str | None = None


def find_programs(text: str, *, known: KnownNames | None = None) -> list[ProgramTag]:
    """The programmes of ``text`` by first mention; each with its full name, all its mentions, and its registry id.

    ``known`` are the registered names; without them only the wording decides. Never raises.
    """
    blocked = [match.span() for match in BOILERPLATE.finditer(text)]
    programmes: list[Programme] = []
    candidates = [*find_candidates(text), *(known.find(text) if known else ())]
    for candidate in _longest(candidates, blocked):
        _add(programmes, text, candidate, known)
    _find_again(programmes, text, blocked)
    tags = [_tag(text, programme) for programme in programmes if programme.spans]
    return sorted(tags, key=lambda tag: tag.mentions[0].start)


def _longest(candidates: Iterable[Candidate], blocked: list[tuple[int, int]]) -> list[Candidate]:
    """Candidates without overlaps, the longer one kept, in reading order."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda one: (one.start - one.end, -one.score, one.start)):
        spans = [(one.start, one.end) for one in kept] + blocked
        if not any(first < candidate.end and candidate.start < last for first, last in spans):
            kept.append(candidate)
    return sorted(kept, key=lambda one: one.start)


def _add(programmes: list[Programme], text: str, candidate: Candidate, known: KnownNames | None) -> None:
    """Put ``candidate`` to the programme that has its name, or open a new one."""
    name = " ".join(text[candidate.start : candidate.end].split())
    short = text[slice(*candidate.short)] if candidate.short else None
    program_id = known.id_of(name) or (known.id_of(short) if short else None) if known else None
    programme = next((one for one in programmes if _same(one, name, program_id)), None)
    if programme is None:
        programme = Programme(program_id=program_id)
        programmes.append(programme)
    programme.spans.append((candidate.start, candidate.end, candidate.score))
    programme.forms.update(_forms(name, short))
    if candidate.short and candidate.short[1] > candidate.end and short in programme.forms:
        programme.spans.append((*candidate.short, candidate.score))


def _same(programme: Programme, name: str, program_id: str | None) -> bool:
    if program_id is not None and programme.program_id == program_id:
        return True
    return name.lower() in {form.lower() for form in programme.forms}


def _forms(name: str, short: str | None) -> set[str]:
    """The name, its abbreviation, and the class word with the abbreviation: ``klinik IKM``."""
    forms = {name}
    inner = re.match(r"(\w+) .*\((\w+)\)(.*)", name)
    if inner:
        forms.update(
            {f"{inner[1]} {inner[2]}{inner[3]}", f"{inner[1]} {inner[2]}", f"{name.replace(f' ({inner[2]})', '')}"}
        )
    elif short:
        rest = shortened_words(name, short)
        forms.add(" ".join([*name.split()[:-rest], short]) if rest else short)
    return forms


def shortened_words(name: str, short: str) -> int:
    """How many last words the abbreviation stands for where it leaves the first out, else 0.

    3 for ``Klinik Industri Kecil Menengah (IKM)``, 0 for ``Gerakan Sosial Terpadu (GST)``.
    """
    initials = "".join(word[0] for word in name.split() if word not in INSIDE).upper()
    letters = "".join(letter for letter in short if letter.isupper())
    if any(letter.isdigit() for letter in short):
        return 0
    return len(letters) if 2 <= len(letters) < len(initials) and initials.endswith(letters) else 0


def _find_again(programmes: list[Programme], text: str, blocked: list[tuple[int, int]]) -> None:
    """Add the other places where a form of a programme stands."""
    taken = [span[:2] for programme in programmes for span in programme.spans] + blocked
    forms = [(form, programme) for programme in programmes for form in programme.forms]
    for form, programme in sorted(forms, key=lambda pair: -len(pair[0])):
        for match in _pattern(form).finditer(text):
            if not any(first < match.end() and match.start() < last for first, last in taken):
                programme.spans.append((*match.span(), 0.7))
                taken.append(match.span())


@lru_cache(maxsize=2048)
def _pattern(form: str) -> re.Pattern[str]:
    """An abbreviation and a single word keep their case, longer names may be written small."""
    body = r"\s+".join(map(re.escape, form.split()))
    flags = 0 if " " not in form or is_acronym(form) else re.IGNORECASE
    return re.compile(rf"(?<![\w-]){body}(?![\w])", flags)


def _tag(text: str, programme: Programme) -> ProgramTag:
    spans = sorted(set(programme.spans))
    mentions = tuple(Span(start=start, end=end, surface=text[start:end], score=score) for start, end, score in spans)
    name = max((" ".join(mention.surface.split()) for mention in mentions), key=len)
    return ProgramTag(name=name, mentions=mentions, program_id=programme.program_id)
