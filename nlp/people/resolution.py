"""Names of one text joined to persons: full, short, differently spelt, nicknames and initials."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from nlp.people.binding import Name
from nlp.people.lexicon import cue_words
from nlp.people.words import Word

SAME_SPELLING = 88.0
WEAK = cue_words("name_weak")
SOMEBODY = cue_words("somebody")
NICKNAME = frozenset({"disapa", "dipanggil", "sapaan", "panggilan"})


@dataclass(slots=True)
class Person:
    """One person of the text: the word tokens of the fullest name and all names that mean him or her."""

    tokens: tuple[str, ...]
    names: list[Name] = field(default_factory=list)
    nicknames: set[str] = field(default_factory=set)

    def is_called(self, token: str) -> bool:
        """Is ``token`` (lower case) a part of the name that can stand alone, or a nickname?"""
        if token in self.nicknames:
            return True
        return token in self.tokens and len(token) > 2 and token not in WEAK

    @property
    def initials(self) -> str:
        """The first letters of the name ("wh")."""
        return "".join(token[0] for token in self.tokens)


def tokens_of(words: list[Word], name: Name) -> tuple[str, ...]:
    """The lower-case words of a name, dots and hyphens dropped."""
    return tuple(word.lower for word in words[name.first : name.end] if word.is_word)


def join_names(words: list[Word], names: Iterable[Name]) -> list[Person]:
    """Persons in order of their first name; every name belongs to exactly one."""
    ordered = sorted(names, key=lambda name: name.first)
    persons: list[Person] = []
    for name in sorted(ordered, key=lambda name: (-len(tokens_of(words, name)), name.first)):
        tokens = tokens_of(words, name)
        person = _find(persons, tokens, name, words)
        if person is None:
            person = Person(tokens)
            persons.append(person)
        person.names.append(name)
    for person in persons:
        person.names.sort(key=lambda name: name.first)
    return sorted(persons, key=lambda person: person.names[0].first)


def nearest(persons: list[Person], at: int) -> Person | None:
    """The person named last before word ``at``, else the first one named after it."""
    if not persons:
        return None

    def distance(person: Person) -> tuple[bool, int]:
        before = [at - name.first for name in person.names if name.first <= at]
        return (not before, min(before) if before else min(name.first for name in person.names) - at)

    return min(persons, key=distance)


def _find(persons: list[Person], tokens: tuple[str, ...], name: Name, words: list[Word]) -> Person | None:
    nickname = _is_nickname(words, name)
    if nickname and persons:
        earlier = [person for person in persons if any(old.first < name.first for old in person.names)]
        person = nearest(earlier, name.first)
        if person is not None:
            person.nicknames.add(tokens[-1])
            return person
    same = [
        person
        for person in persons
        if _is_same(person, tokens) and not (tokens != person.tokens and _is_namesake(words, name, person))
    ]
    return nearest(same, name.first)


def _is_namesake(words: list[Word], name: Name, person: Person) -> bool:
    """An official called by one word before somebody else with that word in the name: ``Nurdin Saputra (52)``."""
    later = person.names[0]
    if not name.offices or name.first > later.first or any(other.offices for other in person.names):
        return False
    texts = [word.text for word in words[later.end : later.end + 3]]
    aged = len(texts) == 3 and texts[0] == "(" and texts[1].isdigit() and texts[2] == ")"
    return aged or any(word.lower in SOMEBODY for word in words[max(0, later.first - 6) : later.first])


def _is_nickname(words: list[Word], name: Name) -> bool:
    before = [word.lower for word in words[max(0, name.first - 4) : name.first]]
    return bool(NICKNAME & set(before)) and len(tokens_of(words, name)) <= 2


def _is_same(person: Person, tokens: tuple[str, ...]) -> bool:
    if tokens == person.tokens:
        return True
    if len(tokens) == 1:
        return _is_short_name(person, tokens[0])
    if _is_part(tokens, person.tokens):
        return True
    if len(tokens) != len(person.tokens) or tokens[0][0] != person.tokens[0][0]:
        return False
    return ratio(" ".join(tokens), " ".join(person.tokens)) >= SAME_SPELLING


def _is_short_name(person: Person, token: str) -> bool:
    if person.is_called(token):
        return True
    if 2 <= len(token) <= 4 and token == person.initials and len(person.tokens) > 1:
        return True
    stem = person.tokens[0]
    return len(token) >= 4 and len(person.tokens) == 1 and stem.startswith(token)


def _is_part(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Do the words of ``short`` stand in ``full`` in the same order, initials for words allowed?"""
    rest = iter(full)
    return all(any(_fits(token, other) for other in rest) for token in short)


def _fits(token: str, other: str) -> bool:
    if token == other:
        return True
    shorter, longer = sorted((token, other), key=len)
    return len(shorter) == 1 and longer.startswith(shorter)


def display(words: list[Word], name: Name, text: str) -> str:
    """The name as the text spells it, white space made even."""
    return re.sub(r"\s+", " ", text[words[name.first].start : words[name.end - 1].end])
