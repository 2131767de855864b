"""Where things stand on a page: its visible lines in reading order, with headline and body marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from scraper.page.decode import tidy
from scraper.page.tree import BLOCKS, label_of

_HIDDEN = frozenset(
    ("script", "style", "noscript", "template", "svg", "iframe", "option", "select", "textarea", "title")
)
_CHROME = re.compile(
    r"(?<![a-z])(?:nav|navbar|menu|top[-_]?bar|header[-_]?top|top[-_]?header|main[-_]?header|site[-_]?header|sidebar|aside"
    r"|(?<!entry[-_])(?<!post[-_])(?<!article[-_])(?<!story[-_])footer|(?<!elementor[-_])widget(?! blog)"
    r"|related|terkait|(?:ter)?populer|popular|trending|terkini|terbaru|latest|lainnya|rekomendasi|recomm?end\w*"
    r"|ticker|headline[-_]?list|breaking|comments?|komentar\w*|search\w*|kcm[-_]header|rtgl)(?![a-z])"
)
WHOLE = frozenset(("html", "body", "main", "article"))
"""Elements that hold a whole page or story; their classes say which widgets the page has, not what they are."""
_ANCESTORS = 6
_WORD = re.compile(r"\w+")
_BEGINNING = 50
_AHEAD = 1500
"""Lines that are looked through for one that holds a text somewhere."""
_CACHED = 400
"""Characters; one line is folded many times, a longer text once or twice."""


@dataclass(frozen=True, slots=True)
class Line:
    """One visible line and the element that it stands in."""

    text: str
    node: HtmlElement
    linked: bool
    """Whether it is the text of a link."""
    folded: str
    """Its letters and digits, lower case."""

    @property
    def block(self) -> HtmlElement:
        """The block element that it fills."""
        return next((node for node in [self.node, *self.node.iterancestors()] if node.tag in BLOCKS), self.node)

    @property
    def label(self) -> str:
        """Class, id and itemprop of its element and the two around it."""
        near = [self.node, *self.node.iterancestors()][:3]
        return " ".join(f"{label_of(node)} {(node.get('itemprop') or '').lower()}" for node in near)

    @property
    def link(self) -> str:
        """Relation and path of the link that it is (``author``, ``/penulis/ani``); empty where it is none."""
        link = next((node for node in [self.node, *self.node.iterancestors()][:3] if node.tag == "a"), None)
        return f"{link.get('rel') or ''} {link.get('href') or ''}".lower() if link is not None else ""

    @property
    def in_chrome(self) -> bool:
        """Whether it belongs to what every page of the site shows: menus, tickers, lists of other stories."""
        return self.is_chrome()

    def is_chrome(self, home: Container[HtmlElement] = ()) -> bool:
        """The same, where no element of ``home`` counts: the story stands in these, whatever their names say."""
        for node in [self.node, *self.node.iterancestors()][:_ANCESTORS]:
            if node.tag in WHOLE or node in home:
                continue
            if node.tag in ("nav", "aside") or _is_site_footer(node) or _CHROME.search(label_of(node)):
                return node.find(".//h1") is None
        return False


def _is_site_footer(node: HtmlElement) -> bool:
    """Whether a footer is the page's; that of an ``<article>`` holds its byline and tags."""
    return node.tag == "footer" and next(node.iterancestors("article"), None) is None


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a page with the places of headline and body."""

    lines: tuple[Line, ...]
    headline: int | None
    """Index of the headline."""
    start: int
    """Index of the body's first line; the number of lines where it is not found."""
    end: int
    """Index after the body's last line."""
    home: frozenset[HtmlElement] = frozenset()
    """The elements around the body's first line."""

    def in_chrome(self, line: Line) -> bool:
        """Whether a line belongs to what every page of the site shows."""
        return line.is_chrome(self.home)

    @property
    def above(self) -> list[tuple[int, Line]]:
        """Lines around the headline, down to the body: where bylines stand."""
        top = self.start - 25 if self.headline is None else self.headline - 8
        return [(index, self.lines[index]) for index in range(max(0, top), self.start)]

    @property
    def below(self) -> list[tuple[int, Line]]:
        """The lines that follow the body: signatures, editors, tags."""
        return [(index, self.lines[index]) for index in range(self.end, min(self.end + 30, len(self.lines)))]

    @property
    def inside(self) -> list[tuple[int, Line]]:
        """The lines between the body's first and last one."""
        return [(index, self.lines[index]) for index in range(self.start, self.end)]


