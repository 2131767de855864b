"""What an article kept of a press release, word by word: sentences, quotes, figures; titles do not matter. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain

from storage.search.words import plain
from storage.stories.texts import FEW

RUN = 3
"""Words in a row that are one stretch."""
KEPT = 0.13
"""Share of a release's words that an article must have kept to have run it."""
TRACES = 0.05
"""The same where a whole quote of the release stands in the article."""
VERBATIM, REWORDED = 0.8, 0.35
"""Share of a sentence's words from which on it survived, or was reworded."""
LONG_QUOTE = 6
"""Words of a quote that two texts do not share by chance."""
SAME_QUOTE = 0.6
BEFORE, AFTER = timedelta(days=2), timedelta(days=45)
"""An article appears so long before (an embargo, a wrong date) or after a release."""
AT_ONCE = timedelta(days=3)
NUMBERS = 3
"""With so many numbers of its own a release is known by them: a form filled in anew is another one."""
_QUOTED = re.compile(r"[“\"]([^“”\"]{15,800})[”\"]")
_END = re.compile(r"(?<=[.!?])(?P<close>[\"”’)]*)\s+(?=[\"“‘(]?[A-Z0-9])|\n+")
_SHORT = re.compile(r"(?:^|[\s(“\"])(?:[A-Z]|Pj|Pjs|Plt|Plh|Drs?|Dra|Ir|Prof|Hj|No|Rp|Jl|Moh|Muh|Kab|Kec|Kel)\.$")
_NUMBER = re.compile(r"\d")


Run = tuple[str, ...]
"""A stretch of words."""


@dataclass(frozen=True)
class Words:
    """A text as sentences of folded words, with the stretches of words that it has."""

    text: str

    @cached_property
    def sentences(self) -> list[str]:
        """Its sentences, in order."""
        return [sentence for sentence in _sentences(self.text) if plain(sentence)]

    @cached_property
    def rows(self) -> list[list[str]]:
        """The words of each sentence."""
        return [plain(sentence) for sentence in self.sentences]

    @cached_property
    def runs(self) -> list[list[Run]]:
        """The stretches of each sentence, in order."""
        return [list(_runs(row)) for row in self.rows]

    @cached_property
    def stretches(self) -> frozenset[Run]:
        """All stretches within its sentences."""
        return frozenset(chain.from_iterable(self.runs))

    @cached_property
    def quotes(self) -> list[str]:
        """What stands between quotation marks and is long enough to be somebody's words."""
        found = (" ".join(match.group(1).split()) for match in _QUOTED.finditer(self.text))
        return [quote for quote in found if len(plain(quote)) >= LONG_QUOTE]

    @cached_property
    def said(self) -> str:
        """All its words with a space around each, to look for a row of them."""
        return f" {' '.join(plain(self.text))} "

    @cached_property
    def counts(self) -> list[tuple[Run, str]]:
        """What follows a number, three words, and the number."""
        numbers = ((row, at, word) for row in self.rows for at, word in enumerate(row[:-RUN]) if _NUMBER.search(word))
        return [(tuple(row[at + 1 : at + 1 + RUN]), word) for row, at, word in numbers]

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Its numbers."""
        return frozenset(word for row in self.rows for word in row if _NUMBER.search(word))


@dataclass(frozen=True, slots=True)
class Change:
    """A place of the release and what stands there in the article."""

    release: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Survival:
    """What an article kept of a release."""

    share: float
    """Of the release's words, 0 to 1."""
    kept: tuple[int, ...] = ()
    """Sentences of the release, from 0, that stand in the article word by word or nearly so."""
    reworded: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    quotes_kept: tuple[str, ...] = ()
    quotes_changed: tuple[Change, ...] = ()
    quotes_dropped: tuple[str, ...] = ()
    figures_changed: tuple[Change, ...] = ()
    voices: tuple[str, ...] = field(default=())
    """People who speak in the article and are not named in the release."""


