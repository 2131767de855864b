"""The topics of a text by weighted words over title and body."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.lexicons import read_toml
from scraper.errors import LexiconError

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
OPENING = 3
"""Letters by which the words that can begin at a place are told."""
WORD_START = re.compile(r"(?<![\w-])\w")


@dataclass(frozen=True, slots=True)
class TopicWords:
    """One topic's words of one weight."""

    topic: str
    weight: float
    pattern: re.Pattern[str]


def score_topics(title: str, text: str) -> dict[str, float]:
    """Topics with their scores, best first; none with a score of zero."""
    title, text = title.lower(), text.lower()
    uses = [dict[str, float]() for _ in _lexicon()]
    for place, match in _matches(text):
        uses[place][match.group()] = uses[place].get(match.group(), 0) + (2 if match.start() < LEAD else 1)
    for place, match in _matches(title):
        uses[place][match.group()] = uses[place].get(match.group(), 0) + TITLE
    scores = dict.fromkeys((words.topic for words in _lexicon()), 0.0)
    for words, counts in zip(_lexicon(), uses, strict=True):
        scores[words.topic] += words.weight * sum(math.sqrt(min(count, MOST_USES)) for count in counts.values())
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


def _matches(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """What each pattern finds in a text, with the pattern's place; each is tried only where its words can begin."""
    starts, ends = _starts(), [0] * len(_lexicon())
    for word in WORD_START.finditer(text):
        at = word.start()
        for place in starts.get(text[at : at + OPENING], ()):
            if at >= ends[place] and (match := _lexicon()[place].pattern.match(text, at)):
                ends[place] = match.end()
                yield place, match


@lru_cache(maxsize=1)
def _lexicon() -> tuple[TopicWords, ...]:
    tables = read_toml("topics.toml")
    return tuple(
        TopicWords(topic, WEIGHTS[name], _pattern(lines))
        for topic, lists in tables.items()
        for name, lines in lists.items()
    )


@lru_cache(maxsize=1)
def _starts() -> dict[str, tuple[int, ...]]:
    """The first letters of a word -> the places of the patterns that have words with them.

    Raises LexiconError for a word that does not begin with so many letters as they are written.
    """
    starts: dict[str, dict[int, None]] = {}
    lists = [lines for lists in read_toml("topics.toml").values() for lines in lists.values()]
    for place, lines in enumerate(lists):
        for line in lines:
            if not re.match(rf"[a-z0-9][a-z0-9 -]{{{OPENING - 1}}}(?![?*{{])", line) or _is_divided(line):
                raise LexiconError(f"{line!r} in topics.toml must begin with {OPENING} plain letters")
            starts.setdefault(line[:OPENING], {})[place] = None
    return {letters: tuple(places) for letters, places in starts.items()}


def _is_divided(line: str) -> bool:
    """Is there an alternative outside brackets, which begins otherwise?"""
    while (inner := re.sub(r"\([^()]*\)", "", line)) != line:
        line = inner
    return "|" in line


def _pattern(lines: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(lines, key=len, reverse=True))})(?:nya)?(?![\w])")
