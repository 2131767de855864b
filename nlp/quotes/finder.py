"""Direct speech of a text with its speakers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.people.finder import PeopleFound
from nlp.people.lexicon import cue_words
from nlp.quotes.marks import Stretch, even_marks, find_stretches
from nlp.quotes.patterns import TITLE_CUE, load_patterns, sentence_bounds
from nlp.quotes.speakers import Speakers
from nlp.quotes.statements import FoundStatement, find_statements

INTRODUCED = re.compile(r"[:,]\s*$|\b(?:bahwa|mengatakan|menyebut|menyatakan)\s*$")
FINAL = re.compile(r"[,.?!…]\s*$")
MESSAGE = re.compile(
    r"[\s,.]{0,3}(?:demikian|begitu|begitulah)?\s*(?:bunyi|isi|narasi)\s+(?:pesan|unggahan|narasi|surat|tulisan|klaim)\b"
)
"""What circulates is nobody's statement."""
SHORT, SHORTEST, LONG = 3, 6, 9
UNNAMED = 1.0


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A quotation by character offsets; ``speaker`` is the index of the person, ``score`` how sure that is."""

    start: int
    end: int
    speaker: int | None
    score: float


def find_quotes(text: str, found: PeopleFound) -> list[FoundQuote]:
    """Direct speech of ``text`` in order; terms and titles in marks are none."""
    return read_speech(text, found)[0]


def read_speech(text: str, found: PeopleFound) -> tuple[list[FoundQuote], list[FoundStatement]]:
    """Direct speech and indirect statements of ``text``, each in order."""
    patterns, text = load_patterns(), even_marks(text)
    stretches = find_stretches(text, patterns.missing_close)
    speech = [stretch for place, stretch in enumerate(stretches) if _is_speech(text, stretches, place)]
    speakers = Speakers(text, found, [(stretch.start, stretch.end) for stretch in speech])
    quotes: list[FoundQuote] = []
    for place, stretch in enumerate(speech):
        limit = speech[place + 1].start if place + 1 < len(speech) else len(text)
        speaker, score = _speaker(text, stretch, _line_end(text, stretch.after, limit), speakers)
        if speaker is None and score == 0.0 and quotes and _follows_on(text, quotes[-1], stretch):
            speaker, score = quotes[-1].speaker, 0.6
        if speaker is not None:
            speakers.note(stretch.end, speaker)
        elif score == UNNAMED:
            speakers.note_unnamed(stretch.end)
        quotes.append(FoundQuote(stretch.start, stretch.end, speaker, score))
    return quotes, find_statements(text, speakers)


def _is_speech(text: str, stretches: list[Stretch], place: int) -> bool:
    """Is the stretch said by somebody, and no term, title or nickname in marks?"""
    stretch = stretches[place]
    body = text[stretch.start : stretch.end]
    words = len(body.split())
    line = text.rfind("\n", 0, stretch.start) + 1
    before = text[max(line, stretch.start - 200) : stretch.start].rstrip("\"“”„« '‘")
    verb = load_patterns().after.match(text, stretch.after, stretch.after + 40)
    final = bool(FINAL.search(body)) or text[stretch.after : stretch.after + 1] == ","
    if verb and (final or (words >= SHORT and _has_subject(text, verb))):
        return True
    if stretch.single or TITLE_CUE.search(before):
        return False
    introduced = bool(before) and bool(INTRODUCED.search(before)) and bool(load_patterns().clause.search(before[-120:]))
    if introduced and words >= 2 and (final or words >= SHORTEST):
        return True
    opens = not before or before[-1] in '.!?:,”"' or introduced
    if (
        opens
        and words >= (SHORT if body[-1] in ".?!" else SHORTEST)
        and (final or not text[stretch.after :].split("\n", 1)[0].strip())
    ):
        return True
    return words >= LONG and (final or bool(load_patterns().clause.search(before[-80:])))


def _has_subject(text: str, verb: re.Match[str]) -> bool:
    """Does somebody follow the verb ("tegas Wabup")? Else it may be no speech at all ("tutup pukul lima")."""
    rest = text[verb.end() : verb.end() + 60].lstrip()
    return bool(verb["nya"]) or rest[:1].isupper() or load_patterns().described.match(rest) is not None


def _speaker(text: str, stretch: Stretch, limit: int, speakers: Speakers) -> tuple[int | None, float]:
    """The speaker and how sure; (None, 0.0) where nothing tells, (None, 1.0) where somebody unnamed speaks."""
    if MESSAGE.match(text, stretch.after, limit):
        return None, UNNAMED
    after = speakers.patterns.after.match(text, stretch.after, limit)
    if after:
        return _after_verb(text, after, limit, stretch, speakers)
    tail = text[stretch.after : limit].lstrip(" ,.-–")
    if tail and text[stretch.end - 1] == ",":
        begin = limit - len(text[stretch.after : limit].lstrip(" ,.-–"))
        person = speakers.named_at(begin, limit)
        if person is not None:
            return person, 0.9
    line = text.rfind("\n", 0, stretch.start) + 1
    clause = sentence_bounds(text, line, stretch.start)
    if clause:
        first, last = clause[-1]
        person = speakers.subject_of_clause(first, last)
        if person is not None and person >= 0:
            return person, 0.9
    person = speakers.antecedent(stretch.start)
    return (person, 0.6) if person is not None else (None, 0.0)


def _after_verb(
    text: str, after: re.Match[str], limit: int, stretch: Stretch, speakers: Speakers
) -> tuple[int | None, float]:
    begin = after.end()
    sentences = sentence_bounds(text, begin, limit)
    end = sentences[0][1] if sentences else limit
    if not after["nya"]:
        person = speakers.named_at(begin, end)
        if person is not None:
            return person, 1.0
        person = speakers.holder_at(begin, end)
        if person is not None:
            return person, 0.85
        if not speakers.patterns.described.match(text, begin, end) and not _is_pointed(text, begin, end):
            return None, 1.0
    person = speakers.antecedent(stretch.start)
    return (person, 0.8) if person is not None else (None, 0.0)


def _is_pointed(text: str, begin: int, end: int) -> bool:
    """``tegas Wabup itu``, ``kata politisi Golkar ini``: somebody spoken of before; or nobody at all."""
    words = text[begin:end].strip(' .,\n"”').split()  # white space of other kinds may be all there is
    if not words:
        return True
    head = " ".join(words[:9])
    return bool(re.search(r"\b(?:ini|itu|tersebut|tadi)\b", head)) or words[0].lower() in STARTERS


STARTERS = cue_words("speech_tail")


def _follows_on(text: str, quote: FoundQuote, stretch: Stretch) -> bool:
    return text.count("\n\n", quote.end, stretch.start) <= 1


def _line_end(text: str, at: int, limit: int) -> int:
    end = text.find("\n", at, limit)
    return limit if end < 0 else end