def survival(release: Words, article: Words, *, apart: timedelta | None) -> Survival | None:
    """What an article kept; ``None`` where it did not run the release.

    ``apart`` is how long after the release it appeared, ``None`` where that is not known.
    """
    covered = [_covered(*found, article.stretches) for found in zip(release.rows, release.runs, strict=True)]
    words = sum(map(len, release.rows)) or 1
    share = sum(map(sum, covered)) / words
    quotes = _kept_quotes(release, article)
    shared = len(release.stretches & article.stretches)
    enough = share >= KEPT and shared >= FEW
    if not enough and not (quotes and share >= TRACES):
        return None
    if _is_other_form(release, article, apart=apart) and not quotes:
        return None
    shares = [sum(row) / len(row) for row in covered]
    changed = list(_changed_quotes(release, article, quotes))
    handled = {*quotes, *(change.release for change in changed)}
    return Survival(
        share=round(share, 4),
        kept=tuple(at for at, part in enumerate(shares) if part >= VERBATIM),
        reworded=tuple(at for at, part in enumerate(shares) if REWORDED <= part < VERBATIM),
        dropped=tuple(at for at, part in enumerate(shares) if part < REWORDED),
        quotes_kept=tuple(quotes),
        quotes_changed=tuple(changed),
        quotes_dropped=tuple(quote for quote in release.quotes if quote not in handled),
        figures_changed=tuple(dict.fromkeys(_changed_figures(release, article, shares))),
    )


def may_have_run(released: date | None, published: date | None) -> bool:
    """Whether an article appeared at a time at which a release is run."""
    return released is None or published is None or -BEFORE <= published - released <= AFTER


def _runs(row: Sequence[str]) -> Iterator[Run]:
    for at in range(max(len(row) - RUN + 1, min(len(row), 1))):
        yield tuple(row[at : at + RUN])


def _covered(row: Sequence[str], runs: Sequence[Run], stretches: frozenset[Run]) -> list[bool]:
    """For each word of a sentence whether it stands in a stretch that the article has too."""
    covered = [False] * len(row)
    for at, stretch in enumerate(runs):
        if stretch in stretches:
            covered[at : at + len(stretch)] = [True] * len(stretch)
    return covered


def _kept_quotes(release: Words, article: Words) -> list[str]:
    """Quotes of the release whose words all stand in the article, in one piece."""
    return [quote for quote in release.quotes if f" {' '.join(plain(quote))} " in article.said]


def _changed_quotes(release: Words, article: Words, kept: Sequence[str]) -> Iterator[Change]:
    """Quotes of the release that stand in the article with other words."""
    for quote in release.quotes:
        if quote in kept:
            continue
        likeness = [(_likeness(plain(quote), plain(other)), other) for other in article.quotes]
        best = max(likeness, default=(0.0, ""))
        if best[0] >= SAME_QUOTE:
            yield Change(quote, best[1])


def _changed_figures(release: Words, article: Words, shares: Sequence[float]) -> Iterator[Change]:
    """Numbers of the release in whose place the article has others: in sentences that it kept or reworded, or before
    the same words.
    """
    yield from _recounted(release, article)
    for row, runs, share in zip(release.rows, release.runs, shares, strict=True):
        if share < REWORDED or not any(map(_NUMBER.search, row)):
            continue
        own = frozenset(runs)
        shared = [len(own.intersection(others)) for others in article.runs]
        near = article.rows[shared.index(max(shared))] if shared else []
        for tag, low, high, first, last in SequenceMatcher(None, row, near, autojunk=False).get_opcodes():
            ours, theirs = row[low:high], near[first:last]
            if tag == "replace" and _is_number(ours) and _is_number(theirs):
                yield Change(" ".join(row[low : high + 2]), " ".join(near[first : last + 2]))


def _recounted(release: Words, article: Words) -> Iterator[Change]:
    """``24 unit kendaraan lapak`` of the release as ``20 unit kendaraan lapak``."""
    counted = dict(article.counts)
    for things, number in release.counts:
        other = counted.get(things, number)
        if other != number and number not in article.numbers:
            yield Change(" ".join((number, *things)), " ".join((other, *things)))


def _is_number(words: Sequence[str]) -> bool:
    """Whether a piece is a number with hardly anything around it."""
    return len(words) <= RUN and any(map(_NUMBER.search, words))


def _is_other_form(release: Words, article: Words, *, apart: timedelta | None) -> bool:
    """Whether the article is a form of some days later that is filled with other numbers: prices, schedules."""
    own, others = (frozenset(filter(_is_telling, text.numbers)) for text in (release, article))
    if apart is None or abs(apart) <= AT_ONCE or len(own) < NUMBERS:
        return False
    return len(own & others) < len(own) / 3


def _is_telling(number: str) -> bool:
    """Whether two texts hardly have a number both by chance: not what may be a day, a month or an hour."""
    return len(number) > 2


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _sentences(text: str) -> Iterator[str]:
    """Its sentences; no end is seen after a short form (``Rp.``, ``Dr.``, ``Pj.``)."""
    start = 0
    for match in _END.finditer(text):
        end = match.end("close") if match["close"] else match.start()
        if "\n" in match.group() or not _SHORT.search(text[start:end]):
            yield " ".join(text[start:end].split())
            start = match.end()
    yield " ".join(text[start:].split())
