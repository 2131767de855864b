"""The place of its sentence that a figure speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.figures.clauses import Found

CLASSES = r"(?:Kota|Kabupaten|Kab\.?|Provinsi|Kecamatan|Kelurahan|Desa|Pulau)"
NAMED = re.compile(
    rf"\b(?:di|se-?|wilayah)\s+(?P<name>(?:{CLASSES}\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){{0,2}})|(?P<classed>\b{CLASSES}\s+[A-Z]\w+(?:\s+[A-Z]\w+)?)"
)


@dataclass(frozen=True, slots=True)
class Region:
    """A place name in the text."""

    start: int
    end: int
    name: str


def find_regions(text: str) -> list[Region]:
    """Place names by their wording alone, for texts that no model has read."""
    return list(_regions(text))


def read_place(text: str, found: Found, places: Sequence[Region]) -> str | None:
    """The nearest of ``places`` of the sentence; those before the figure come first."""
    before = [place for place in places if place.end <= found.start]
    after = [place for place in places if place.start >= found.end]
    if before:
        return before[-1].name
    return after[0].name if after else None


def _regions(text: str) -> Iterator[Region]:
    for match in NAMED.finditer(text):
        group = "name" if match["name"] else "classed"
        yield Region(match.start(group), match.end(group), match[group])
