"""Names shown by speech ("kata Rudi", "Siti menuturkan", "Menurut Anwar", "bernama Joko"), without a model."""

from __future__ import annotations

from nlp.people.lexicon import cue_words
from nlp.people.name_runs import NameReader
from nlp.people.words import Word, starts_sentence

LINKS = cue_words("subject_links")
BEFORE = cue_words("speech_before")
CLOSERS = frozenset("\"”“’'")
THINGS = cue_words("place_class") | cue_words("company")
CLAUSES = cue_words("speech_tail") | cue_words("pointers")
STOPS = frozenset('.?!:;"“”')
DESCRIPTION = 14
ADDRESS = cue_words("address")
PAIRS, PAIR_LINKS = cue_words("pair_cues"), cue_words("pair_links")
CALLED = frozenset({"disapa", "dipanggil", "sapaan", "panggilan"})
CUES = PAIRS | ADDRESS | BEFORE | CALLED
"""Words in lower case at which a name may show, beside verbs of speech."""


def find_speech_names(reader: NameReader) -> list[tuple[int, int]]:
    """Word spans of names that stand at a verb of speech or another sure cue."""
    found: list[tuple[int, int]] = []
    at = 0
    cues = reader.lexicon.speech_verbs | reader.lexicon.bare_verbs | CUES
    while at < len(reader.words):
        word = reader.words[at]
        if not word.is_capital and word.lower not in cues:
            at += 1
            continue
        spans = _pair(reader, at) or _single(reader, at)
        found.extend(spans)
        at = spans[-1][1] if spans else at + 1
    return found


def _single(reader: NameReader, at: int) -> list[tuple[int, int]]:
    span = _after_cue(reader, at) or _nickname(reader, at) or _before_verb(reader, at) or _plain_name(reader, at)
    return [span] if span else []


def _after_cue(reader: NameReader, at: int) -> tuple[int, int] | None:
    word, lexicon = reader.words[at], reader.lexicon
    if at + 1 >= len(reader.words) or reader.words[at + 1].broken:
        return None
    verb = word.lower in lexicon.bare_verbs
    passive = word.lower.startswith("di") and word.lower in lexicon.speech_verbs
    address = word.lower in ADDRESS
    if not (verb or passive or address or word.lower in BEFORE):
        return None
    closes = verb and at > 0 and reader.words[at - 1].text in CLOSERS
    introduced = _after_description(reader, at + 1) if closes else None
    if introduced:
        return introduced
    span = reader.read(at + 1)
    if span is None or reader.is_area(*span):
        return None
    return span if closes or address or reader.is_known(*span) else None


def _nickname(reader: NameReader, at: int) -> tuple[int, int] | None:
    """``Doel`` of "akrab disapa Bang Doel": one word behind a form of address is a name whatever lists say."""
    if reader.words[at].lower not in CALLED or at + 2 >= len(reader.words) or reader.words[at + 1].broken:
        return None
    first = reader.skip_titles(at + 1, len(reader.words))
    titled = first > at + 1 and first < len(reader.words)
    return (first, first + 1) if titled and reader.words[first].is_capital else None


def _pair(reader: NameReader, at: int) -> list[tuple[int, int]]:
    """Both names of ``duet Zaki-Romli``, ``pasangan petahana Rudi Hartono-Siti Aminah``."""
    if reader.words[at].lower not in PAIRS:
        return []
    at += 1
    while at < len(reader.words) and reader.words[at].lower in PAIR_LINKS:
        at += 1
    first = reader.read(at) if at < len(reader.words) else None
    if first is None or first[1] + 1 >= len(reader.words):
        return []
    hyphen = reader.words[first[1]]
    second = reader.read(first[1] + 1) if hyphen.text in "-–" and not hyphen.broken else None
    return [first, second] if second and second[0] == first[1] + 1 else []


def _after_description(reader: NameReader, at: int) -> tuple[int, int] | None:
    """The name behind a description of the speaker (``kata perwakilan buruh pabrik, Rudi Hartono, kepada``)."""
    first = reader.read(at)
    if first and all(word.lower in reader.lexicon.names for word in reader.words[first[0] : first[1]]):
        return None
    for index in range(at, min(at + DESCRIPTION, len(reader.words) - 1)):
        word = reader.words[index]
        if word.broken or word.text in STOPS or word.lower in CLAUSES:
            return None
        if word.text == ",":
            span = reader.read(index + 1) if not reader.words[index + 1].broken else None
            return span if span and not reader.is_area(*span) else None
    return None


def _before_verb(reader: NameReader, at: int) -> tuple[int, int] | None:
    if not reader.words[at].is_capital or not starts_sentence(reader.words, at):
        return None
    span = reader.read(at)
    if span is None or not reader.is_known(*span) or reader.is_area(*span):
        return None
    after = span[1]
    while after < len(reader.words) and reader.words[after].lower in LINKS:
        after += 1
    return span if _is_verb(reader.words, after, reader.lexicon.speech_verbs) else None


def _plain_name(reader: NameReader, at: int) -> tuple[int, int] | None:
    """Two words or more that are all known as parts of names, where no street or company is called so."""
    names, word = reader.lexicon.names, reader.words[at]
    if not word.is_capital or word.lower not in names or (at and _names_a_thing(reader, at)):
        return None
    span = reader.read(at)
    if span is None or span[0] != at or span[1] - at < 2 or reader.is_area(*span):
        return None
    inside = [one for one in reader.words[at : span[1]] if one.is_word]
    return span if all(one.lower in names or one.is_initial for one in inside) and len(inside) > 1 else None


def _names_a_thing(reader: NameReader, at: int) -> bool:
    before = reader.words[at - 1]
    if before.lower in THINGS:
        return True
    return before.is_capital and before.is_word and not before.broken and not starts_sentence(reader.words, at - 1)


def _is_verb(words: list[Word], at: int, verbs: frozenset[str]) -> bool:
    return at < len(words) and not words[at].broken and words[at].lower in verbs
