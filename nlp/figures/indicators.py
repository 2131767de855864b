"""Which indicator a figure is a claim about: the group whose word stands nearest to it, where its unit fits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from nlp.figures.clauses import Clause, Found
from nlp.figures.lexicon import any_of, words
from nlp.lexicons import read_toml

GOES_ON = words("indicators", "goes_on")
INDEX_UNITS = frozenset({"indeks", "poin", ""})
MEASURED, BEFORE, AFTER = 3, 2, 1
CURRENCIES = frozenset({"IDR", "USD", "SGD", "EUR", "JPY", "CNY", "MYR", "SAR"})
MEASURES = frozenset(
    {"kg", "g", "ton", "kuintal", "l", "m", "cm", "km", "m2", "ha", "km2", "m3", "kWh", "MW", "mm", "ml"}
)
TIMES = frozenset({"day", "month", "year", "hour", "minute", "week", "second", "detik"})


@dataclass(frozen=True, slots=True)
class Group:
    """An indicator with the words that tell it."""

    name: str
    cues: re.Pattern[str]
    beside: re.Pattern[str] | None
    never: re.Pattern[str] | None
    units: frozenset[str]
    counted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Claim:
    """The indicator of a figure and what the next sentence may carry on."""

    indicator: str
    unit: str


def read_indicators(clause: Clause, earlier: Claim | None) -> list[str | None]:
    """The indicator of each figure of the clause; ``earlier`` is the last claim of the sentence before."""
    sentence = " ".join(token.low for token in clause.tokens)
    told: list[str | None] = []
    for place, found in enumerate(clause.found):
        name = _nearest(clause, found, sentence)
        if name is None and place and told[-1] and _same_kind(found.unit, clause.found[place - 1].unit):
            name = told[-1] if found.measures == clause.found[place - 1].measures else None
        if name is None and not any(told) and earlier is not None and _carries_on(sentence, found, earlier):
            name = earlier.indicator
        told.append(name)
    return told


def _nearest(clause: Clause, found: Found, sentence: str) -> str | None:
    """The fitting group with the best evidence: in the measure, before the figure, behind it; the nearest word wins."""
    before = " ".join(token.low for token in clause.tokens[: found.amount.first])
    behind = " ".join(token.low for token in clause.tokens[found.amount.first : found.amount.last + 8])
    places = ((MEASURED, (found.measures or "").lower()), (BEFORE, before), (AFTER, behind))
    best: tuple[int, int, int] | None = None
    name = None
    for group in groups():
        if not _fits(group, found) or not _allowed(group, sentence):
            continue
        for weight, text in places:
            matches = list(group.cues.finditer(text))
            if not matches:
                continue
            match = matches[0] if weight == AFTER else matches[-1]
            distance = match.start() if weight == AFTER else len(text) - match.end()
            rank = (weight, -distance, len(match.group()))
            if best is None or rank > best:
                best, name = rank, group.name
            break
    return name


def _allowed(group: Group, sentence: str) -> bool:
    if group.never is not None and group.never.search(sentence):
        return False
    return group.beside is None or group.beside.search(sentence) is not None


def _fits(group: Group, found: Found) -> bool:
    unit = found.unit
    kind = unit_kind(unit)
    if kind == "#" and unit.split()[:1] and group.counted and unit.split()[0] not in group.counted:
        return False
    return kind in group.units


def unit_kind(unit: str) -> str:
    """The kind of unit as ``indicator_groups.toml`` names it."""
    head = unit.split("/")[0]
    if head in CURRENCIES:
        return head if head in {"IDR", "USD"} else "USD"
    if unit in {"%", "pp"}:
        return "%"
    if unit == "urutan":
        return "rank"
    if unit in INDEX_UNITS:
        return "index"
    if head in MEASURES or head in TIMES:
        return "measure"
    return "times" if head.startswith("kali") else "#"


def _same_kind(one: str, other: str) -> bool:
    return unit_kind(one) == unit_kind(other)


def _carries_on(sentence: str, found: Found, earlier: Claim) -> bool:
    """Does the sentence go on about the claim before: ``andil``, ``laju``, ``menempati urutan``?"""
    spoken = set(sentence.split())
    if not spoken & GOES_ON:
        return False
    group = next(group for group in groups() if group.name == earlier.indicator)
    return _fits(group, found) and (group.never is None or group.never.search(sentence) is None)


@cache
def groups() -> tuple[Group, ...]:
    """The groups of ``indicator_groups.toml``."""
    return tuple(
        Group(
            name,
            _words(row["cues"]),
            _words(row["with"]) if "with" in row else None,
            _words(row["not"]) if "not" in row else None,
            frozenset(row["units"]),
            frozenset(row.get("counted", ())),
        )
        for name, row in read_toml("indicator_groups.toml").items()
    )


def _words(options: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(options)})(?:nya)?(?!\w)")
