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

MOST_FORMS = 300


@dataclass(slots=True)
class Programme:
    """A programme of the article while its mentions are collected."""

    program_id: str | None = None
    spans: list[tuple[int, int, float]] = field(default_factory=list)


@dataclass(slots=True)
class Collection:
    """The programmes of an article, to be found by wording and by id."""

    programmes: list[Programme] = field(default_factory=list)
    forms: dict[str, tuple[str, Programme]] = field(default_factory=dict)
    """Lower-case wording -> wording as written, and its programme."""
    ids: dict[str, Programme] = field(default_factory=dict)

    def named(self, name: str, program_id: str | None) -> Programme:
        """The programme with this wording or id, a new one where there is none."""
        known = self.ids.get(program_id or "") or self.forms.get(name.lower(), ("", None))[1]
        if known is None:
            known = Programme(program_id)
            self.programmes.append(known)
        if program_id is not None:
            self.ids.setdefault(program_id, known)
        return known


def find_programs(text: str, *, known: KnownNames | None = None) -> list[ProgramTag]:
    """The programmes of ``text`` by first mention; each with its full name, all its mentions, and its registry id.

    ``known`` are the registered names; without them only the wording decides. Never raises.
    """
    taken = bytearray(len(text))
    for match in BOILERPLATE.finditer(text):
        _take(taken, *match.span())
    collection = Collection()
    candidates = [*find_candidates(text), *(known.find(text) if known else ())]
    for candidate in _longest(candidates, taken):
        _add(collection, text, candidate, known, taken)
    _find_again(collection, text, taken)
    return sorted((_tag(text, one) for one in collection.programmes), key=lambda tag: tag.mentions[0].start)


def _take(taken: bytearray, start: int, end: int) -> bool:
    """Mark the stretch as used; False where a part of it was already."""
    if any(taken[start:end]):
        return False
    taken[start:end] = b"\x01" * (end - start)
    return True


def _longest(candidates: Iterable[Candidate], taken: bytearray) -> list[Candidate]:
    """Candidates without overlaps, the longer one kept, in reading order."""
    ordered = sorted(candidates, key=lambda one: (one.start - one.end, -one.score, one.start))
    return sorted((one for one in ordered if _take(taken, one.start, one.end)), key=lambda one: one.start)


def _add(collection: Collection, text: str, candidate: Candidate, known: KnownNames | None, taken: bytearray) -> None:
    """Put ``candidate`` to the programme that has its name, or open a new one."""
    name = " ".join(text[candidate.start : candidate.end].split())
    short = text[slice(*candidate.short)] if candidate.short else None
    program_id = known.id_of(name) or (known.id_of(short) if short else None) if known else None
    programme = collection.named(name, program_id)
    programme.spans.append((candidate.start, candidate.end, candidate.score))
    forms = _forms(name, short)
    for form in forms:
        collection.forms.setdefault(form.lower(), (form, programme))
    if candidate.short and short in forms and _take(taken, *candidate.short):
        programme.spans.append((*candidate.short, candidate.score))


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


def _find_again(collection: Collection, text: str, taken: bytearray) -> None:
    """Add the other places where a form of a programme stands."""
    longest = sorted(collection.forms.values(), key=lambda pair: -len(pair[0]))[:MOST_FORMS]
    for form, programme in longest:
        for match in _pattern(form).finditer(text):
            if _take(taken, *match.span()):
                programme.spans.append((*match.span(), 0.7))


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
