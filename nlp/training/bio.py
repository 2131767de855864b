"""Tags of words (B-PER, I-PER, ..., O) from spans, and the likeliest spans from probabilities of tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.training.corpus import Sentence

LABELS = ("PER", "ORG", "LOC")
TAGS = ("O", *(f"{position}-{label}" for label in LABELS for position in "BI"))
NEVER = -1e4
FORBIDDEN = np.array([[NEVER if b[0] == "I" and a[1:] != b[1:] else 0.0 for b in TAGS] for a in TAGS])
"""Added to the step from one tag to the next: I-PER only follows B-PER or I-PER."""
Word = tuple[int, int]
Table = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with found names and the lowest probability among the tags of its words."""

    sentence: Sentence
    certainty: float


def to_tags(sentence: Sentence, words: Sequence[Word]) -> list[int]:
    """The number of each word's tag."""
    tags = [0] * len(words)
    for start, end, label in sentence.spans:
        inside = [at for at, (left, right) in enumerate(words) if left < end and start < right]
        for at in inside:
            tags[at] = TAGS.index(("B-" if at == inside[0] else "I-") + label)
    return tags


def decode(table: Table, words: Sequence[Word], text: str) -> Labelled:
    """The likeliest allowed row of tags (Viterbi) as spans."""
    steps = np.log(table + 1e-9)
    best = steps[0] + FORBIDDEN[0]
    back = []
    for step in steps[1:]:
        ways = best[:, None] + FORBIDDEN
        back.append(ways.argmax(0))
        best = ways.max(0) + step
    tags = [int(best.argmax())]
    for row in reversed(back):
        tags.append(int(row[tags[-1]]))
    tags.reverse()
    spans: list[tuple[int, int, str]] = []
    for (start, end), tag in zip(words, tags, strict=True):
        if TAGS[tag][0] == "B":
            spans.append((start, end, TAGS[tag][2:]))
        elif tag:
            spans[-1] = (spans[-1][0], end, spans[-1][2])
    return Labelled(Sentence(text, tuple(spans)), float(min(table[at, tag] for at, tag in enumerate(tags))))
