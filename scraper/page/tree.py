"""Text of a page to an element tree that later steps can walk without fear of depth or size."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html
from lxml.html import HtmlElement

from scraper.errors import ExtractionError
from scraper.page.decode import tidy

MAX_ELEMENTS = 80_000
"""A page with more is refused; the largest news pages have some thousands."""

MAX_LABEL = 500
"""Characters of class and id that are read."""

MAX_DEPTH = 200
"""Deeper branches are cut flat: no reader ever saw them, and recursive code would fail on them."""

BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1
        h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul""",
    )
)
"""Elements that begin a line of their own."""

_HIDDEN = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "option", "select", "textarea"))
_WRAPPER = re.compile(r"</?(?:div|span|section|font|b|i|u|em|strong|center|ul|ol|li|table|tbody|tr|td)\b[^<>]*>", re.I)
_LOOKUP = etree.ElementDefaultClassLookup(element=HtmlElement)
"""One class for every element: lxml's own choice by tag runs Python code each time that an element is touched."""

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")


def parse(text: str) -> HtmlElement:
    """The tree of a page; raises ExtractionError (``not-html`` where nothing can be parsed, ``too-large``)."""
    source = _XML_DECLARATION.sub("", text)
    root, whole = _parsed(source)
    if not whole:
        root, _ = _parsed(_WRAPPER.sub(" ", source))
    _flatten(root)
    return root


def _parsed(text: str) -> tuple[HtmlElement, bool]:
    """The tree, and whether it is whole: the parser drops all that follows where nesting goes beyond its limit."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True)
    parser.set_element_class_lookup(_LOOKUP)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ExtractionError(
            "not-html", "the page cannot be parsed (%(error)s); it is skipped", error=error
        ) from error
    return root, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _flatten(root: HtmlElement) -> None:
    """Replace whatever lies too deep by its plain text; a tree that is too large is refused."""
    level: list[HtmlElement] = [root]
    count = 1
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in node]
        count += len(level)
        if count > MAX_ELEMENTS:
            raise ExtractionError(
                "too-large",
                "the page has more than %(max_elements)s elements; it is skipped",
                max_elements=MAX_ELEMENTS,
            )
        if not level:
            return
    for node in level:
        words = " ".join(node.itertext())
        for child in list(node):
            node.remove(child)
        node.text = words


def text_of(node: HtmlElement) -> str:
    """The visible text below a node, blanks folded, blocks and line breaks parted by a blank."""
    if len(node):
        return tidy("".join(_pieces(node)))
    return tidy(node.text or "") if node.tag not in _HIDDEN else ""


def lines_of(node: HtmlElement) -> list[str]:
    """The visible text below a node, one line for each block or stretch between line breaks."""
    lines = (tidy(line) for line in "".join(_pieces(node, gap="\v")).split("\v"))
    return [line for line in lines if line]


def _pieces(node: HtmlElement, *, gap: str = " ") -> Iterator[str]:
    skip: HtmlElement | None = None
    for event, part in etree.iterwalk(node, events=("start", "end")):
        if skip is not None:
            if part is not skip or event == "start":
                continue
            skip = None
        elif event == "start":
            if part.tag in _HIDDEN:
                skip = part
                continue
            if part.tag in BLOCKS or part.tag == "br":
                yield gap
            if part.text:
                yield part.text
            continue
        elif part.tag in BLOCKS:
            yield gap
        if part.tail and part is not node:
            yield part.tail


def label_of(node: HtmlElement) -> str:
    """Class and id of an element, lower case: what its author called it."""
    name, mark = node.get("class"), node.get("id")
    return f"{name or ''} {mark or ''}".strip()[:MAX_LABEL].lower() if name or mark else ""


def drop(node: HtmlElement) -> None:
    """Take a node out and keep the text that follows it."""
    parent = node.getparent()
    if parent is not None:
        node.drop_tree()
