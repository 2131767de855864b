"""A story's lead where it stands in a box of its own, between headline and body, and an extractor left it there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from scraper.page.clean import is_noise
from scraper.page.dateline import split_dateline
from scraper.page.edges import DECK
from scraper.page.layout import Line, Places, fold
from scraper.page.lines import SENTENCE_END, is_boilerplate, is_caption
from scraper.page.moments import moments_in
from scraper.page.tree import label_of

_LEAD = re.compile(
    r"(?<![a-z])(?:lead(?:[-_]?(?:text|paragraph|in))?|lede|teras(?:[-_]berita)?|excerpt|summary|ringkasan)(?![a-z])"
)
"""What authors of Indonesian pages call the box of a lead; elsewhere these words name a deck."""
_INTRO = re.compile(r"(?<![a-z])(?:[a-z]{0,12}[-_]?intro(?:[-_]?text|duction)?)(?![a-z])")
"""What content systems call the part of a story above the fold (``itemIntroText``, read in lower case)."""
_OUTSIDE = frozenset(
    ("aside", "nav", "footer", "figure", "figcaption", "form", "blockquote", "li", "h1", "h2", "h3", "a")
)
_PROSE = 60
_SHORT = 40
"""A shorter line between lead and body may be a label of anything; a longer one parts them."""
_REACH = 12
_DATED = 90


def with_lead(body: Sequence[str], lines: Sequence[Line], *, title: str, local: bool) -> tuple[str, ...]:
    """The body with the paragraphs that stand directly above it, in the story's box or in one that is named for a lead.

    ``local`` is true for Indonesian text, where a dateline tells a lead from a deck.
    """
    first = Places(lines).find(body[0]) if body else None
    headline = _headline(lines[:first], title) if first else None
    if first is None or headline is None:
        return tuple(body)
    dated = local and split_dateline(body[0])[0] is not None
    home = frozenset(lines[first].block.iterancestors())
    found: list[str] = []
    for line in reversed(lines[max(headline + 1, first - _REACH) : first]):
        if _is_prose(line, home):
            if _is_alike(line, lines[first]):
                found.insert(0, line.text)
                continue
            together = _shares_box(line, lines[first], lines[headline])
            if dated or not _is_lead(line, together=together, local=local):
                break
            found.insert(0, line.text)
        elif _parts(line):
            break
    return (*found, *body)


def _is_lead(line: Line, *, together: bool, local: bool) -> bool:
    """Whether a paragraph above the body is its lead; ``together`` means in one box without the headline."""
    if local:
        return together or (_LEAD.search(line.label) or _INTRO.search(line.label)) is not None
    return together and _INTRO.search(line.label) is not None


def _is_alike(line: Line, body: Line) -> bool:
    """Whether a paragraph above the body is set just as the body is: in the same element, or beside it in its twin."""
    one, other = line.block, body.block
    if one is other:
        return True
    return one.getparent() is other.getparent() and (one.tag, label_of(one)) == (other.tag, label_of(other))


def _headline(lines: Sequence[Line], title: str) -> int | None:
    wanted = fold(title)
    return next((index for index in range(len(lines) - 1, -1, -1) if lines[index].folded == wanted), None)


def _is_prose(line: Line, home: frozenset[HtmlElement]) -> bool:
    """Whether a line is a paragraph of a story, by its length, its end and the boxes around it."""
    if len(line.text) < _PROSE or line.linked or line.is_chrome(home) or not SENTENCE_END.search(line.text):
        return False
    near = [node for node in [line.block, *line.block.iterancestors()][:4] if node not in home]
    if any(node.tag in _OUTSIDE or is_noise(label_of(node)) for node in near) or DECK.search(line.label):
        return False
    if not _INTRO.search(line.label) and any(node.find(".//img") is not None for node in near):
        return False  # what shares a box with a picture is its caption
    return not (is_boilerplate(line.text) or is_caption(line.text))


def _parts(line: Line) -> bool:
    """Whether a line parts what stands above it from the body: a date, a byline, any long line but a caption."""
    figure = any(node.tag == "figure" for node in [line.block, *line.block.iterancestors()][:4])
    if figure or is_caption(line.text) or (is_boilerplate(line.text) and len(line.text) <= _SHORT):
        return False
    return len(line.text) > _SHORT or bool(moments_in(line.text[:_DATED]))


def _shares_box(line: Line, body: Line, headline: Line) -> bool:
    """Whether the nearest box around lead and body does not hold the headline too."""
    around = list(body.block.iterancestors())
    box = next((node for node in line.block.iterancestors() if node in around), None)
    return box is not None and not _holds(box, headline.node)


def _holds(box: HtmlElement, node: HtmlElement) -> bool:
    return box is node or any(parent is box for parent in node.iterancestors())
