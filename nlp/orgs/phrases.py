"""Where the name of an organisation ends, once a head or a short name has opened it."""

from __future__ import annotations

import re

from nlp.orgs.lexicon import OrgClass, OrgLexicon
from nlp.people.areas import CLASS_WORDS, AreaIndex
from nlp.people.lexicon import Lexicon
from nlp.people.words import Word

LINKS = frozenset({"dan", "serta", "&", ",", "-", "daerah", "untuk"})
INSIDE_NAMES = frozenset({"&", "of", "and", "for", "the"})
LEVELS = frozenset({"province", "regency"})
ALL_LEVELS = LEVELS | {"district"}
NUMBER = re.compile(r"\d{1,4}(?:/\w+)?|[IVX]{1,4}")
FIELD = re.compile(r"(?:Pe|Ke)\w{4,}an|\w{3,}[aeiounkp]si")
FIELDS = frozenset({"ukm", "umkm", "kb", "ikm", "ri", "sdm", "ukmk"})
TAILS = frozenset({"RI", "Persero", "Tbk", "Pusat"})
COUNTRY = "indonesia"
SEATS = ("Kota", "Kabupaten")
POSTS = frozenset(
    {"direktur", "dirut", "ketua", "manajer", "manager", "komisaris", "ceo", "rektor", "kepala", "pemilik", "owner"}
)


