"""Subheads and list items that an extractor lost between the paragraphs it kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from scraper.page.clean import is_noise
from scraper.page.layout import Line, fold
from scraper.page.lines import is_boilerplate, is_caption
from scraper.page.tree import label_of

_PART = re.compile(r"h[2-5]|li|blockquote|dt|dd")
_LONGEST_GAP = 15


def fill_gaps(body: Sequence[str], lines: Sequence[Line], *, title: str) -> tuple[str, ...]:
    """The body with the subheads and list items that stand on the page between two of its paragraphs."""
    wanted = {fold(line) for line in body} | {fold(title)}
    out: list[str] = []
    last: int | None = None
    for line in body:
        found = _place(line, lines, 0 if last is None else last + 1)
        if found is not None:
            if last is not None and found - last <= _LONGEST_GAP:
                box = lines[last].block.getparent()
                out += [
                    part.text for part in lines[last + 1 : found] if part.folded not in wanted and _belongs(part, box)
                ]
            last = found
        out.append(line)
    return tuple(out)


def _place(line: str, lines: Sequence[Line], start: int) -> int | None:
    head = fold(line)[:50]
    return next((index for index in range(start, len(lines)) if head and head in lines[index].folded), None)


def _belongs(line: Line, box: HtmlElement | None) -> bool:
    block = line.block
    holders = [block, *block.iterancestors()][:4]
    if box is None or line.linked or not _PART.fullmatch(block.tag) or box not in holders[1:3]:
        return False
    noisy = any(is_noise(label_of(node)) for node in holders[: holders.index(box)])
    return not (noisy or line.in_chrome or is_boilerplate(line.text) or is_caption(line.text))
