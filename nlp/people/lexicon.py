"""The word lists that tell offices, areas and names apart, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from nlp.lexicons import read_lines, read_toml, read_words

HeadKind = Literal["province", "regency", "district", "village", "agency", "post"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the people grammar looks up; keys are lower case."""

    heads: dict[tuple[str, ...], HeadKind]
    longest_head: int
    acting: frozenset[tuple[str, ...]]
    former: frozenset[str]
    candidate: frozenset[tuple[str, ...]]
    openers: frozenset[str]
    """Words with which an office can begin: former, candidate and acting ones, and those of heads."""
    office_words: frozenset[str]
    short_agency: re.Pattern[str]
    honorifics: frozenset[str]
    degrees: frozenset[str]
    names: frozenset[str]
    not_names: frozenset[str]
    bare_verbs: frozenset[str]
    speech_verbs: frozenset[str]
    pronouns: frozenset[str]


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The shipped lists; raises LexiconError where one is missing or not valid."""
    titles, verbs = read_toml("titles.toml"), read_toml("speech_verbs.toml")
    heads = _heads(titles)
    bare = frozenset(verbs["bare"])
    return Lexicon(
        heads=heads,
        longest_head=max(map(len, heads)),
        acting=frozenset(tuple(form.split()) for form in titles["acting"]),
        former=frozenset(titles["former"]),
        candidate=frozenset(tuple(form.split()) for form in titles["candidate"]),
        openers=_openers(titles, heads),
        office_words=_lower("office_words.txt"),
        short_agency=re.compile("(?:" + "|".join(f"(?:{line})" for line in read_lines("agency_short.txt")) + ")"),
        honorifics=_lower("honorifics.txt"),
        degrees=_lower("degrees.txt"),
        names=_lower("name_words.txt"),
        not_names=_lower("not_names.txt"),
        bare_verbs=bare,
        speech_verbs=bare | {verb + "nya" for verb in bare} | frozenset(verbs["clause"]),
        pronouns=frozenset(verbs["pronoun"]),
    )


@lru_cache(maxsize=64)
def cue_words(name: str) -> frozenset[str]:
    """One closed class of words of ``cue_words.toml``."""
    return frozenset(read_toml("cue_words.toml")[name])


def whole_words(name: str) -> re.Pattern[str]:
    """The lines of a list of regular expressions as one pattern over whole words."""
    return re.compile(r"\b(?:" + "|".join(read_lines(name)) + r")\b")


@lru_cache(maxsize=1)
def office_forms() -> dict[str, str]:
    """Spellings of offices and the one to compare them by."""
    return {form: str(office) for form, office in read_toml("office_forms.toml").items()}


def _lower(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in read_words(name))


def _openers(titles: dict[str, Any], heads: Iterable[tuple[str, ...]]) -> frozenset[str]:
    forms = [form.split()[0] for form in (*titles["acting"], *titles["candidate"])]
    return frozenset({*titles["former"], *forms, *(form[0] for form in heads)})


def _heads(titles: dict[str, dict[str, list[str]]]) -> dict[tuple[str, ...], HeadKind]:
    heads: dict[tuple[str, ...], HeadKind] = {}
    levels: tuple[HeadKind, ...] = ("province", "regency", "district", "village")
    for level in levels:
        heads |= {tuple(form.split()): level for form in titles["area"][level]}
    heads |= {tuple(form.split()): "agency" for form in titles["agency"]["public"]}
    heads |= {tuple(form.split()): "post" for form in titles["agency"]["post"]}
    return heads
