"""Which office belongs to which name, in both orders."""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp.people.areas import CLASS_WORDS
from nlp.people.lexicon import cue_words
from nlp.people.name_runs import NameReader
from nlp.people.office_phrases import OfficePhrase
from nlp.people.public_offices import is_public
from nlp.people.words import starts_sentence

GLUE = cue_words("office_glue")
STRONG_GLUE = cue_words("office_glue_strong")
MARKS = frozenset(",(-–—")
INTRODUCERS = cue_words("name_introducers")
POINTERS = cue_words("pointers")
LEVELS = ("province", "regency", "district", "village")
REACH = 12


@dataclass(slots=True)
class Name:
    """A name in the text by word indices, with the offices that stand beside it."""

    first: int
    end: int
    by_model: bool = False
    offices: list[OfficePhrase] = field(default_factory=list)


class Binder:
    """Adds the names that stand beside offices and gives each name its offices."""

    def __init__(self, reader: NameReader, names: list[Name], offices: list[OfficePhrase]) -> None:
        self.reader, self.words = reader, reader.words
        self.names = {name.first: name for name in names}
        self.offices = offices

    def bind(self) -> list[Name]:
        """All names in order of the text."""
        pending: list[OfficePhrase] = []
        owed: Name | None = None
        for place, office in enumerate(self.offices):
            following = self._forward(office)
            if following and not self._belongs_before(office, following):
                self._take(following, office)
                self._share(pending, office, following)
                pending = []
            elif owed is not None:
                owed.offices.append(office)
                owed = None
            elif self._joins_next(place) and (pair := self._pair_before(office)):
                pair[0].offices.append(office)
                owed = pair[1]
            elif not self._backward(office) and self._joins_next(place):
                pending.append(office)
            else:
                pending = []
        return sorted(self.names.values(), key=lambda name: name.first)

    def _take(self, span: tuple[int, int], office: OfficePhrase) -> Name:
        name = self.names.get(span[0])
        if name is None:
            for start in [start for start, old in self.names.items() if start < span[1] and old.end > span[0]]:
                del self.names[start]
            name = self.names[span[0]] = Name(*span)
        name.end = max(name.end, span[1])
        name.offices.append(office)
        return name

    def _forward(self, office: OfficePhrase) -> tuple[int, int] | None:
        at, comma = self._skip_province(office.end), False
        if at < len(self.words) and self.words[at].text == ",":
            at, comma = at + 1, True
        while at < len(self.words) and self.words[at].lower in INTRODUCERS:
            at += 1
        if at >= len(self.words) or self.words[at].broken:
            return None
        titled = self.reader.skip_titles(at, len(self.words)) > at
        span = self.reader.read(at)
        if span is None:
            return self._initials(at, office)
        sure = span[0] in self.names or self.reader.is_known(*span) or titled
        return span if sure or self._looks_like_name(office, span, comma=comma) else None

    def _initials(self, at: int, office: OfficePhrase) -> tuple[int, int] | None:
        """``Gubernur WH menyebut``: two or three capitals that speak or act."""
        word = self.words[at]
        following = self.words[at + 1].lower if at + 1 < len(self.words) else ""
        acts = following in self.reader.lexicon.speech_verbs or following.startswith(("me", "ber"))
        short = word.text.isupper() and word.text.isalpha() and len(word.text) in (2, 3)
        fits = short and acts and office.head.kind in ("province", "regency") and not self.reader.is_area(at, at + 1)
        return (at, at + 1) if fits else None

    def _skip_province(self, at: int) -> int:
        """In ``Kadis X Kabupaten Dompu, Nusa Tenggara Barat (NTB), Rifaid`` the comma before the name."""
        if at + 1 >= len(self.words) or self.words[at].text != ",":
            return at
        begin = at + 1
        while begin < len(self.words) and self.words[begin].lower in CLASS_WORDS:
            begin += 1
        levels = frozenset({"province", "regency"} if begin == at + 1 else LEVELS)
        match = self.reader.areas.match(self.words, begin, levels)
        length = match.length if match else int(begin > at + 1)
        if not length:
            return at
        end = begin + length
        if end + 2 < len(self.words) and self.words[end].text == "(" and self.words[end + 2].text == ")":
            end += 3
        closed = end < len(self.words) and self.words[end].text == ","
        return self._skip_province(end) if closed else at

    def _looks_like_name(self, office: OfficePhrase, span: tuple[int, int], *, comma: bool) -> bool:
        """A run of capitals that no list knows: is it a name after all?"""
        first, end = span
        if self.reader.is_area(first, end) or not any(
            word.is_capital for word in self.words[office.first : office.end]
        ):
            return False
        following = self.words[end] if end < len(self.words) else None
        verb = following is not None and not following.broken and following.lower.startswith(("me", "ber"))
        if comma:
            sure = end - first >= 2 and (office.head.kind != "post" or bool(office.codes))
            return sure or verb or (following is not None and following.text == "," and bool(office.codes))
        if office.head.kind == "post":
            return verb or bool(office.codes) or is_public(office.head, self._wording(office))
        return office.end > office.head.end or office.head.kind != "agency" or end - first >= 2

    def _wording(self, office: OfficePhrase) -> str:
        return " ".join(word.text for word in self.words[office.first : office.end])

    def _belongs_before(self, office: OfficePhrase, following: tuple[int, int]) -> bool:
        """In ``Rudi, Camat Setu, Andi``: is the office that of the name before it?"""
        if self.words[office.end].text != ",":
            return False
        before = self._name_before(office)
        return before is not None and not before.offices and self._backward(office)

    def _backward(self, office: OfficePhrase) -> bool:
        name = self._name_before(office) or self._unknown_before(office) or self._pointed_at(office)
        if name is None:
            return False
        name.offices.append(office)
        return True

    def _name_before(self, office: OfficePhrase) -> Name | None:
        ends = [name for name in self.names.values() if office.first - REACH <= name.end <= office.first]
        if not ends:
            return None
        name = max(ends, key=lambda name: name.end)
        between = self.words[name.end : office.first]
        if any(word.broken for word in between) or self.words[office.first].broken:
            return None
        letters = [word.lower for word in between if word.is_word and not self._is_degree(word.lower)]
        if all(word in GLUE for word in letters):
            marked = any(word.text in MARKS for word in between) or not between
            if marked and not letters and between and self._runs_into_clause(office):
                return None
            return name if marked or STRONG_GLUE & set(letters) else None
        return None

    def _runs_into_clause(self, office: OfficePhrase) -> bool:
        """Does a clause follow without a comma, so that the office is its subject and no apposition?"""
        following = self.words[office.end] if office.end < len(self.words) else None
        also = [word.lower for word in self.words[office.end : office.end + 2]] == ["yang", "juga"]
        return (
            following is not None and not also and following.lower in ("pada", "yang", "akan", "sudah", "telah", "juga")
        )

    def _unknown_before(self, office: OfficePhrase) -> Name | None:
        """A name that nothing showed so far, before ``selaku``, ``yang juga`` or a bracket with the office."""
        at = office.first - 1
        glued = False
        while (
            at >= 0 and not self.words[at + 1].broken and (self.words[at].lower in GLUE or self.words[at].text in ",(")
        ):
            glued = glued or self.words[at].lower in STRONG_GLUE or self.words[at].text == "("
            at -= 1
        end = at + 1
        while at >= 0 and self.words[at].is_capital and self.words[at].is_word and end - at <= 4:
            if self.words[at].broken:
                at -= 1
                break
            at -= 1
        glued = glued or self._between_commas(office)
        for first in range(at + 1, end):
            span = self.reader.read(first)
            known = span and (self.reader.is_known(*span) or self._opens(span))
            if span and known and span[1] == end and glued and not self.reader.is_area(*span):
                name = self.names[span[0]] = Name(*span)
                return name
        return None

    def _between_commas(self, office: OfficePhrase) -> bool:
        """``Meiske Tumbelaka, Kadis ESDM Sulut, membenarkan``: an office told in passing."""
        after = self.words[office.end].text if office.end < len(self.words) else ""
        return after == "," == self.words[office.first - 1].text

    def _opens(self, span: tuple[int, int]) -> bool:
        """Do two or more capitals open the sentence, so that they are a name although no list knows them?"""
        return span[1] - span[0] > 1 and starts_sentence(self.words, span[0])

    def _is_degree(self, word: str) -> bool:
        return word in self.reader.lexicon.degrees or len(word) == 1

    def _pointed_at(self, office: OfficePhrase) -> Name | None:
        """``Mantan Camat Pinggir itu``: the person spoken of before."""
        if office.end >= len(self.words) or self.words[office.end].lower not in POINTERS:
            return None
        if office.end == office.head.end and not office.head.former:
            return None
        after = self.words[office.end + 1].lower if office.end + 1 < len(self.words) else ""
        if after not in self.reader.lexicon.speech_verbs and not office.head.former:
            return None
        before = [name for name in self.names.values() if name.end <= office.first]
        last = max(before, key=lambda name: name.first, default=None)
        return None if last is None else self._first_of_sentence(last, before)

    def _first_of_sentence(self, last: Name, before: list[Name]) -> Name:
        """The name that comes first in the sentence of ``last``: its subject, most likely."""
        start = last.first
        while start > 0 and not starts_sentence(self.words, start):
            start -= 1
        return min((name for name in before if name.first >= start), key=lambda name: name.first)

    def _pair_before(self, office: OfficePhrase) -> tuple[Name, Name] | None:
        """Both names of "Rudi-Siti, Bupati dan Wakil Bupati Lebak", in the order of the offices."""
        second = self._name_before(office) or self._subject_of(office)
        if second is None or second.first < 1 or self.words[second.first - 1].text not in "-–":
            return None
        first = next((name for name in self.names.values() if name.end == second.first - 1), None)
        return (first, second) if first else None

    def _subject_of(self, office: OfficePhrase) -> Name | None:
        """The last name of the sentence before ``sebagai`` and the office: "Rudi-Siti maju lagi sebagai bupati"."""
        if office.first < 1 or self.words[office.first - 1].lower not in STRONG_GLUE:
            return None
        start = office.first
        while start > 0 and not starts_sentence(self.words, start):
            start -= 1
        before = [name for name in self.names.values() if start <= name.first and name.end < office.first]
        return max(before, key=lambda name: name.first, default=None)

    def _joins_next(self, place: int) -> bool:
        """Does ``dan``, ``sekaligus`` or ``/`` tie this office to the next one?"""
        if place + 1 >= len(self.offices):
            return False
        between = self.words[self.offices[place].end : self.offices[place + 1].first]
        return len(between) == 1 and between[0].lower in ("dan", "sekaligus", "serta", "/")

    def _share(self, pending: list[OfficePhrase], office: OfficePhrase, span: tuple[int, int]) -> None:
        """In ``Bupati dan Wakil Bupati Lebak, Rudi dan Andi`` each office goes to its own name."""
        if not pending:
            return
        name = self.names[span[0]]
        joint = self.words[pending[-1].end].lower
        if joint in ("sekaligus", "/"):
            name.offices.extend(pending)
            return
        at = name.end
        if at + 1 >= len(self.words) or self.words[at].lower not in ("dan", "-", "–", "serta"):
            return
        second = self.reader.read(at + 1)
        if second is None:
            return
        name.offices.remove(office) if office in name.offices else None
        name.offices.extend(pending)
        self._take(second, office)
