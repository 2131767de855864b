"""Office phrases of a text: where each begins and where it ends before a name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from nlp.people.areas import CLASS_WORDS, LEVEL_OF, AreaIndex
from nlp.people.lexicon import Lexicon, cue_words
from nlp.people.office_heads import Head, read_head
from nlp.people.words import Word

CONNECTORS = cue_words("office_connectors")
LOCAL = frozenset({"pada", "di", "dari"})
NUMERAL = re.compile(r"(?:\d{1,2}|[IVX]{1,5})(?:-?[A-Z])?$")
COMPANY = cue_words("company")
NESTING = frozenset({"staf", "tenaga", "deputi", "juru", "jubir", "asisten", "asda", "asdep", "wakil"})
INNER_HEADS = frozenset((word,) for word in cue_words("inner_heads"))
FIRST_OR_OFFICE = frozenset({"agung", "budi", "hari", "setia", "bina", "bumi", "imam"})
BEFORE_AGUNG = frozenset({"jaksa", "mahkamah", "hakim", "kejaksaan", "masjid", "pelabuhan"})
HOSPITALS = frozenset({"rsud", "rs", "rsup", "rsu", "rsia", "sakit"})
NAME_HEADS = cue_words("name_heads")
RANKS = cue_words("ranks")
BALINESE = cue_words("balinese")
COMMANDERS = frozenset({"kapolri", "wakapolri", "panglima", "kasad", "kasal", "kasau", "kepala"})
GENERALS = frozenset({"sekretaris", "direktur", "inspektur", "direktorat", "sekretariat", "inspektorat", "konsul"})
AFTERTHOUGHTS = frozenset({"terpilih", "nonaktif", "non-aktif"})
SURE_AREA = 3
"""Words of an area that nobody is called by."""
ANY = frozenset({"province", "regency"})
DIRECTIONS = cue_words("directions")


@dataclass(frozen=True, slots=True)
class OfficePhrase:
    """An office as the text words it; ``first`` and ``end`` are word indices (end exclusive)."""

    first: int
    end: int
    head: Head
    codes: tuple[str, ...] = ()
    """Kemendagri codes of the area that it names."""


class OfficeGrammar:
    """Reads office phrases; ``names`` holds the word indices at which a person's name is known to start."""

    def __init__(self, words: list[Word], lexicon: Lexicon, areas: AreaIndex, names: Collection[int] = ()) -> None:
        self.words, self.lexicon, self.areas, self.names = words, lexicon, areas, frozenset(names)

    def find(self) -> list[OfficePhrase]:
        """All office phrases from left to right, none within another."""
        found: list[OfficePhrase] = []
        at = 0
        while at < len(self.words):
            if self.words[at].lower not in self.lexicon.openers:
                at += 1
                continue
            head = None if at in self.names or self._is_surname(at) else read_head(self.words, at, self.lexicon)
            if head is None:
                at += 1
                continue
            phrase = self._without_rank(self._phrase(head))
            found.append(phrase)
            at = phrase.end
        return found

    def _without_rank(self, phrase: OfficePhrase) -> OfficePhrase:
        """``Kapolri`` of "Kapolri Jenderal Budi": the rank belongs to the name."""
        last = phrase.end - 1
        ranked = last > phrase.head.start and self.words[last].lower == "jenderal"
        if not ranked or self.words[last - 1].lower in GENERALS or phrase.head.words[0] not in COMMANDERS:
            return phrase
        return replace(phrase, end=last)

    def _phrase(self, head: Head) -> OfficePhrase:
        at = self._bracket(head.end) or head.end
        if head.kind in ("agency", "post"):
            return self._agency(head, at)
        return self._area(head, at)

    def _is_surname(self, at: int) -> bool:
        """Is a head such as ``Hakim`` the second part of a name ("Imam Hakim"), ``Komisaris Besar`` a rank?"""
        if self.words[at].lower == "komisaris" and self._next_lower(at + 1) == "besar":
            return True
        if self.words[at].lower not in NAME_HEADS or at == 0 or self.words[at].broken:
            return False
        before = self.words[at - 1]
        return before.is_capital and before.lower in self.lexicon.names

    # --- offices over an area

    def _area(self, head: Head, at: int) -> OfficePhrase:
        levels = frozenset({head.kind}) | ({"province"} if head.kind == "regency" else set())
        at = self._unit_number(at)
        begin = self._skip_class_words(at)
        match = self.areas.match(self.words, begin, levels)
        if match and not self._eats_name(begin, begin + match.length):
            end = self._up_to_name(begin + match.length, head)
            end += self._is_direction(end)
            end = self._bracket(end) or end
            return OfficePhrase(head.start, end + (self._next_lower(end) in AFTERTHOUGHTS), head, match.codes)
        if begin > at or self._is_agency_word(at):
            return self._agency(head, at)
        if head.kind in ("district", "village"):
            return OfficePhrase(head.start, self._unlisted_place(at), head)
        return OfficePhrase(head.start, at, head)

    def _unit_number(self, at: int) -> int:
        """The word after a unit's number (``Dandim 0506/Tgr``)."""
        if not self._text(at).isdigit():
            return at
        slashed = self._text(at + 1) == "/" and at + 2 < len(self.words) and self.words[at + 2].is_capital
        return at + 3 if slashed else at + 1

    def _up_to_name(self, at: int, head: Head) -> int:
        """``at``, or where a known name starts if only further words of a village's or district's name lie between."""
        if head.kind in ("district", "village") and self._next_lower(at) not in RANKS:
            for index in range(at, at + self._capital_run(at)):
                if index in self.names:
                    return index
        return at

    def _unlisted_place(self, at: int) -> int:
        """The end of a place that no list holds: up to the known name, the comma, or after one word."""
        run = self._capital_run(at)
        if run and self._text(at + run) == "," and at + run + 1 in self.names:
            return at + run
        for index in range(at, at + run):
            if index in self.names or (index > at and self.words[index].lower in self.lexicon.names):
                return index
        if not run or self.words[at].lower in self.lexicon.names:
            return at
        if self._text(at + run) == "," or (run == 2 and self._next_lower(at + run) not in self.lexicon.speech_verbs):
            return at + run
        return at + 1 if run > 1 else at

    def _next_lower(self, at: int) -> str:
        return self.words[at].lower if at < len(self.words) else ""

    def _eats_name(self, begin: int, end: int) -> bool:
        """Would the area swallow the only name that stands there ("Camat Sofyan mengatakan")?"""
        if begin not in self.names or end - begin >= SURE_AREA:
            return False
        return self._capital_run(begin) <= end - begin or self.words[begin - 1].lower not in ("camat", "lurah")

    def _is_direction(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].lower in DIRECTIONS and self.words[at].is_capital

    def _skip_class_words(self, at: int) -> int:
        while at < len(self.words) and self.words[at].lower in CLASS_WORDS and not self.words[at].broken:
            at += 1
            if self._text(at) == ".":
                at += 1
        return at

    # --- offices in an agency, a company or an association

    def _agency(self, head: Head, at: int) -> OfficePhrase:
        end, company = at, False
        codes: tuple[str, ...] = ()
        while at < len(self.words) and not self.words[at].broken:
            step = self._step(head, at, closed=bool(codes), company=company, empty=end == head.end)
            if step is None:
                break
            company = company or (head.kind == "post" and self.words[at].lower in COMPANY)
            length, accepted, found = step
            codes = found or codes
            at += length
            end = at if accepted else end
        return OfficePhrase(head.start, end, head, codes)

    def _step(
        self, head: Head, at: int, *, closed: bool, company: bool, empty: bool
    ) -> tuple[int, bool, tuple[str, ...]] | None:
        """(words taken, may the phrase end here, area codes), or None where the phrase is over."""
        word = self.words[at]
        if not word.is_word or (word.lower in CONNECTORS and not word.is_capital):
            return self._link(head, at, closed=closed)
        if self._is_hospital_name(at):
            return (1, True, ())
        if at in self.names or self._is_title(at) or self._is_doubtful_name(at):
            return None
        if NUMERAL.match(word.text) and self._next_lower(at + 1) not in BALINESE:
            return (1, True, ())
        if not word.is_capital:
            small = self.words[head.end - 1].text.islower() and word.lower in self.lexicon.office_words
            return (1, True, ()) if small and not closed else None
        return self._named_area(at) or self._capital_step(head, at, closed=closed, company=company, empty=empty)

    def _capital_step(
        self, head: Head, at: int, *, closed: bool, company: bool, empty: bool
    ) -> tuple[int, bool, tuple[str, ...]] | None:
        """The step over a capitalised word that is no area."""
        word = self.words[at]
        inner = read_head(self.words, at, self.lexicon)
        if inner and inner.words not in INNER_HEADS and head.words[0] not in NESTING:
            return None
        if self._is_agency_word(at):
            over = (closed and word.is_acronym) or (head.kind in ("province", "regency") and self._are_initials(at))
            return None if over else (1, True, ())
        if company and not closed and self.words[at - 1].lower in COMPANY:
            return (1, True, ())
        if closed or empty or word.lower in self.lexicon.names:
            return None
        return (1, True, ()) if company or self._name_follows(at) else None

    def _is_hospital_name(self, at: int) -> bool:
        """``RSUD Dr. Soetomo``: the doctor is the hospital's."""
        before = [word.lower for word in self.words[max(0, at - 3) : at] if word.is_word]
        if not before or not (self.words[at].is_capital or self.words[at].lower in ("dr", "drs")):
            return False
        return before[-1] in HOSPITALS or (
            len(before) > 1 and before[-1] in ("dr", "drs", "h") and before[-2] in HOSPITALS
        )

    def _is_title(self, at: int) -> bool:
        """A rank or form of address, where a name follows ("Kasat Reskrim AKP Budi")."""
        word, following = self.words[at], self._next_lower(at + 1)
        known = word.lower in self.lexicon.honorifics and word.lower not in self.lexicon.office_words
        return (known and len(word.text) > 1 and bool(following)) or word.text in ("Dr", "Ir", "H", "Hj", "Drs")

    def _is_doubtful_name(self, at: int) -> bool:
        """``Agung``, ``Budi`` and the like as a first name: a capitalised word that is no office word follows."""
        word = self.words[at]
        if word.lower not in FIRST_OR_OFFICE or self._capital_run(at) < 2 or self.words[at - 1].lower in BEFORE_AGUNG:
            return False
        return not self._is_agency_word(at + 1)

    def _name_follows(self, at: int) -> bool:
        """Does a known name start further on in the same run of capitals?"""
        return any(index in self.names for index in range(at + 1, at + self._capital_run(at)))

    def _named_area(self, at: int) -> tuple[int, bool, tuple[str, ...]] | None:
        begin = self._skip_class_words(at)
        levels = ANY
        if begin > at:
            level = LEVEL_OF.get(self.words[at].lower)
            levels = frozenset({level}) if level else ANY | {"district"}
        match = self.areas.match(self.words, begin, levels)
        if match and begin not in self.names and not (begin == at and self._is_first_name(at, match.length)):
            end = begin + match.length
            end += self._is_direction(end)
            return (end - at, True, match.codes)
        if (
            begin > at
            and self.words[at].lower in ("kecamatan", "kelurahan", "desa", "kec")
            and self._capital_run(begin)
        ):
            return (begin - at + 1, True, ())
        return None

    def _is_first_name(self, at: int, length: int) -> bool:
        """Is a one-word area the first name of somebody ("Kepala BPBD Bima Arya")?"""
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        if length > 1 or following is None or following.broken or not following.is_capital:
            return False
        return self.words[at].lower in self.lexicon.names and following.lower in self.lexicon.names

    def _link(self, head: Head, at: int, *, closed: bool) -> tuple[int, bool, tuple[str, ...]] | None:
        """A bracket, comma, dot or connector inside a phrase: only where the phrase goes on after it."""
        word, after = self.words[at], at + 1
        if word.text == "(":
            end = self._bracket(at)
            return (end - at, True, ()) if end else None
        if after >= len(self.words) or self.words[after].broken or after in self.names:
            return None
        if word.text == ".":
            previous = self.words[at - 1].lower
            if previous in ("dr", "drs", "h") and self._is_hospital_name(at - 1):
                return (1, False, ())
            return (1, False, ()) if previous in COMPANY or previous in ("kab", "kec", "prov", "pemkab") else None
        if word.text == ",":
            return (1, False, ()) if self._goes_on_after_comma(head, at, closed=closed) else None
        inner = read_head(self.words, after, self.lexicon)
        if inner and inner.words not in INNER_HEADS and word.text not in "-–/":
            return None
        if word.lower in LOCAL:
            return (1, False, ()) if self._is_agency_word(after) and self.words[after].lower != "indonesia" else None
        if word.lower in CONNECTORS and self.words[after].is_capital:
            fits = self._is_agency_word(after) or self._named_area(after) is not None
            return (1, False, ()) if fits else None
        return None

    def _goes_on_after_comma(self, head: Head, at: int, *, closed: bool) -> bool:
        following = self.words[at + 1]
        if closed or not following.is_capital or read_head(self.words, at + 1, self.lexicon):
            return False
        if following.lower in ("kota", "kabupaten", "provinsi"):
            return self._named_area(at + 1) is not None
        listed = following.lower in self.lexicon.office_words and following.lower not in self.lexicon.names
        return listed and any(word.lower in ("dan", "serta", "&") for word in self.words[at + 1 : at + 8])

    def _is_agency_word(self, at: int) -> bool:
        if at >= len(self.words):
            return False
        word = self.words[at]
        if not word.is_capital or word.broken:
            return False
        known = word.lower in self.lexicon.office_words or word.lower in COMPANY
        return known or word.is_acronym or bool(self.lexicon.short_agency.fullmatch(word.text))

    def _are_initials(self, at: int) -> bool:
        """``Gubernur WH``: two capitals that no list knows as an agency."""
        word = self.words[at]
        known = word.lower in self.lexicon.office_words or self.lexicon.short_agency.fullmatch(word.text)
        return len(word.text) == 2 and word.text.isupper() and not known

    # --- shared

    def _bracket(self, at: int) -> int:
        """The word after a short bracket that opens at ``at`` and names an abbreviation, else 0."""
        if self._text(at) != "(":
            return 0
        for index in range(at + 1, min(at + 10, len(self.words))):
            if self.words[index].text == ")":
                letters = any(word.text[0].isalpha() for word in self.words[at + 1 : index])
                return index + 1 if letters else 0
        return 0

    def _capital_run(self, at: int) -> int:
        end = at
        while end < len(self.words) and self.words[end].is_capital and not (end > at and self._stops_run(end)):
            end += 1
        return end - at

    def _stops_run(self, at: int) -> bool:
        return self.words[at].broken or (
            self.words[at].lower in RANKS and self.words[at].lower not in self.lexicon.names
        )

    def _text(self, at: int) -> str:
        return self.words[at].text if at < len(self.words) else ""
