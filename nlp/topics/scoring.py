"""The topics of a text by weighted words over title and body."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from nlp.lexicons import read_toml

WEIGHTS = {"strong": 3.0, "medium": 1.5, "weak": 0.6}
TITLE = 4
"""What a word in the title counts, in uses of the text."""
LEAD = 600
"""Characters at the start whose words count twice."""
LEAST = 6.0
"""A text whose best topic scores less is ``other``."""
SECOND, THIRD = 0.4, 0.85
"""A further topic needs this share of the main one's score,"""
CLEAR_SHARE, CLEAR_SCORE = 0.55, 6.5
"""and this share of it, or this score."""
MOST_USES = 8


@dataclass(frozen=True, slots=True)
class TopicWords:
    """One topic's expressions, one for each weight."""

    topic: str
    patterns: tuple[tuple[float, re.Pattern[str]], ...]


def score_topics(title: str, text: str) -> dict[str, float]:
    """Topics with their scores, best first; none with a score of zero."""
    title, text = title.lower(), text.lower()
    scores = {words.topic: _score(words, title, text) for words in _lexicon()}
    return dict(sorted(((t, s) for t, s in scores.items() if s > 0), key=lambda pair: -pair[1]))


def choose_topics(title: str, text: str) -> list[str]:
    """One to three topics, the main one first; ``["other"]`` where the words tell none, none for an empty text."""
    if not text.strip() and not title.strip():
        return []
    ranked = list(score_topics(title, text).items())
    if not ranked or ranked[0][1] < LEAST:
        return ["other"]
    best = ranked[0][1]
    chosen = [ranked[0][0]]
    for (topic, score), share in zip(ranked[1:3], (SECOND, THIRD), strict=False):
        clear = score >= CLEAR_SCORE or score >= best * CLEAR_SHARE
        if clear and score >= best * share and score >= LEAST:
            chosen.append(topic)
    return chosen


def _score(words: TopicWords, title: str, text: str) -> float:
    total = 0.0
    for weight, pattern in words.patterns:
        uses: dict[str, float] = {}
        for match in pattern.finditer(text):
            uses[match.group()] = uses.get(match.group(), 0) + (2 if match.start() < LEAD else 1)
        for match in pattern.finditer(title):
            uses[match.group()] = uses.get(match.group(), 0) + TITLE
        total += weight * sum(math.sqrt(min(count, MOST_USES)) for count in uses.values())
    return total


@lru_cache(maxsize=1)
def _lexicon() -> tuple[TopicWords, ...]:
    tables = read_toml("topics.toml")
    return tuple(
        TopicWords(topic, tuple((WEIGHTS[name], _pattern(lines)) for name, lines in lists.items()))
        for topic, lists in tables.items()
    )


def _pattern(lines: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(lines, key=len, reverse=True))})(?:nya)?(?![\w])")
