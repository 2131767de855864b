"""When two texts tell one story: the stretches of three words that both have, by exact count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rensa import RMinHash, RMinHashLSH

from storage.search.words import plain

THRESHOLD = 0.25
"""Share of all stretches of two texts that stand in both."""
CONTAINED = 0.5
"""Share of the shorter text that stands in the longer one, for excerpts."""
REWRITTEN = 0.13
"""The same where both are of the same days: outlets keep little more than the quotes of a release."""
RETOLD, FACTS = 0.1, 2
"""The same where both also state so many of the same numbers."""
COPIED = 0.45
"""The same where both share only what stands in many texts: copies of one release, not of one outlet's own lines."""
NEAR = timedelta(days=3)
FEW = 8
"""Fewer shared stretches than this are a turn of phrase; only (nearly) equal texts may share so few."""
TEMPLATE = 0.8
"""One outlet's articles of different days are forms filled in anew (prices, schedules) unless they are this equal."""
WINDOW = timedelta(days=45)
"""Outlets that run one story do so within these days."""
COMMON = 40
"""A stretch that stands in more texts is looked up no more; whole copies are found by their MinHash."""
SHORT = 40
"""A text of fewer stretches can be a copy without sharing many."""
FORM = 0.3
"""Texts that share so much of the shorter one may be one form, filled in for another place or day: its numbers tell."""
NUMBERS = 4
"""Numbers of a text by which it is known."""
_YEAR = re.compile(r"(?:19|20)\d\d")
PERMUTATIONS, BANDS, SEED = 128, 64, 42


@dataclass(frozen=True, slots=True)
class StoryText:
    """A text as a set of hashed stretches."""

    id: str
    site: str
    day: date | None
    """Local day of publication."""
    stretches: frozenset[int]
    tail: frozenset[int] = frozenset()
    """The stretches of its last paragraphs, where outlets put the same lines under everything."""
    numbers: frozenset[str] = frozenset()
    """But for years and what may be a day or an hour."""

    def tells_the_same(self, other: StoryText, common: frozenset[int] = frozenset()) -> bool:
        """Whether both tell one story; ``common`` are stretches that stand in many texts."""
        days = abs(self.day - other.day) if self.day and other.day else None
        if days is not None and days > WINDOW:
            return False
        both = (self.stretches & other.stretches) - (self.tail & other.tail)
        under = len(self.tail & other.tail)
        one, another, shared = len(self.stretches) - under, len(other.stretches) - under, len(both)
        if not one or not another:
            return bool(self.stretches) and self.stretches == other.stretches
        equal, contained = shared / (one + another - shared), shared / min(one, another)
        if (days and self.site == other.site) or self._is_other_form(other, contained):
            return equal >= TEMPLATE
        if shared >= FEW and len(both - common) < FEW:
            return equal >= THRESHOLD and contained >= COPIED
        if equal >= THRESHOLD:
            return True
        return shared >= FEW and contained >= self._wanted(other, days)

    def _wanted(self, other: StoryText, days: timedelta | None) -> float:
        """How much of the shorter text both must share."""
        if days is None or days > NEAR:
            return CONTAINED
        return RETOLD if len(self.numbers & other.numbers) >= FACTS else REWRITTEN

    def _is_other_form(self, other: StoryText, contained: float) -> bool:
        """Whether the words of both are the same and the numbers are not: prices, schedules, weather."""
        fewer = min(len(self.numbers), len(other.numbers))
        return contained >= FORM and fewer >= NUMBERS and len(self.numbers & other.numbers) < fewer / 2


class Candidates:
    """Texts among which relatives of another text are looked up."""

    def __init__(self, texts: Iterable[StoryText]) -> None:
        self._texts = list(texts)
        self._by_stretch: dict[int, list[int]] = {}
        self._lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
        for number, text in enumerate(self._texts):
            self._lsh.insert(number, _minhash(text))
            for stretch in text.stretches:
                self._by_stretch.setdefault(stretch, []).append(number)
        self._known = frozenset(self._by_stretch)
        self._common = frozenset(stretch for stretch, holders in self._by_stretch.items() if len(holders) > COMMON)

    def relatives(self, text: StoryText) -> list[StoryText]:
        """Those that tell the same story, checked exactly."""
        shared: Counter[int] = Counter()
        common = 0
        for stretch in text.stretches & self._known:
            holders = self._by_stretch[stretch]
            if len(holders) <= COMMON:
                shared.update(holders)
            else:
                common += 1
        numbers = {number for number, count in shared.items() if count >= FEW}
        if common >= FEW or len(text.stretches) < SHORT:
            numbers.update(self._lsh.query(_minhash(text)))
        found = (self._texts[number] for number in sorted(numbers))
        return [other for other in found if other.id != text.id and text.tells_the_same(other, self._common)]


Traits = tuple[frozenset[int], frozenset[int], frozenset[str]]


def traits_of(texts: Sequence[str]) -> list[Traits]:
    """The hashed three-word stretches of each text, those of its last paragraphs, and its numbers."""
    rows = [plain(text) for text in texts]
    whole = RMinHash.hash_token_sets([_stretches(row) for row in rows])
    tails = RMinHash.hash_token_sets([_stretches(plain(_tail(text))) for text in texts])
    return [
        (frozenset(hashes), frozenset(tail) & frozenset(hashes), frozenset(filter(_tells, row)))
        for hashes, tail, row in zip(whole, tails, rows, strict=True)
    ]


def _stretches(row: Sequence[str]) -> list[str]:
    """Three words each; a shorter text is one."""
    return [" ".join(row[at : at + 3]) for at in range(max(len(row) - 2, min(len(row), 1)))]


def _tail(text: str) -> str:
    """The last paragraphs, at most half of all and two."""
    parts = text.split("\n\n")
    last = min(2, len(parts) // 2)
    return "\n\n".join(parts[len(parts) - last :])


def _tells(word: str) -> bool:
    return len(word) > 2 and word[0].isdigit() and not _YEAR.fullmatch(word)


def _minhash(text: StoryText) -> RMinHash:
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    minhash.update([stretch.to_bytes(8, "little") for stretch in text.stretches])
    return minhash
