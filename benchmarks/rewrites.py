"""Ways in which outlets change a text that they did not write: each takes paragraphs and gives other ones.

Nothing in the texts is anybody's: foreign paragraphs come from other made-up articles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

Paragraphs = list[str]
_DIGITS = re.compile(r"\d")
BEFORE = ("SAGARA, WARTA.test – ", "TIRTASARI | kabar.test - ", "Laporan wartawan kami dari lapangan. ", "(Portal) — ")
AFTER = (
    "Ikuti berita lainnya di saluran kami dan jangan lupa membagikan tulisan ini kepada teman.",
    "Editor: Redaksi. Sumber: keterangan tertulis yang diterima redaksi.",
    "Simak pula berita terkini yang lain hanya di halaman ini setiap hari.",
)


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Changes texts; the same seed changes them in the same way."""

    rng: Random
    strangers: Iterator[str]
    """Paragraphs of other articles, each taken once."""

    def replace(self, paragraphs: Paragraphs, share: float) -> Paragraphs:
        """So many of them by foreign ones."""
        changed = list(paragraphs)
        for at in self._some(paragraphs, share):
            changed[at] = next(self.strangers)
        return changed

    def drop(self, paragraphs: Paragraphs, share: float) -> Paragraphs:
        """Without so many of them."""
        gone = set(self._some(paragraphs, share))
        return [paragraph for at, paragraph in enumerate(paragraphs) if at not in gone] or paragraphs[:1]

    def reorder(self, paragraphs: Paragraphs, share: float) -> Paragraphs:
        """So many of them moved."""
        changed = self.drop(paragraphs, 0.0)
        for at in self._some(paragraphs, share):
            changed.insert(self.rng.randrange(len(changed)), changed.pop(at))
        return changed

    def reword(self, paragraphs: Paragraphs, share: float) -> Paragraphs:
        """A new lead, and every third word of so many others another one."""
        changed = [next(self.strangers), *paragraphs[1:]]
        for at in self._some(paragraphs[1:], share):
            words = changed[at + 1].split()
            others = next(self.strangers).split()
            for place in range(self.rng.randrange(3), len(words), 3):
                words[place] = self.rng.choice(others)
            changed[at + 1] = " ".join(words)
        return changed

    def refigure(self, paragraphs: Paragraphs, share: float) -> Paragraphs:
        """Other digits in so many of them."""
        changed = list(paragraphs)
        for at in self._some(paragraphs, share):
            changed[at] = _DIGITS.sub(lambda _: str(self.rng.randint(0, 9)), changed[at])
        return changed

    def frame(self, paragraphs: Paragraphs, share: float) -> Paragraphs:
        """The outlet's own words before and after; a last paragraph cut where much is to change."""
        kept = paragraphs[:-1] if share >= 0.2 and len(paragraphs) > 2 else paragraphs
        return [self.rng.choice(BEFORE) + kept[0], *kept[1:], self.rng.choice(AFTER)]

    def retype(self, paragraphs: Paragraphs, share: float) -> Paragraphs:
        """Other quotation marks, dashes, spaces; capitals in so many of them."""
        signs = str.maketrans({'"': "”", "'": "’", "-": "–", " ": "\u00a0" if self.rng.random() < 0.3 else " "})
        upper = set(self._some(paragraphs, share))
        return [(text.upper() if at in upper else text).translate(signs) for at, text in enumerate(paragraphs)]

    def combine(self, paragraphs: Paragraphs, share: float) -> Paragraphs:
        """Several of these at once, each a part of the share."""
        for edit in self.rng.sample((self.replace, self.drop, self.reorder, self.refigure), 2):
            paragraphs = edit(paragraphs, share / 2)
        return self.retype(self.frame(paragraphs, 0.0), share)

    def edits(self) -> dict[str, Callable[[Paragraphs, float], Paragraphs]]:
        """All of them by name."""
        return {
            "replaced": self.replace,
            "dropped": self.drop,
            "reordered": self.reorder,
            "reworded": self.reword,
            "figures": self.refigure,
            "framed": self.frame,
            "typography": self.retype,
            "combined": self.combine,
        }

    def _some(self, paragraphs: Sequence[str], share: float) -> list[int]:
        """Places of so many paragraphs, rounded to the nearest."""
        return self.rng.sample(range(len(paragraphs)), min(len(paragraphs), round(share * len(paragraphs))))
