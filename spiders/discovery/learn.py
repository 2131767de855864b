"""Learns which addresses are articles: gathers like ones, looks at a few pages of each, and keeps what is proven."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable

from scrapy.http import TextResponse

from scraper.urls import normalise_url
from spiders.discovery.clues import Clue, Clues
from spiders.discovery.makes import Make, make_of, united
from spiders.discovery.samples import Sample, look
from spiders.discovery.shapes import Form, take_apart
from spiders.discovery.visitor import Visitor

Note = Callable[[TextResponse], None]
MAX_SAMPLES = 8
PER_MAKE = 3
"""Pages looked at of a kind of address."""
MAX_FAILED = 4
MIN_GOOD = 2
MAX_MAKES = 5


class Learner:
    """What is known of a site's article addresses; ``note`` is shown every page that is looked at."""

    def __init__(self, visitor: Visitor, clues: Clues, *, site: str, note: Note) -> None:
        self._visitor = visitor
        self._clues = clues
        self._site = site
        self._note = note
        self._proven: dict[Form, int] = defaultdict(int)
        self._refused: dict[Form, int] = defaultdict(int)
        self._failed: dict[Form, int] = defaultdict(int)
        self.samples: list[Sample] = []
        self.makes: list[Make] = []

    @property
    def pattern(self) -> str:
        """The regular expression of all makes; empty where nothing was learned."""
        patterns = [make.pattern for make in self.makes]
        if len(patterns) < 2:
            return "".join(patterns)
        return "|".join(f"(?:{pattern.replace('(?P<id>', '(')})" for pattern in patterns)

    @property
    def articles(self) -> list[Sample]:
        """The samples that are articles."""
        return [sample for sample in self.samples if sample.article is not None]

    async def run(self) -> None:
        """Look at sample pages until each kind of address is proven or refused; may be run again with more clues."""
        while len(self.samples) < MAX_SAMPLES and self._visitor.left > 0 and not self._visitor.ended:
            clue = self._next()
            if clue is None:
                break
            await self._look_at(clue)
        self.makes = united(make for make in self._all_makes() if self._is_proven(make))[:MAX_MAKES]

    async def _look_at(self, clue: Clue) -> None:
        sample = await look(self._visitor, clue.url, site=self._site)
        form = clue.address.form
        clue.tried = True
        if sample is None:
            self._failed[form] += 1
            return
        self._note(sample.response)
        self.samples.append(sample)
        led_to = take_apart(sample.response.url)
        if normalise_url(led_to.url) != normalise_url(clue.url) and led_to.form != form:
            clue.verdict = "other"  # it only leads on: what counts is where
            clue, form = self._clues.at(led_to.url) or clue, led_to.form
        clue.tried, clue.verdict = True, sample.kind
        counts = {"article": self._proven, None: self._failed}.get(sample.kind, self._refused)
        counts[form] += 1

    def _next(self) -> Clue | None:
        """The page to look at: of the strongest kind that is not yet proven, from a folder not yet looked into."""
        for make in self._all_makes():
            if self._is_settled(make):
                continue
            seen = {_folder(sample.url) for sample in self.samples}
            open_ones = [clue for clue in make.good if not clue.tried]
            if open_ones:
                return min(open_ones, key=lambda clue: (_folder(clue.url) in seen, not clue.named, _drawn(clue.url)))
        return None

    def _is_settled(self, make: Make) -> bool:
        """Whether enough pages of a kind were looked at, or too little speaks for it."""
        named, proven = make.strength[0], self._proven[make.form]
        few = len(make.good) < (1 if named else MIN_GOOD)
        refused, failed = self._refused[make.form], self._failed[make.form]
        return few or proven >= PER_MAKE or refused > proven + 1 or failed >= MAX_FAILED

    def _is_proven(self, make: Make) -> bool:
        """Whether its pages are articles; where none could be looked at, lists of articles that name them will do."""
        proven, refused = self._proven[make.form], self._refused[make.form]
        named = make.strength[0] >= MIN_GOOD
        return proven >= max(1, refused) or (named and (proven > 0 or not refused))

    def _all_makes(self) -> list[Make]:
        """The kinds of addresses; plain links count only where no kind has anything better."""
        return makes_of(self._clues) or makes_of(self._clues, plain=True)


def makes_of(clues: Iterable[Clue], *, plain: bool = False) -> list[Make]:
    """Kinds of addresses with something good in them, the strongest first; ``plain`` takes mere links as good."""
    forms: dict[Form, list[Clue]] = defaultdict(list)
    for clue in clues:
        forms[clue.address.form].append(clue)
    made = [make for form, members in forms.items() if (make := make_of(form, members, plain=plain)) is not None]
    return sorted(made, key=lambda make: make.strength, reverse=True)


def _drawn(url: str) -> int:
    """A lot for each address, the same every day: neighbours in a list share more than their form."""
    return zlib.crc32(url.encode())


def _folder(url: str) -> str:
    return url.rpartition("/")[0]
