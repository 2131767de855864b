"""What a page says about itself to machines: JSON-LD (broken too), microdata, Open Graph and other meta elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from scraper.page.decode import tidy

Node = dict[str, Any]

_ARTICLE = re.compile(r"(?:article|posting|report|review)$", re.I)
_COMMENT = re.compile(r"<!--|-->|//\s*<!\[CDATA\[|//\s*\]\]>|<!\[CDATA\[|\]\]>")
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_PAIR = re.compile(
    r'"(?P<key>headline|datePublished|dateModified|articleSection|inLanguage|articleBody)"\s*:\s*"(?P<value>(?:[^"\\]|\\.)*)"'
)
_MAX_NODES = 2000


@dataclass(frozen=True, slots=True)
class Structured:
    """The machine-readable statements of one page."""

    article: Node
    """The JSON-LD node of the article, empty where there is none."""
    nodes: tuple[Node, ...]
    """All JSON-LD nodes."""
    meta: dict[str, list[str]] = field(default_factory=dict)
    """``name``, ``property`` or ``itemprop`` of meta elements, lower case, to their values."""

    def first(self, *names: str) -> str:
        """The first value of the first meta name that has one."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")

    def text(self, key: str) -> str:
        """A string of the article node."""
        value = self.article.get(key)
        return next(strings(value), "")


def read_structured(root: HtmlElement) -> Structured:
    """Everything machine-readable on a page."""
    nodes = tuple(node for script in root.iter("script") if _is_ld(script) for node in _nodes(script.text or ""))
    articles = [node for node in nodes if _is_article(node)]
    main = max(articles, key=lambda node: ("datePublished" in node, len(node)), default={})
    return Structured(article=main, nodes=nodes, meta=_meta(root))


def strings(value: Any) -> Iterator[str]:
    """The strings (or names) in a JSON-LD value, however it is nested."""
    if isinstance(value, str):
        text = tidy(unescape(value))
        if text:
            yield text
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        yield from strings(value.get("name") or value.get("@value") or value.get("url"))


def _is_ld(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _is_article(node: Node) -> bool:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and _ARTICLE.search(name) for name in kinds)


def _nodes(source: str) -> Iterator[Node]:
    stack = [_parsed(source)]
    for _ in range(_MAX_NODES):
        if not stack:
            return
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            yield value
            stack.extend(part for part in value.values() if isinstance(part, (dict, list)))


def _parsed(source: str) -> Any:
    text = _COMMENT.sub("", source).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub("", text), unescape(_TRAILING_COMMA.sub("", text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvaged(text)


def _salvaged(text: str) -> Any:
    """The plain string fields of JSON-LD that no parser reads (a raw quote in the headline, as a rule)."""
    found: Node = {}
    for match in _PAIR.finditer(text):
        found.setdefault(match["key"], match["value"].replace('\\"', '"').replace("\\/", "/"))
    return {"@type": "Article", **found} if found else {}


def _meta(root: HtmlElement) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for node in root.iter("meta"):
        value = tidy(node.get("content") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (node.get(attribute) or "").strip().lower()
            if name and value:
                out.setdefault(name, []).append(value)
    return out
