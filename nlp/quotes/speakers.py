"""Who speaks at a place of the text: named persons, holders of an office, or the one last spoken of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from nlp.people.finder import OfficeSpan, PeopleFound
from nlp.people.identity import canonical_office
from nlp.people.lexicon import cue_words
from nlp.quotes.patterns import SpeechPatterns, find_verbs, load_patterns, sentence_bounds

PARAGRAPH = re.compile(r"[^\n]+")
COMPANION = re.compile(
    r"(?:\b(?:didampingi|bersama|dengan|kepada|oleh|dari|untuk|terhadap|pasangan|beserta|disaksikan|dihadiri|milik|kepemimpinan|panggilan|dan|serta)\s+)"
    r"(?:(?:Bapak|Bpk|Pak|Ibu|Bu|H|Hj|Drs?|Ir|KH|Kang|Bang)\.?\s+)*$",
    re.IGNORECASE,
)
NEAR, REACH, DESCRIBED = 3, 150, 90
CLAUSE_WORDS = cue_words("speech_tail") | cue_words("pointers")
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text and the index of its person."""

    start: int
    end: int
    person: int


class Speakers:
    """Answers who speaks, from persons, offices and the order in which they come up."""

    def __init__(self, text: str, found: PeopleFound, quoted: Iterable[tuple[int, int]]) -> None:
        self.text, self.found = text, found
        self.patterns: SpeechPatterns = load_patterns()
        self.quoted = list(quoted)
        self.mentions = sorted(
            (
                Mention(start, end, place)
                for place, person in enumerate(found.persons)
                for start, end in person.mentions
            ),
            key=lambda mention: mention.start,
        )
        self._spoken: dict[int, int] = {}
        self._spoken.update(self._speech_events())

    def note(self, at: int, person: int) -> None:
        """Remember that ``person`` spoke at character ``at``."""
        self._spoken[at] = person

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Names that lie in ``start``..``end``."""
        first = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        return [
            mention for mention in self.mentions[first : first + 40] if mention.start >= start and mention.end <= end
        ]

    def offices_in(self, start: int, end: int) -> list[OfficeSpan]:
        """Office phrases that begin in ``start``..``end``."""
        first = bisect_left(self.found.offices, start, key=lambda office: office.start)
        last = bisect_left(self.found.offices, end, key=lambda office: office.start)
        return self.found.offices[first:last]

    def named_at(self, start: int, end: int) -> int | None:
        """The person whose name, with titles and offices before it, begins at ``start``."""
        for mention in self.mentions_in(start, min(end, start + REACH)):
            if self._is_title_gap(start, mention.start) or self._is_noun_gap(start, mention.start):
                return mention.person
            return None
        return None

    def _is_noun_gap(self, start: int, end: int) -> bool:
        """A description before the name ("kata perwakilan buruh pabrik itu, Rudi"), no clause and no listener."""
        gap = self.text[start:end]
        if end - start > DESCRIBED or "\n" in gap or ". " in gap:
            return False
        words = [word.strip("().,;:").lower() for word in gap.split()]
        return not CLAUSE_WORDS.intersection(words) and self.patterns.clause.search(gap) is None

    def holder_at(self, start: int, end: int) -> int | None:
        """The person who was introduced with the office that begins at ``start``."""
        for office in self.offices_in(start, end):
            if start <= office.start <= start + 12 and office.start < end and self._is_title_gap(start, office.start):
                return self.holder(office)
        return None

    def holder(self, office: OfficeSpan) -> int | None:
        """The person named last before ``office`` who holds it by the wording of this text."""
        head = _canonical(office.head)
        fitting = [place for place, person in enumerate(self.found.persons) if self._holds(place, head, office)]
        before = [mention for mention in self.mentions if mention.person in fitting and mention.start < office.start]
        if before:
            return before[-1].person
        return fitting[0] if len(fitting) == 1 else None

    def antecedent(self, at: int) -> int | None:
        """The person that ``dia`` or ``-nya`` at character ``at`` means: who spoke last, else the last subject."""
        paragraphs = [match.span() for match in PARAGRAPH.finditer(self.text, 0, at)]
        for start, end in reversed(paragraphs[-6:]):
            person = self._of_paragraph(start, min(end, at))
            if person is not None:
                return None if person == NOBODY else person
        return None

    def subject_of_clause(self, start: int, end: int) -> int | None:
        """Who speaks in ``text[start:end]``: the name or office next to its last verb of speech."""
        spoken = [self._spoken[at] for at in sorted(self._spoken) if start <= at < end]
        return spoken[-1] if spoken else None

    def note_unnamed(self, at: int) -> None:
        """Remember that somebody without a name spoke at character ``at``."""
        self._spoken[at] = NOBODY

    # --- the order of speech

    def _of_paragraph(self, start: int, end: int) -> int | None:
        spoken = self.subject_of_clause(start, end)
        if spoken is not None:
            return spoken
        for first, last in reversed(sentence_bounds(self.text, start, end)):
            here = [mention for mention in self.mentions_in(first, last) if not self.is_quoted(mention.start)]
            free = [
                mention
                for mention in here
                if not COMPANION.search(
                    self.text[max(first, self._title_start(mention, first) - 25) : self._title_start(mention, first)]
                )
            ]
            if free:
                return free[0].person
        return None

    def _speech_events(self) -> Iterable[tuple[int, int]]:
        for start, end in (match.span() for match in PARAGRAPH.finditer(self.text)):
            for first, last in sentence_bounds(self.text, start, end):
                for verb in find_verbs(self.text, first, last):
                    if self.is_quoted(verb.start()):
                        continue
                    person = self._at_verb(verb, first, last)
                    if person is not None:
                        yield verb.start(), person

    def _at_verb(self, verb: re.Match[str], first: int, last: int) -> int | None:
        after = verb.end() + (self.text[verb.end() : verb.end() + 6] == " oleh ") * 5
        if self.patterns.leading.fullmatch(verb.group() + " "):
            person = self.named_at(after, last)
            return person if person is not None else self._subject_before(verb.start(), first, strict=True)
        return self._subject_before(verb.start(), first, strict=False)

    def _subject_before(self, at: int, first: int, *, strict: bool) -> int | None:
        """The subject of the verb at ``at`` in a sentence that begins at ``first``."""
        if strict:
            return None
        begin = max(first, at - REACH)
        for mention in reversed(self.mentions_in(begin, at)):
            title = self._title_start(mention, first)
            if self.is_quoted(mention.start) or COMPANION.search(self.text[max(first, title - 25) : title]):
                continue
            return mention.person
        for office in reversed(self.offices_in(begin, at)):
            if begin <= office.start and office.end <= at and not self.is_quoted(office.start):
                return self.holder(office) if len(self.text[office.end : at].split()) <= NEAR else None
        return None

    def _title_start(self, mention: Mention, first: int) -> int:
        """Where the office before a name begins, else the name."""
        for office in self.offices_in(max(first, mention.start - 200), mention.start):
            if first <= office.start and office.end <= mention.start <= office.end + NEAR:
                return office.start
        return mention.start

    # --- titles and offices

    def _is_title_gap(self, start: int, end: int) -> bool:
        """Are there only offices, titles and marks in ``text[start:end]``?"""
        kept = [self.text[start:end]]
        for office in self.offices_in(start, end):
            if start <= office.start and office.end <= end:
                kept = [*kept[:-1], *_without(kept[-1], office.surface)]
        return all(word.strip("().,;:-–/").lower() in TITLE_WORDS for part in kept for word in part.split())

    def _holds(self, place: int, head: tuple[str, ...], office: OfficeSpan) -> bool:
        person = self.found.persons[place]
        if head not in map(_canonical, person.heads):
            return False
        detail = {
            word for word in re.findall(r"\w+", office.surface.lower()) if word not in head and word not in office.head
        }
        owned = {word for phrase in person.offices for word in re.findall(r"\w+", phrase.lower())}
        bare = any(len(phrase.split()) <= len(head) for phrase in person.offices)
        return not detail or bare or bool(detail & owned)

    def is_companion(self, mention: Mention, first: int) -> bool:
        """Is it one whom somebody else is with, or speaks to: ``didampingi Wabup Intan``?"""
        title = self._title_start(mention, first)
        return COMPANION.search(self.text[max(first, title - 25) : title]) is not None

    def touches_quote(self, start: int, end: int) -> bool:
        """Is there direct speech in ``text[start:end]``?"""
        place = bisect_left(self.quoted, start, key=lambda span: span[1])
        return place < len(self.quoted) and self.quoted[place][0] < end

    def is_quoted(self, at: int) -> bool:
        """Does character ``at`` stand in direct speech?"""
        place = bisect_right(self.quoted, at, key=lambda span: span[0]) - 1
        return place >= 0 and at < self.quoted[place][1]


TITLE_WORDS = cue_words("speaker_titles") | {""}


def _canonical(head: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(canonical_office(" ".join(head)).split())


def _without(text: str, part: str) -> tuple[str, ...]:
    head, found, tail = text.partition(part)
    return (head, tail) if found else (text,)
