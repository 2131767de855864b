"""Other names in the same sentences: the recogniser shall learn the setting of a name, not the name."""

from __future__ import annotations

import random
from collections.abc import Sequence

from nlp.lexicons import read_rows
from nlp.registry_data import FOLDER
from nlp.training.corpus import Sentence

FROM_GAZETTEER = 0.1
"""Share of new place names that come from the gazetteer instead of the corpora."""


class NamePool:
    """All names of the training sentences by label, and the areas of the gazetteer."""

    def __init__(self, items: Sequence[Sentence]) -> None:
        self.names: dict[str, list[str]] = {}
        for item in items:
            for start, end, label in item.spans:
                self.names.setdefault(label, []).append(item.text[start:end])
        self.areas = [row["name"] for row in read_rows(FOLDER / "places.csv")]

    def swap(self, item: Sentence, chance: random.Random) -> Sentence:
        """The sentence with another name of the same label in each place; the same name gets the same one."""
        text, spans, at = "", [], 0
        chosen: dict[str, str] = {}
        for start, end, label in sorted(item.spans):
            old = item.text[start:end]
            new = chosen.setdefault(old, self._draw(label, chance))
            text += item.text[at:start]
            spans.append((len(text), len(text) + len(new), label))
            text += new
            at = end
        return Sentence(text + item.text[at:], tuple(spans))

    def _draw(self, label: str, chance: random.Random) -> str:
        if label == "LOC" and chance.random() < FROM_GAZETTEER:
            return chance.choice(self.areas)
        return chance.choice(self.names[label])
