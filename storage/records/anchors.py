"""A stretch of text, known by its words and neighbours, so that it is found again in a changed text. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

NEIGHBOURS = 40
"""Characters that are kept on each side."""
ENOUGH = 12
"""Equal characters on one side that show that it is the same place."""
TELLING = 60
"""Characters of a stretch that needs no neighbours to be known again."""
EDGE = "\x02"
"""Stands before and after the whole text."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of text; all empty for what belongs to the article as a whole."""

    quoted: str = ""
    before: str = ""
    after: str = ""
    occurrence: int = 0
    """Which of the equal stretches it was, from 0."""

    @classmethod
    def at(cls, text: str, start: int, end: int) -> Anchor:
        """The anchor of ``text[start:end]``."""
        quoted = text[start:end]
        earlier = sum(match.start() < start for match in re.finditer(re.escape(quoted), text))
        return cls(quoted, text[max(0, start - NEIGHBOURS) : start], text[end : end + NEIGHBOURS], earlier)

    def find(self, text: str) -> tuple[int, int] | None:
        """Start and end of the stretch in a text; ``None`` where its words are gone or stand in another place.

        White space may differ. Of several places the one whose neighbours are most alike is taken.
        """
        if not self.quoted:
            return None
        best: tuple[tuple[int, int], re.Match[str]] | None = None
        for number, match in enumerate(self._pattern().finditer(text)):
            left, right = self._agreement(text, match)
            if left is not None or right is not None or len(self.quoted) >= TELLING:
                rank = ((left or 0) + (right or 0), -abs(number - self.occurrence))
                best = max(best or (rank, match), (rank, match), key=lambda found: found[0])
        return best[1].span() if best else None

    def _pattern(self) -> re.Pattern[str]:
        """Its words with any white space between; where it ended with a word, a word must end there."""
        words = r"\s+".join(re.escape(word) for word in self.quoted.split())
        left = r"(?<!\w)" if not self.before or not _is_letter(self.before[-1]) else ""
        right = r"(?!\w)" if not self.after or not _is_letter(self.after[0]) else ""
        return re.compile(
            f"{left if _is_letter(self.quoted[0]) else ''}{words}{right if _is_letter(self.quoted[-1]) else ''}"
        )

    def _agreement(self, text: str, match: re.Match[str]) -> tuple[int | None, int | None]:
        """Equal characters on the left and on the right; ``None`` for fewer than would show the same place."""
        before = self.before if len(self.before) == NEIGHBOURS else EDGE + self.before
        after = self.after if len(self.after) == NEIGHBOURS else self.after + EDGE
        window = 2 * NEIGHBOURS
        found_before = (EDGE + text)[max(0, match.start() + 1 - window) : match.start() + 1]
        found_after = (text + EDGE)[match.end() : match.end() + window]
        return _equal(_even(before)[::-1], _even(found_before)[::-1]), _equal(_even(after), _even(found_after))


def _equal(wanted: str, found: str) -> int | None:
    count = next((at for at, (one, other) in enumerate(zip(wanted, found, strict=False)) if one != other), None)
    count = min(len(wanted), len(found)) if count is None else count
    return count if count >= min(ENOUGH, len(wanted)) else None


def _even(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"
