"""All places of a text with their codes: by class word, by name, by neighbours, and what the model saw beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from nlp.boilerplate_lines import find_boilerplate, overlaps
from nlp.people.lexicon import load_lexicon
from nlp.people.words import Word, split_words
from nlp.places.gazetteer import WIDE, Gazetteer, choose
from nlp.places.lexicon import PlaceLexicon, load_places
from nlp.places.phrases import FoundPlace, PlaceGrammar

Chars = tuple[int, int]
BRACKETED = re.compile(r"\s?\(\s?([A-Z]{2,8})\s?\)")
SHORTEST = 4
ODD = re.compile(r"\d|[.!?]\s")
OPENS = re.compile(r"(?:[.!?:\n][\"“”'’)]*)\s*[\"“”'‘(]*\Z")
JOINING = frozenset({"dan", "di", "of", "the", "de", "la"})


@dataclass(frozen=True, slots=True)
class CodedPlace:
    """The offsets of a place, its code where it resolves, and who found it."""

    start: int
    end: int
    code: str | None
    source: Literal["rule", "model"]


def find_places(
    text: str, *, gazetteer: Gazetteer, taken: list[Chars], model: Iterable[Chars] = ()
) -> list[CodedPlace]:
    """The places of ``text`` in order, none within another and none in a stretch that is ``taken``."""
    lexicon = load_places()
    words = split_words(text)
    closed = [*taken, *find_boilerplate(text)]
    held = _words_in(words, closed)
    found = PlaceGrammar(words, lexicon, gazetteer, held).find()
    spans = {(words[place.first].start, words[place.end - 1].end): place for place in found}
    sure = _sure(text, spans, gazetteer)
    rules = list(spans)
    for span in (*_again(text, words, found), *_near(words, lexicon, gazetteer, sure), *_abbreviated(text, rules)):
        if not overlaps(*span, [*rules, *closed]):
            rules.append(span)
    places = [CodedPlace(*span, _code(text, span, spans.get(span), gazetteer, sure), "rule") for span in rules]
    for span in model:
        if (
            _is_place(text[slice(*span)])
            and _is_shown(text, span, gazetteer)
            and not overlaps(*span, [*rules, *closed])
        ):
            rules.append(span)
            places.append(CodedPlace(*span, _code(text, span, None, gazetteer, sure), "model"))
    return sorted(places, key=lambda place: place.start)


def _words_in(words: list[Word], spans: list[Chars]) -> frozenset[int]:
    """Indices of words that lie in one of ``spans``; both are in order or few."""
    marked: set[int] = set()
    ordered = sorted(spans)
    at = 0
    for start, end in ordered:
        while at > 0 and words[at - 1].end > start:
            at -= 1
        while at < len(words) and words[at].end <= start:
            at += 1
        while at < len(words) and words[at].start < end:
            marked.add(at)
            at += 1
    return frozenset(marked)


def _sure(text: str, spans: dict[Chars, FoundPlace], gazetteer: Gazetteer) -> frozenset[str]:
    """Codes of the provinces and regencies that the text names without doubt."""
    codes: set[str] = set()
    for span, place in spans.items():
        code = _code(text, span, place, gazetteer, frozenset()) if place.by != "site" else None
        codes |= {code} if code and code.count(".") < len(WIDE) else set()
    return frozenset(codes)


def _code(text: str, span: Chars, place: FoundPlace | None, gazetteer: Gazetteer, sure: frozenset[str]) -> str | None:
    surface = text[slice(*span)]
    if place is None or place.by in ("name", "near"):
        return choose(gazetteer.find(surface), sure)
    if place.by == "site":
        return None
    head, _, name = surface.partition(" ")
    level = load_places().area[place.word]
    return choose(gazetteer.find(name), sure, level=level, word=head.lower().rstrip("."))


def _again(text: str, words: list[Word], found: list[FoundPlace]) -> Iterable[Chars]:
    """Bare names that stand with their class word elsewhere in the text ("Kecamatan Setu" ... "Setu")."""
    names = set()
    for place in found:
        name = text[words[place.name].start : words[place.end - 1].end]
        by_area = place.by == "area" or place.word in ("jembatan", "sungai", "kampung", "pulau")
        if by_area and len(name) >= SHORTEST and name[0].isupper() and "\n" not in name:
            names |= {name, name.upper()}
    if not names:
        return []
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return [match.span() for match in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w])", text)]


def _near(words: list[Word], lexicon: PlaceLexicon, gazetteer: Gazetteer, sure: frozenset[str]) -> Iterable[Chars]:
    """Districts and villages by bare name where the text names the kabupaten or kota above them."""
    for at, word in enumerate(words):
        if not word.is_capital or at == 0 or len(word.text) < SHORTEST:
            continue
        for length in (3, 2, 1):
            run = words[at : at + length]
            if len(run) < length or any(part.broken for part in run[1:]) or not run[-1].is_capital:
                continue
            areas = gazetteer.find(" ".join(part.lower for part in run))
            inside = any(area.code[:5] in sure for area in areas if area.kind not in WIDE)
            if inside and _is_introduced(words, at, lexicon):
                yield run[0].start, run[-1].end
                break


def _is_introduced(words: list[Word], at: int, lexicon: PlaceLexicon) -> bool:
    before = words[at - 1]
    return before.lower in lexicon.prepositions or before.text in (",", "(", "-", "/") or before.lower == "dan"


def _abbreviated(text: str, spans: list[Chars]) -> Iterable[Chars]:
    """Bracketed initials right after a place, and every further use of them."""
    short = set()
    for start, end in spans:
        match = BRACKETED.match(text, end)
        initials = "".join(word[0] for word in text[start:end].split())
        if match and match[1] == initials.upper():
            short.add(match[1])
    if not short:
        return []
    return [match.span() for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(sorted(short))})(?![\w-])", text)]


def _is_shown(text: str, span: Chars, gazetteer: Gazetteer) -> bool:
    """Does more than a capital at the start of a sentence make it a name, and nothing speak against it?"""
    surface = text[slice(*span)]
    words = surface.split()
    if gazetteer.find(surface) or surface.lower() in load_places().world:
        return True
    if ODD.search(surface) or words[0].lower().rstrip(".") in load_lexicon().honorifics:
        return False
    if any(word.islower() and word not in JOINING for word in words):
        return False
    return not _opens(text, span[0]) or surface.isupper() or _is_inside(text, span)


def _opens(text: str, at: int) -> bool:
    """Does a sentence begin at ``at``?"""
    return at == 0 or OPENS.search(text[max(0, at - 6) : at]) is not None


def _is_inside(text: str, span: Chars) -> bool:
    """Does the same name stand within a sentence too?"""
    others = re.finditer(rf"(?<![\w-]){re.escape(text[slice(*span)])}(?![\w-])", text)
    return any(not _opens(text, other.start()) for other in others if other.start() != span[0])


def _is_place(surface: str) -> bool:
    """May the model's ``surface`` be a place: a capital first, no line break, no bare class word?"""
    lexicon = load_places()
    lower = surface.lower()
    if len(surface) < SHORTEST or "\n" in surface or not surface[0].isupper():
        return False
    first = lower.split()[0]
    alone = lower in lexicon.area or (lower,) in lexicon.site
    return not alone and first not in (
        "covid-19",
        "ramadan",
        "lebaran",
        "hut",
        "musrenbang",
        "pemkab",
        "pemkot",
        "sekolah",
    )
