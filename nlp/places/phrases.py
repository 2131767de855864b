"""Places by their class word ("Kecamatan Tigaraksa", "Jalan Raya Ciater") and wide areas by name."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.people.words import Word
from nlp.places.gazetteer import Gazetteer
from nlp.places.lexicon import PlaceLexicon

LONGEST_SITE = 7
LONGEST_BUILDING = 14
BUILDINGS = frozenset({"kantor", "gedung", "aula", "pusat pemerintahan"})
OWN_NAME = frozenset({"balaikota", "balai kota", "puspemkab", "puspemkot"})
AFTER_NUMBER = frozenset({"jalan", "jl", "jln", "terminal", "pintu tol"})
HONORED = frozenset({"dr", "drs", "h", "hj", "kh", "ir", "prof", "jenderal", "presiden", "gubernur", "bupati"})


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """Word indices of a place (``end`` exclusive), what kind of evidence found it, and its bare name."""

    first: int
    end: int
    by: str
    """``area``, ``site``, ``name`` or ``near``."""
    word: str = ""
    """The class word, lower case."""
    name: int = 0
    """The word at which the bare name starts."""


class PlaceGrammar:
    """Reads places from the words of one text; words in ``taken`` belong to offices, bodies or persons."""

    def __init__(self, words: list[Word], lexicon: PlaceLexicon, gazetteer: Gazetteer, taken: frozenset[int]) -> None:
        self.words, self.lexicon, self.gazetteer, self.taken = words, lexicon, gazetteer, taken

    def find(self) -> list[FoundPlace]:
        """All places by class word or wide name, from left to right, none within another."""
        found: list[FoundPlace] = []
        at = 0
        while at < len(self.words):
            word = self.words[at]
            dull = not word.is_capital and word.lower not in self.lexicon.lower_openers
            place = None if dull or at in self.taken else self._by_class(at) or self._site(at) or self._wide(at)
            if place:
                found.append(place)
            at = place.end if place else at + 1
        return found

    def _by_class(self, at: int) -> FoundPlace | None:
        word = self.words[at]
        level = self.lexicon.area.get(word.lower)
        if level is None or not (word.is_capital or word.lower in self.lexicon.lower):
            return None
        begin = self._after_dot(at + 1)
        known = self._known(begin)
        short = word.lower in ("kel", "kec", "kab", "prov")
        if not word.is_capital and not short:
            return None
        if known:
            length = self._run(begin, 4) if level in ("district", "village") else known
            end = begin + (known if length <= known or self._known_splits(begin, known, length) else length)
            return FoundPlace(at, end, "area", word.lower, begin)
        run = self._run(begin, 3)
        if level not in ("district", "village") or not run or self._is_no_name(begin):
            return None
        return FoundPlace(at, begin + run, "area", word.lower, begin)

    def _known_splits(self, begin: int, known: int, length: int) -> bool:
        """Is the rest of the run another known area ("Kecamatan Setu Tangerang Selatan")?"""
        return bool(self._known(begin + known)) or length > known + 1

    def _site(self, at: int) -> FoundPlace | None:
        form = self._site_form(at)
        if form is None:
            return None
        begin = self._after_dot(at + len(form.split()))
        if self._is_no_name(begin) and not (form in ("jalan", "jl") and self._text(begin).lower() == "raya"):
            return None
        building = form in BUILDINGS
        longest = LONGEST_BUILDING if building else LONGEST_SITE
        run = self._run(begin, longest, link=building, number=form in AFTER_NUMBER)
        if not run and form in OWN_NAME and self.words[at].is_capital:
            return None
        return FoundPlace(at, begin + run, "site", form, begin) if run else None

    def _site_form(self, at: int) -> str | None:
        for length in (2, 1):
            run = self.words[at : at + length]
            form = self.lexicon.site.get(tuple(word.lower for word in run))
            if form and (run[0].is_capital or form in self.lexicon.lower) and not any(w.broken for w in run[1:]):
                return form
        return None

    def _wide(self, at: int) -> FoundPlace | None:
        """A province, kabupaten, kota or country by its bare name."""
        length = self._wide_length(at)
        if not length:
            return None
        name = self._name(at, at + length)
        if name in self.lexicon.doubtful and not self._is_introduced(at):
            return None
        if self.words[at].text == "AS" or name != "as":
            return FoundPlace(at, at + length, "name", "", at)
        return None

    def _wide_length(self, at: int) -> int:
        if not self.words[at].is_capital:
            return 0
        longest = max(self.gazetteer.longest(self.words[at].lower), self.lexicon.longest_world)
        for length in range(min(longest, len(self.words) - at), 0, -1):
            run = range(at, at + length)
            if any(self.words[index].broken for index in run[1:]) or any(index in self.taken for index in run):
                continue
            name = self._name(at, at + length)
            if name in self.lexicon.world or (self.gazetteer.is_wide(name) and name not in self.lexicon.area):
                return length
        return 0

    def _is_introduced(self, at: int) -> bool:
        """Does a preposition, a bracket or the start of a dateline stand before it?"""
        if self.words[at].is_acronym and (at == 0 or self.words[at].broken):
            return True
        if at == 0 or self.words[at].broken:
            return self._text(at + 1) in ("-", "–", "—", ",")
        before = self.words[at - 1]
        return before.lower in self.lexicon.prepositions or before.text in "(,-–" or before.lower in self.lexicon.area

    def _known(self, at: int) -> int:
        """How many words at ``at`` are the longest name of an area."""
        longest = self.gazetteer.longest(self.words[at].lower) if at < len(self.words) else 0
        for length in range(min(longest, len(self.words) - at), 0, -1):
            run = self.words[at : at + length]
            if any(word.broken for word in run[1:]) or not run[0].is_capital:
                continue
            if self.gazetteer.find(self._name(at, at + length)):
                return length
        return 0

    def _run(self, at: int, longest: int, *, link: bool = False, number: bool = False) -> int:
        """How many words from ``at`` on belong to the name."""
        end = at
        while end < min(len(self.words), at + longest) and self._continues(end, at, link=link, number=number):
            end += 1
        while end > at and not self.words[end - 1].is_word and self.words[end - 1].text != ")":
            end -= 1
        return end - at

    def _continues(self, at: int, begin: int, *, link: bool, number: bool) -> bool:
        word = self.words[at]
        if word.broken or (at in self.taken and not link):
            return False
        if word.text in "-–" and not word.spaced:
            return self._is_capital(at + 1)
        if number and word.text.isdigit():
            return at > begin
        if word.text == "." and at > begin:
            return self.words[at - 1].lower in HONORED and self._is_capital(at + 1)
        if link and word.lower in ("dan", "(", ")", "&"):
            return at > begin and (word.text == ")" or self._is_capital(at + 1))
        if not word.is_capital or (at > begin and not link and self._opens_area(at)):
            return False
        return word.lower not in self.lexicon.stop or word.lower in HONORED

    def _opens_area(self, at: int) -> bool:
        """Does another area begin here ("Desa Jaya Kecamatan Setu")?"""
        return self.words[at].lower in self.lexicon.area and self._is_capital(at + 1)

    def _is_no_name(self, at: int) -> bool:
        return not self._is_capital(at) or self.words[at].lower in self.lexicon.no_name

    def _is_capital(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].is_capital and not self.words[at].broken

    def _after_dot(self, at: int) -> int:
        return at + 1 if self._text(at) == "." else at

    def _text(self, at: int) -> str:
        return self.words[at].text if at < len(self.words) else ""

    def _name(self, first: int, end: int) -> str:
        return " ".join(word.lower for word in self.words[first:end])
