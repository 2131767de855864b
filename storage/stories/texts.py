"""When two texts tell one story: the stretches of three words that both have, by exact count."""

from __future__ import annotations

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
PERMUTATIONS, BANDS, SEED = 128, 64, 42


@dataclass(frozen=True, slots=True)
class StoryText:
    """A text as a set of hashed stretches."""

    id: str
    site: str
    day: date | None
    """Local day of publication."""
    stretches: frozenset[int]

    def tells_the_same(self, other: StoryText) -> bool:
        """Whether both tell one story."""
        days = abs(self.day - other.day) if self.day and other.day else None
        if days is not None and days > WINDOW:
            return False
        shared = len(self.stretches & other.stretches)
        equal = shared / max(len(self.stretches) + len(other.stretches) - shared, 1)
        if days and self.site == other.site:
            return equal >= TEMPLATE
        if equal >= THRESHOLD:
            return True
        shorter = min(len(self.stretches), len(other.stretches))
        wanted = REWRITTEN if days is not None and days <= NEAR else CONTAINED
        return shared >= FEW and shared / shorter >= wanted


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
        return [other for other in found if other.id != text.id and text.tells_the_same(other)]


def stretches_of(texts: Sequence[str]) -> list[frozenset[int]]:
    """The hashed three-word stretches of each text; a shorter text is one stretch."""
    rows = [plain(text) for text in texts]
    stretches = [[" ".join(row[at : at + 3]) for at in range(max(len(row) - 2, min(len(row), 1)))] for row in rows]
    return [frozenset(hashes) for hashes in RMinHash.hash_token_sets(stretches)]


def _minhash(text: StoryText) -> RMinHash:
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    minhash.update([stretch.to_bytes(8, "little") for stretch in text.stretches])
    return minhash