def read_lines(root: HtmlElement) -> tuple[Line, ...]:
    """The visible lines of a page in reading order; call it before the tree is pruned."""
    out: list[Line] = []
    piece: list[tuple[str, HtmlElement]] = []
    skip: HtmlElement | None = None
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag
        if skip is not None:
            if node is not skip or event == "start":
                continue
            skip = None
        elif event == "start" and tag in _HIDDEN:
            skip = node
            continue
        elif piece and (tag in BLOCKS or tag == "br"):
            _flush(out, piece)
        text, owner = (node.text, node) if event == "start" else (node.tail, node.getparent())
        if piece and text and event == "start" and _touches(piece[-1][0], text, node):
            piece.append((" ", owner))
        if text and (piece or not text.isspace()):
            piece.append((text, owner))
    _flush(out, piece)
    return tuple(out)


def _touches(before: str, text: str, node: HtmlElement) -> bool:
    """Whether an element follows another without a blank and is no part of its word: only style sets them apart."""
    other = node.getprevious()
    last, first = before[-1:], text[:1]
    if other is None or other.tail or not (last.isalnum() and (first.isupper() or first.isdigit())):
        return False
    if last.islower() or (last.isdigit() and first.isupper()):
        return True
    return bool(label_of(other) and label_of(node) and label_of(other) != label_of(node))


def _flush(out: list[Line], piece: list[tuple[str, HtmlElement]]) -> None:
    text = tidy("".join(part for part, _ in piece))
    if text:
        owner = next(node for part, node in piece if not part.isspace())
        linked = owner.tag == "a" or next(owner.iterancestors("a"), None) is not None
        out.append(Line(text=text, node=owner, linked=linked, folded=fold(text)))
    piece.clear()


class Places:
    """Where lines of a text stand among a page's visible ones."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._folded = [line.folded for line in lines]
        self._heads: dict[str, list[int]] = {}
        for index, folded in enumerate(self._folded):
            self._heads.setdefault(folded[:_BEGINNING], []).append(index)

    def find(self, text: str, start: int = 0) -> int | None:
        """The first line from ``start`` on that begins as a text does, or a nearer one that holds its beginning."""
        head = fold(text)[:_BEGINNING]
        if not head:
            return None
        known = self._heads.get(head, [])
        place = bisect_left(known, start)
        begins = known[place] if place < len(known) else None
        stop = min(len(self._folded), start + _AHEAD, len(self._folded) if begins is None else begins)
        return next((index for index in range(start, stop) if head in self._folded[index]), begins)

    def all(self, body: Sequence[str]) -> list[int | None]:
        """The place of each line of a text, in order; None where it is not found."""
        places: list[int | None] = []
        start = 0
        for text in body:
            found = self.find(text, start)
            places.append(found)
            start = start if found is None else found + 1
        return places


def lay_out(lines: tuple[Line, ...], *, title: str, body: Sequence[str]) -> Layout:
    """Find headline and body among the lines."""
    folded = [line.folded for line in lines]
    start, end = _body_range(folded, body)
    home = frozenset(lines[start].block.iterancestors()) if start < len(lines) else frozenset()
    return Layout(
        lines=lines, headline=_headline(lines[:start], folded, fold(title), home), start=start, end=end, home=home
    )


def fold(text: str) -> str:
    """Letters and digits only, lower case: how two renderings of one text are compared."""
    return _folded(text) if len(text) <= _CACHED else _words(text)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return _words(text)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _headline(lines: Sequence[Line], folded: Sequence[str], title: str, home: Container[HtmlElement]) -> int | None:
    hits = [index for index in range(len(lines)) if title and folded[index] == title]
    heads = [
        index
        for index in hits
        if re.fullmatch("h[1-3]", heading_tag(lines[index])) and not lines[index].is_chrome(home)
    ]
    chosen = heads or hits
    return chosen[-1] if chosen else None


def heading_tag(line: Line) -> str:
    """``h1`` to ``h6`` where a line stands in one, else an empty string."""
    tags = [node.tag for node in [line.node, *line.node.iterancestors()][:4] if isinstance(node.tag, str)]
    return next((tag for tag in tags if re.fullmatch("h[1-6]", tag)), "")


def _body_range(folded: Sequence[str], body: Sequence[str]) -> tuple[int, int]:
    heads = [fold(line)[:50] for line in body if len(line) > 20]
    if not heads:
        return len(folded), len(folded)
    start = next((index for index, line in enumerate(folded) if heads[0] in line), len(folded))
    last = next((index for index in range(len(folded) - 1, start - 1, -1) if heads[-1] in folded[index]), start)
    return start, min(last + 1, len(folded))
