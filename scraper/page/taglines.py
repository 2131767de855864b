"""A tag line of plain text, its tags run together, split by what the story itself shows to be one phrase."""

from __future__ import annotations

import re

from scraper.page.layout import fold

TAG_LINE = re.compile(r"^\W*(?:tags?|topik|kata kunci)\b\s*[:#]?\s*(?P<tags>.*)$", re.I)
"""A line of tags with its label."""

_SEPARATED = re.compile(r"\s*[,;|#·•]\s*|\s{2,}|\t")
_HEADS = frozenset(
    re.findall(
        r"\w+",
        """pemkot pemkab pemprov pemda polres polresta polsek polda kejari dprd dinas kota kabupaten kecamatan kelurahan
        desa provinsi gubernur bupati walikota wakil wali kepala pj plt bank universitas stasiun bandara pasar jalan tol
        program pt""",
    )
)
"""Words that open a name: the next word belongs to the same tag."""

_LINKS = r"(?: (?:di|dan|ke|dari|untuk|se))? "
_LONGEST = 5


def split_tags(line: str, *, title: str, text: str) -> tuple[str, ...]:
    """The tags of a line; without separators the cheapest split in which each tag is a phrase of the story."""
    words = line.split()
    if not words:
        return ()
    if _SEPARATED.search(line.strip(" ,;|#·•")):
        parts = [part for part in _SEPARATED.split(line) if fold(part)]
    else:
        parts = _segmented(words[:60], f" {fold(title)} | {fold(text)} ")
    return tuple(dict.fromkeys(parts))


def _segmented(words: list[str], story: str) -> list[str]:
    """Split by dynamic programming: ``best[i]`` is the cheapest split of the first ``i`` words."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        starts = range(max(0, end - _LONGEST), end)
        best.append(min((best[start][0] + _cost(words[start:end], story), start) for start in starts))
    parts: list[str] = []
    end = len(words)
    while end:
        start = best[end][1]
        parts.insert(0, " ".join(words[start:end]))
        end = start
    return parts


def _cost(words: list[str], story: str) -> float:
    """About 1 for a tag that the story bears out, more for a guess."""
    folded = [fold(word) for word in words]
    phrase = " " + _LINKS.join(map(re.escape, folded)) + " "
    if re.search(phrase, story):
        return 1.0 if len(words) > 1 else 1.2
    if len(words) == 1:
        return 1.5
    if folded[0] in _HEADS and len(words) == 2:
        return 1.1
    mixed = len({word[0].isupper() for word in words}) > 1
    return 1.2 + 0.7 * (len(words) - 1) + mixed
