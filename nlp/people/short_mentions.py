"""Later mentions by a part of the name ("Pilar"), kept apart from the same word as a common noun ("pilar ekonomi")."""

from __future__ import annotations

from collections.abc import Iterable

from nlp.people.binding import Name
from nlp.people.lexicon import cue_words
from nlp.people.name_runs import NameReader
from nlp.people.resolution import Person, nearest
from nlp.people.words import starts_sentence

CONTEXT = cue_words("mention_before")
AFTER = cue_words("mention_after")
VERBAL = ("me", "ber", "di", "ter")


def find_short_mentions(reader: NameReader, persons: list[Person], taken: set[int]) -> None:
    """Add to ``persons`` the single-word mentions outside the word indices ``taken`` (names and offices)."""
    called: dict[str, list[Person]] = {}
    for person in persons:
        for token in {*person.tokens, *person.nicknames}:
            if person.is_called(token):
                called.setdefault(token, []).append(person)
    openers = frozenset(person.tokens[0] for person in persons if len(person.tokens) > 1)
    at = 0
    while at < len(reader.words):
        word = reader.words[at]
        if not word.is_capital or (word.lower not in called and word.lower not in openers):
            at += 1
            continue
        end = _run(reader, at, called, taken)
        if end > at and _is_mention(reader, at, end):
            owner = _owner(called, [word.lower for word in reader.words[at:end]], at)
            if owner is not None:
                owner.names.append(Name(at, end))
        at = max(end, at + 1)
    for person in persons:
        person.names.sort(key=lambda name: name.first)


def _owner(called: dict[str, list[Person]], tokens: list[str], at: int) -> Person | None:
    everyone = {id(person): person for persons in called.values() for person in persons}.values()
    whole = [person for person in everyone if person.tokens == tuple(tokens)]
    return nearest(whole or [person for person in called.get(tokens[0], ()) if all(map(person.is_called, tokens))], at)


def _full_name(reader: NameReader, at: int, called: dict[str, list[Person]], taken: set[int]) -> int:
    """The end of a whole name that starts at ``at`` with a word which cannot stand alone ("I Made Artana")."""
    if not reader.words[at].is_capital or reader.words[at].lower in called:
        return 0
    for size in range(5, 1, -1):
        run = reader.words[at : at + size]
        if len(run) < size or any(index in taken for index in range(at, at + size)):
            continue
        tokens = tuple(word.lower for word in run)
        if any(person.tokens == tokens for person in called.get(tokens[-1], ())):
            return at + size
    return 0


def _run(reader: NameReader, at: int, called: dict[str, list[Person]], taken: set[int]) -> int:
    """The end of the run of words at ``at`` that are all names of one person."""
    end = at
    full = _full_name(reader, at, called, taken)
    if full:
        return full
    while end < len(reader.words) and end not in taken:
        word = reader.words[end]
        if not word.is_capital or word.lower not in called or (end > at and word.broken):
            break
        if end > at and not any(person in called[word.lower] for person in called[reader.words[at].lower]):
            break
        end += 1
    return end


def _is_mention(reader: NameReader, at: int, end: int) -> bool:
    word = reader.words[at]
    if _is_inside_longer(reader, at, end):
        return False
    if word.text.isupper() and len(word.text) > 4 and word.lower not in reader.lexicon.names:
        return False
    doubtful = word.lower not in reader.lexicon.names or word.lower in reader.lower
    doubtful = doubtful and (
        word.lower in reader.lower or reader.is_area(at, end) or word.lower in reader.lexicon.office_words
    )
    return not doubtful or _has_context(reader, at, end)


def _is_inside_longer(reader: NameReader, at: int, end: int) -> bool:
    """Is it a part of a longer capitalised run, as in ``Jalan Bima Arya`` or ``Partai Wahid``?"""
    words, lexicon = reader.words, reader.lexicon
    if at > 0 and not words[at].broken:
        before = words[at - 1]
        free = (
            starts_sentence(words, at - 1) or before.lower in lexicon.honorifics or before.lower in lexicon.speech_verbs
        )
        title = (before.lower,) in lexicon.heads or (before.lower,) in lexicon.acting
        if (
            before.is_capital
            and before.is_word
            and not (free or title or before.is_acronym)
            and not _closes_head(reader, at)
        ):
            return True
        if before.is_capital and before.lower in CLASSES:
            return True
    if end < len(words) and not words[end].broken:
        after = words[end]
        return (
            after.is_capital
            and after.is_word
            and not (after.is_acronym or (after.lower in lexicon.not_names and after.lower not in lexicon.office_words))
        )
    return False


CLASSES = cue_words("place_class")


def _closes_head(reader: NameReader, at: int) -> bool:
    """Does an office head of several words end right before ``at`` ("Wakil Bupati Intan")?"""
    run = [word.lower for word in reader.words[max(0, at - 3) : at]]
    return any(tuple(run[start:]) in reader.lexicon.heads for start in range(len(run)))


def _has_context(reader: NameReader, at: int, end: int) -> bool:
    before = reader.words[at - 1].lower if at else ""
    after = reader.words[end].lower if end < len(reader.words) else ""
    if before in reader.lexicon.speech_verbs or before in CONTEXT:
        return True
    return after in AFTER or after in reader.lexicon.speech_verbs or (after.startswith(VERBAL) and len(after) > 5)


def taken_words(spans: Iterable[tuple[int, int]]) -> set[int]:
    """All word indices inside ``spans``."""
    return {index for first, end in spans for index in range(first, end)}
