"""Links that a page carries as data for its scripts, with the headline beside them. No network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement
from parsel import Selector

from spiders.discovery.anchors import Anchor, base_of, whole_address
from spiders.lists.embedded import MAX_DEPTH, MAX_SCRIPT, embedded_addresses

_TITLES = ("title", "judul", "headline", "name", "heading")


def embedded_links(root: HtmlElement, url: str) -> list[Anchor]:
    """The addresses in a page's embedded data, each once; those in an object with a title have its words."""
    base = base_of(root, url)
    titled = {address: words for href, words in _titled(root) if (address := whole_address(base, href))}
    found = dict.fromkeys(filter(None, (whole_address(base, href) for href in embedded_addresses(Selector(root=root)))))
    return [Anchor(url=address, words=titled.get(address, "")) for address in found]


def _titled(root: HtmlElement) -> Iterator[tuple[str, str]]:
    for script in root.iter("script"):
        if "json" in (script.get("type") or ""):
            try:
                yield from _in(json.loads((script.text or "")[:MAX_SCRIPT]), MAX_DEPTH)
            except (ValueError, RecursionError):
                continue


def _in(value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth == 0:
        return
    if isinstance(value, dict):
        words = next((text for key in _TITLES if isinstance(text := value.get(key), str) and text), "")
        hrefs = (part for part in value.values() if isinstance(part, str) and part.startswith(("/", "http")))
        yield from ((href, words) for href in hrefs if words)
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _in(part, depth - 1)