class OrgGrammar:
    """Reads the names of organisations from the words of one text."""

    def __init__(self, words: list[Word], orgs: OrgLexicon, offices: Lexicon, areas: AreaIndex) -> None:
        self.words, self.orgs, self.offices, self.areas = words, orgs, offices, areas

    def find(self) -> list[tuple[int, int]]:
        """(first word, end word) of each name from left to right, none within another."""
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(self.words):
            end = self._read(at)
            if end:
                found.append((at, end))
            at = end or at + 1
        return found

    def _read(self, at: int) -> int:
        word = self.words[at]
        if not word.is_word or not (word.is_capital or word.lower == "dinas") or self._is_building(at):
            return 0
        opened = self._head(at)
        if opened:
            end = self._complement(*opened)
            if end and not self._is_no_org(at, end):
                return end
        if self.orgs.is_short(word.text):
            return self._short(at + 1)
        return 0

    def _is_building(self, at: int) -> bool:
        """The office building of a body is a place ("di Kantor Dinas Sosial")."""
        return at > 0 and self.words[at - 1].text == "Kantor" and not self.words[at].broken

    def _head(self, at: int) -> tuple[int, OrgClass] | None:
        """(word after the longest head at ``at``, its class)."""
        for length in range(min(self.orgs.longest_head.get(self.words[at].lower, 0), len(self.words) - at), 0, -1):
            run = self.words[at : at + length]
            if any(word.broken for word in run[1:]):
                continue
            name = self.orgs.heads.get(tuple(word.lower for word in run))
            if name and (name == "agency" or run[0].is_capital):
                return at + length, name
        return None

    def _is_no_org(self, at: int, end: int) -> bool:
        pair = " ".join(word.lower for word in self.words[at : min(end, at + 2)])
        return pair in self.orgs.not_orgs

    def _complement(self, at: int, name: OrgClass) -> int:
        """The end of a name whose head ends before ``at``; 0 where nothing names it."""
        begin = at
        at = self._dot(at)
        if name == "government":
            at = self._bracket(at) or at
            return self._area(at, any_class=True)
        if name == "agency":
            return self._fields(at, begin)
        return self._name(at, begin, listed=name == "association")

    # --- agencies: words of offices and fields of work, then an area

    def _fields(self, at: int, begin: int) -> int:
        end = 0
        while at < len(self.words) and not self.words[at].broken:
            area = self._area(at, any_class=False)
            bank = area == at + 1 and [word.lower for word in self.words[at - 1 : area]] == ["bank", COUNTRY]
            if area and not bank:
                return area + self._is_roman(area)
            step = 1 if bank else self._field_step(at, empty=not end)
            if not step:
                break
            at += step
            last = self.words[at - 1]
            if last.lower not in LINKS or last.is_capital:
                end = at
        return end if end > begin else 0

    def _field_step(self, at: int, *, empty: bool) -> int:
        word = self.words[at]
        if word.text == "(":
            return self._inner_bracket(at, empty=empty)
        if word.lower in LINKS and not (word.lower == "daerah" and word.is_capital):
            return 1 if self._goes_on(at) else 0
        if [word.lower for word in self.words[at : at + 2]] == ["satu", "pintu"]:
            return 2
        if self._is_field(at):
            return 1
        lower_field = empty and self.words[at - 1].lower == "dinas" and word.lower in self.offices.office_words
        return 1 if lower_field or (empty and self._is_unknown_field(at)) else 0

    def _inner_bracket(self, at: int, *, empty: bool) -> int:
        """The length of a bracket after which the name goes on, else 0."""
        close = self._bracket(at)
        if not close or close >= len(self.words):
            return 0
        after = close + (self.words[close].text == ",")
        if self._area(after, any_class=False) or self._is_field(after):
            return after - at if self._area(after, any_class=False) else close - at
        return 0

    def _is_field(self, at: int) -> bool:
        if at >= len(self.words) or self.words[at].broken:
            return False
        word = self.words[at]
        if not word.is_capital or (word.lower in self.orgs.stop and word.lower not in ("staf",)):
            return False
        if word.is_acronym or NUMBER.fullmatch(word.text):
            return True
        known = word.lower in self.offices.office_words or self._looks_like_field(word)
        return known and not self._starts_person(at)

    def _looks_like_field(self, word: Word) -> bool:
        return bool(FIELD.fullmatch(word.text)) and word.lower not in self.offices.names

    def _starts_person(self, at: int) -> bool:
        """A word that is a first name too ("Agung Prasetyo")?"""
        word = self.words[at]
        after = self.words[at + 1] if at + 1 < len(self.words) else None
        known = word.lower in self.offices.names and after is not None and after.is_capital
        return bool(
            known and after and after.lower in self.offices.names and after.lower not in self.offices.office_words
        )

    def _is_unknown_field(self, at: int) -> bool:
        word = self.words[at]
        return (
            word.is_capital
            and word.lower not in self.offices.names
            and word.lower not in self.orgs.stop
            and word.lower not in self.offices.honorifics
        )

    def _goes_on(self, at: int) -> bool:
        """Does the list of fields go on after the link word at ``at``?"""
        after = at + 1
        if self.words[at].text == "," and after < len(self.words) and self.words[after].lower in ("dan", "serta"):
            after += 1
        if after >= len(self.words) or not self._is_field(after) or self._is_other_body(after):
            return False
        opened = self._head(after)
        if opened and self._complement(*opened):
            return False
        return self.words[at].text != "," or any(
            word.lower in ("dan", "serta", "&") for word in self.words[at + 1 : after + 6]
        )

    def _is_other_body(self, at: int) -> bool:
        """Does another short name begin here ("Dinas Sosial dan BPBD")? UKM and the like are fields."""
        word = self.words[at]
        return self.orgs.is_short(word.text) or (word.is_acronym and word.lower not in FIELDS)

    # --- companies, schools, associations: capitals, then an area

    def _name(self, at: int, begin: int, *, listed: bool) -> int:
        end = 0
        first = at
        while at < len(self.words) and not self.words[at].broken:
            word = self.words[at]
            area = self._area(at, any_class=False)
            if area and word.lower in CLASS_WORDS:
                return area if at > first or listed else 0
            if area and at > first and self._after_office(begin):
                return area
            step = self._name_step(at, empty=at == first, listed=listed)
            if not step or (at > first + 1 and self._after_office(begin) and word.lower in self.offices.names):
                break
            at += step
            end = at
        return end

    def _after_office(self, head_end: int) -> bool:
        """Does a post stand before the head, so that a person's name may follow ("Direktur PT Maju Jaya Budi")?"""
        before = self.words[max(0, head_end - 4) : head_end - 1]
        return any(word.lower in POSTS for word in before)

    def _name_step(self, at: int, *, empty: bool, listed: bool) -> int:
        word = self.words[at]
        after = self.words[at + 1] if at + 1 < len(self.words) else None
        if word.text == "(":
            return self._name_bracket(at)
        if word.lower in self.orgs.stop and word.lower != "dan":
            return 0
        if word.is_capital:
            return 1
        if NUMBER.fullmatch(word.text):
            return 1 if empty or self.words[at - 1].lower in ("negeri", "muhammadiyah") else 0
        opens = empty and listed and word.lower == "dan"
        if after is None or not after.is_capital or (empty and not opens) or after.broken:
            return 0
        if word.lower in INSIDE_NAMES or (word.text in ("-", "'", ".") and not word.spaced and not after.spaced):
            return 2
        fits = word.lower in ("dan", "serta") and not self._head(at + 1) and not self.orgs.is_short(after.text)
        field = after.lower in self.offices.office_words or self._looks_like_field(after)
        if listed and fits and self._closes_with_country(at + 1):
            return 2
        return 2 if fits and (listed or self.words[at - 1].lower == "minyak") and field else 0

    def _closes_with_country(self, at: int) -> bool:
        """Do the capitals from ``at`` on end in ``Indonesia`` ("... dan Petambak Indonesia")?"""
        for index in range(at, min(at + 5, len(self.words))):
            if not self._is_capital(index):
                return False
            if self.words[index].lower == COUNTRY:
                return True
        return False

    def _is_capital(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].is_capital and not self.words[at].broken

    def _name_bracket(self, at: int) -> int:
        close = self._bracket(at)
        if not close or close >= len(self.words):
            return 0
        listed = self.words[at + 1].text == "PD" and self.words[close].lower in self.offices.office_words
        return close - at if self.words[at + 1].text in TAILS or listed else 0

    # --- short names

    def _short(self, at: int) -> int:
        """The end of a short name that ends before ``at``: numbers, further acronyms and an area belong to it."""
        if at < len(self.words) and NUMBER.fullmatch(self.words[at].text) and not self.words[at].broken:
            area = self._area(at + 1, any_class=False)
            return area or at
        while self._is_tail(at):
            at += 1
        end = self._area(at, any_class=False)
        seat = end and self._is_capital(end) and self.words[end].text in SEATS and not self._is_capital(end + 1)
        return end + 1 if seat else end or at

    def _is_tail(self, at: int) -> bool:
        if at >= len(self.words) or self.words[at].broken:
            return False
        word = self.words[at]
        if word.text in ("RI", "Metro", "Pusat", "Daerah", "PP", "UKM"):
            return True
        return (
            word.is_acronym
            and len(word.text) > 2
            and not self.orgs.is_short(word.text)
            and word.lower not in self.orgs.class_words
        )

    # --- shared

    def _area(self, at: int, *, any_class: bool) -> int:
        """The end of an area at ``at``, class word included, else 0."""
        begin = at
        while begin < len(self.words) and self.words[begin].lower in CLASS_WORDS and self.words[begin].is_capital:
            begin = self._dot(begin + 1)
        if begin >= len(self.words) or self.words[begin].broken:
            return 0
        match = self.areas.match(
            self.words, begin, ALL_LEVELS if begin > at or self._is_police(at) or any_class else LEVELS
        )
        if match:
            end = begin + match.length
            if self.words[begin].lower == "kota" and end == begin + 1:
                return 0
            return end
        if self.words[begin].lower == COUNTRY:
            return begin + 1
        return begin + 1 if (begin > at or any_class) and self._is_unlisted(begin) else 0

    def _is_roman(self, at: int) -> bool:
        """Does the number of an office stand behind its area: ``Kanwil DJP Jawa Timur II``?"""
        return at < len(self.words) and self.words[at].text in ("I", "II", "III") and not self.words[at].broken

    def _is_police(self, at: int) -> bool:
        before = self.words[at - 1].lower if at else ""
        return before.startswith(("polsek", "koramil", "puskesmas", "polres", "kua"))

    def _is_unlisted(self, at: int) -> bool:
        """May this word be the name of an area that no list holds?"""
        word = self.words[at]
        if word.lower in self.orgs.stop or word.lower in self.offices.office_words:
            return False
        return word.is_capital and not word.is_acronym

    def _dot(self, at: int) -> int:
        return at + 1 if at < len(self.words) and self.words[at].text == "." and not self.words[at].spaced else at

    def _bracket(self, at: int) -> int:
        """The word after a short bracket that opens at ``at``, else 0."""
        if at >= len(self.words) or self.words[at].text != "(":
            return 0
        for index in range(at + 1, min(at + 6, len(self.words))):
            if self.words[index].text == ")":
                return index + 1
        return 0
