"""More shapes of the same training sentences: headlines in capitals, careless lower case, datelines."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from nlp.training.corpus import Sentence

UPPER, LOWER, DATELINE = 0.12, 0.06, 0.12
FORMS = tomllib.loads((Path(__file__).parent / "datelines.toml").read_text(encoding="utf-8"))
DASHES = (" - ", " – ", " — ", " -- ", ": ", "-", "— ")


def vary(items: Iterable[Sentence], *, seed: int) -> Iterator[Sentence]:
    """Every sentence, and for some of them a second shape of it; the same seed gives the same shapes."""
    chance = random.Random(seed)
    for item in items:
        yield item
        draw = chance.random()
        if draw < UPPER:
            yield recase(item, item.text.upper())
        elif draw < UPPER + LOWER:
            yield recase(item, item.text.lower())
        elif draw < UPPER + LOWER + DATELINE:
            yield with_dateline(item, chance)


def recase(item: Sentence, text: str) -> Sentence:
    """The sentence in other letter case; left as it is where that changes its length."""
    return Sentence(text, item.spans) if len(text) == len(item.text) else item


def with_dateline(item: Sentence, chance: random.Random) -> Sentence:
    """The sentence behind ``TOWN, OUTLET -``, in one of the forms that outlets use."""
    form = chance.randrange(3)
    town, outlet, dash = chance.choice(FORMS["towns"]), chance.choice(FORMS["outlets"]), chance.choice(DASHES)
    if form == 0:
        head, spans = town, [(0, len(town), "LOC")]
    elif form == 1:
        head, spans = outlet, [(0, len(outlet), "ORG")]
    else:
        head = f"{town}, {outlet}"
        spans = [(0, len(town), "LOC"), (len(town) + 2, len(head), "ORG")]
    shift = len(head) + len(dash)
    moved = [(start + shift, end + shift, label) for start, end, label in item.spans]
    return Sentence(head + dash + item.text, (*spans, *moved))
