"""Faults dealt out over many sites, so that each has some of every sort and none is taken off the air."""

from __future__ import annotations

_HANDS: tuple[tuple[int, str], ...] = (
    (2, "reset busy half server-error broken-gzip slow too-many blank-page"),
    (2, "redirect-loop endless soft-404 gzip-bomb redirect-outside huge br-bomb"),
    (1, "calendar endless-lists filters deep-paths outside-links"),
    (2, "malformed-links session-ids canonical-lies campaigns wrong-slugs mixed-hosts doubled-lists"),
    (1, "feed-redirects strange-sitemap broken-feed feed-dates broken-sitemap empty-feed blank-feed content-type"),
    (2, "charset undated hostile-titles gone no-validators robots-moved gone-softly restless"),
)
"""How many of each sort a site gets."""


def dealt(place: int) -> tuple[str, ...]:
    """The kinds for the site at a place: another hand at each, together all of them in some seven sites."""
    hands = ((count, names.split()) for count, names in _HANDS)
    return tuple(names[(place * count + step) % len(names)] for count, names in hands for step in range(count))
