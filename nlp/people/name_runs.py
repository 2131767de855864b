"""Where a person's name begins and ends: capitals, initials and particles, without titles and degrees."""

from __future__ import annotations

from nlp.people.areas import AreaIndex
from nlp.people.lexicon import Lexicon, cue_words
from nlp.people.office_heads import read_head
from nlp.people.words import Word

PARTICLES = cue_words("name_particles")
DOTTED = cue_words("name_dotted")
NAME_SECOND = cue_words("name_second")
LONGEST = 6
LONGEST_HEAD = 5
"""Words of an office before its area."""
LEVELS = frozenset({"province", "regency"})


class NameReader:
    """Reads names in a list of words."""

    def __init__(self, words: list[Word], lexicon: Lexicon, areas: AreaIndex) -> None:
        self.words, self.lexicon, self.areas = words, lexicon, areas
        self.lower = frozenset(word.text for word in words if word.text.islower())
        """The words that the text writes in lower case somewhere."""

    def clean(self, first: int, end: int) -> tuple[int, int] | None:
        """The name inside the words ``first``..``end`` (a model's span), or None where there is none."""
        if self.is_area(first, end) and (end - first > 1 or self._is_office_area(first)):
            return None
        first = self._skip_area(self._skip_field(self._skip_office(first, end), end), end)
        first = self.skip_titles(first, end)
        if first >= end or not self._may_start(first, model=True):
            return None
        stop = min(self.run_end(first), max(end, first + 1) + 2) if self.run_end(first) > end else self.run_end(first)
        return self._checked(first, stop)

    def read(self, at: int) -> tuple[int, int] | None:
        """The name that starts at ``at``, titles before it skipped."""
        first = self.skip_titles(at, len(self.words))
        if first >= len(self.words) or not self._may_start(first, model=False):
            return None
        return self._checked(first, self.run_end(first))

    def is_known(self, first: int, end: int) -> bool:
        """Does any word of the span occur in the list of name words?"""
        return any(word.lower in self.lexicon.names for word in self.words[first:end])

    def skip_titles(self, at: int, end: int) -> int:
        """The first word at or after ``at`` that is no honorific, rank or acting form."""
        while at < end and self._is_title(at):
            at += 1
            while at < end and self.words[at].text in "./":
                at += 1
        return at

    def run_end(self, first: int) -> int:
        """The word after the run of name words that starts at ``first``."""
        at = first + 1
        while at < len(self.words) and at - first < LONGEST * 2 and self._continues(first, at):
            at += 1
        while (self.words[at - 1].lower in PARTICLES and at - 1 > first) or self._is_loose_dot(at - 1, first):
            at -= 1
        return at

    def is_area(self, first: int, end: int) -> bool:
        """Is the whole span the name of an area (a single word: also of a district)?"""
        levels = LEVELS | {"district"} if end - first == 1 and not self.is_known(first, end) else LEVELS
        match = self.areas.match(self.words, first, levels)
        return match is not None and first + match.length >= end

    def _skip_office(self, first: int, end: int) -> int:
        head = read_head(self.words, first, self.lexicon)
        if head is None or head.end >= end:
            return first
        at = head.end
        match = self.areas.match(self.words, at, frozenset({head.kind}) | LEVELS)
        if match and at + match.length < end:
            at += match.length
        return at

    def _is_office_area(self, at: int) -> bool:
        """Is the one word the area of the office before it ("Bupati Ngawi, Rudi"), and no name known from lists?"""
        after = self.words[at + 1].text if at + 1 < len(self.words) else ""
        return self._follows_office(at) and (after == "," or not self.is_known(at, at + 1))

    def _skip_field(self, first: int, end: int) -> int:
        """The word after a field of work that the model took for a part of the name ("Kadis [Dagprin Budi]")."""
        while first < end - 1 and self._follows_office(first) and self._is_field(first):
            first += 1
        return first

    def _is_field(self, at: int) -> bool:
        low = self.words[at].lower
        return low in self.lexicon.office_words and low not in self.lexicon.names

    def _skip_area(self, first: int, end: int) -> int:
        """The word after an office's area that the model took for a part of the name ("Bupati [Serang Zarqof]")."""
        match = self.areas.match(self.words, first, LEVELS)
        if match is None or first + match.length >= end:
            return first
        after = first + match.length
        certain = self.words[first].is_acronym or self.words[after].lower in self.lexicon.honorifics
        certain = certain or (first > 0 and self.words[first - 1].text == ")" and not self.words[first].broken)
        return after if certain or self._follows_office(first) else first

    def _follows_office(self, at: int) -> bool:
        """Does an office or an agency's short name end right before ``at``?"""
        if at == 0 or self.words[at].broken:
            return False
        before = self.words[at - 2 if self.words[at - 1].text == ")" and at > 1 else at - 1]
        heads = [read_head(self.words, start, self.lexicon) for start in range(max(0, at - LONGEST_HEAD), at)]
        agency = before.is_acronym or self.lexicon.short_agency.fullmatch(before.text)
        return bool(agency) or any(head and head.end == at for head in heads)

    def _is_title(self, at: int) -> bool:
        word = self.words[at]
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        if following is None or following.broken or not (following.is_capital or following.text in "./"):
            return False
        acting = (word.lower,) in self.lexicon.acting
        return (word.lower in self.lexicon.honorifics or acting) and not (word.is_initial and word.text != "H")

    def _may_start(self, at: int, *, model: bool) -> bool:
        word = self.words[at]
        if not word.is_capital or word.lower in self.lexicon.not_names:
            return False
        if word.lower in self.lexicon.names or word.is_initial:
            return True
        if read_head(self.words, at, self.lexicon) or self.lexicon.short_agency.fullmatch(word.text):
            return False
        return model or not (word.is_acronym or word.lower in self.lexicon.office_words)

    def _continues(self, first: int, at: int) -> bool:
        word = self.words[at]
        if word.broken:
            return False
        if word.text == ".":
            return self._is_name_dot(at)
        if word.lower in PARTICLES and not word.is_capital:
            return at + 1 < len(self.words) and self.words[at + 1].is_capital
        if not word.is_capital:
            return False
        if word.lower in self.lexicon.names or word.is_initial or word.lower in NAME_SECOND:
            return True
        if word.lower in self.lexicon.not_names or word.lower in self.lexicon.honorifics:
            return False
        if word.is_acronym:
            return len(word.text) <= 2 or self.words[first].is_acronym
        if word.lower in self.lexicon.office_words or read_head(self.words, at, self.lexicon):
            return False
        return not self.lexicon.short_agency.fullmatch(word.text)

    def _is_name_dot(self, at: int) -> bool:
        before = self.words[at - 1]
        if at + 1 >= len(self.words) or not self.words[at + 1].is_capital or self.words[at].spaced:
            return False
        return (before.is_initial or before.lower in DOTTED) and not self.words[at + 1].broken

    def _is_loose_dot(self, at: int, first: int) -> bool:
        return at > first and self.words[at].text == "."

    def _checked(self, first: int, end: int) -> tuple[int, int] | None:
        end = self._strip_degrees(first, end)
        words = self.words[first:end]
        if not any(len(word.text) > 1 for word in words):
            return None
        return (first, end)

    def _strip_degrees(self, first: int, end: int) -> int:
        while end - first > 1:
            last = self.words[end - 1]
            if last.text == ".":
                end -= 1
            elif last.is_initial and end - first > 2 and self.words[end - 2].text == ".":
                end -= 2 if self.words[end - 3].is_initial else 1
                if not self.words[end - 1].is_initial:
                    return end
            elif (
                not last.text.islower() and sum(map(str.isupper, last.text)) > 1 and last.lower in self.lexicon.degrees
            ):
                end -= 1
            else:
                break
        return end
