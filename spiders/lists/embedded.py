"""Addresses that stand in a page's scripts: JSON for a page that builds itself in the browser. No network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml.etree import XPath
from parsel import Selector

MAX_SCRIPT = 2_000_000
"""Characters of a script that are looked at."""
MAX_DEPTH = 40
_DATA: Callable[[Any], Any] = XPath(
    "descendant-or-self::script[@type='application/json' or @type='application/ld+json' or @id='__NEXT_DATA__']"
)
_CODE: Callable[[Any], Any] = XPath("descendant-or-self::script[not(@src) and not(@type)]/text()")
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'<>\\]+|/[^\s\"'<>\\]+|\?[^\s\"'<>\\]+=[^\s\"'<>\\]*", re.ASCII)
_STATE = re.compile(r"^\s*(?:window\.|self\.|var\s+|let\s+|const\s+)?[\w.$]*_{2,}\w+\s*=|__next_f\.push", re.ASCII)
_QUOTED = re.compile(r'"((?:[^"\\\n]|\\.){2,500})"')


def embedded_addresses(page: Selector) -> Iterator[str]:
    """Strings in embedded data that are written as an address, in their order; relative ones as they stand."""
    for script in _DATA(page.root):
        yield from _addresses("".join(script.itertext()))
    for text in _CODE(page.root):
        if _STATE.search(text[:200]):
            yield from _quoted(text[:MAX_SCRIPT])


def _addresses(text: str) -> Iterator[str]:
    try:
        yield from _strings(json.loads(text[:MAX_SCRIPT]), MAX_DEPTH)
    except (ValueError, RecursionError):
        yield from _quoted(text[:MAX_SCRIPT])


def _strings(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        if _ADDRESS.fullmatch(value):
            yield value
    elif depth > 0 and isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part, depth - 1)


def _quoted(text: str) -> Iterator[str]:
    """Addresses in text that is no whole JSON: an assignment, a stream of pieces, something broken off."""
    for found in _QUOTED.finditer(text.replace('\\"', '"')):
        address = found.group(1).replace("\\/", "/").replace("\\u002F", "/").replace("\\u0026", "&")
        if _ADDRESS.fullmatch(address):
            yield address
