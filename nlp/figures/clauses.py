"""What the grammar looks at around an amount: its sentence, the amounts found so far, the periods in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.figures.amounts import Amount
from nlp.figures.periods import Period
from nlp.figures.tokens import Token


@dataclass(slots=True)
class Found:
    """An accepted amount with what has been decided about it."""

    amount: Amount
    unit: str
    start: int
    end: int
    measures: str | None = None
    carried: bool = False
    """The unit was taken from a noun that stands elsewhere."""


@dataclass(slots=True)
class Clause:
    """A sentence under reading."""

    text: str
    tokens: Sequence[Token]
    masked: frozenset[int]
    """Indices of the tokens in which no figure starts."""
    periods: list[Period]
    found: list[Found] = field(default_factory=list)
    earlier: Found | None = None
    """The last figure of the sentence before."""
    owners: dict[int, Found] = field(default_factory=dict)
    """Start of a period -> the figure right before it."""
    talk: str = ""
    """The last money phrase of the sentences before, ``dana hibah``."""
    topic: str = ""
    """The money word of the sentence that opened the list, ``harga``; empty elsewhere."""

    said: dict[tuple[float, str], str] = field(default_factory=dict)
    """What earlier figures of the text measure, by value and unit."""

    def word(self, at: int) -> str:
        """The lower-case token at ``at``, empty outside the sentence."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def before(self, at: int, size: int) -> str:
        """The ``size`` lower-case tokens that end before ``at``, with blanks between."""
        return " ".join(token.low for token in self.tokens[max(0, at - size) : max(0, at)])
