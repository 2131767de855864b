"""The data that a page carries in its scripts: JSON, assignments of JavaScript, streams. Bounded, never raises."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml.html import HtmlElement

MAX_SCRIPT = 3_000_000
"""Characters of one script that are looked at; of all scripts together it is twice that."""
MAX_SCRIPTS = 80
MAX_NAMED = 200_000
"""Values of a table that are put in where others name them."""
MAX_STARTS = 40
"""Places in one script where data may begin."""
_STORY = re.compile(r"\\u003[cC]p|<p\b|&lt;p\b|<br|[^{}<>;=\[\]|]{150,}")
"""What a script has that holds a story: markup of paragraphs, or a long stretch without any code."""
_STATE = re.compile(r"__[A-Z][A-Z_]{2,}|__next_f|JSON\.parse\(|STATE\b|window\.\w+\s*=\s*[{\[]")
_STARTS = re.compile(r"(?:=|\(|\breturn)\s*(?=[{\[]\s*[\"'\[{\]}\w])")
_PARSED = re.compile(r"(?:JSON\.parse|decodeURIComponent)\(\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')")
_STREAM = re.compile(r"__next_f\.push\(\[\s*1\s*,\s*(\"(?:[^\"\\]|\\.)*\")\s*\]\)")
_ROW = re.compile(rb"([0-9a-f]{1,6}):(?:T([0-9a-f]{1,6}),)?")
_PAIR = re.compile(
    r"(?:([A-Za-z_$][\w$]{0,40})|\"(\w{1,40})\"|'(\w{1,40})')\s*:\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)"
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": ""}
_DATA_TYPES = ("json", "x-component", "x-data", "x-state")
_CODE_TYPES = ("", "module", "text/javascript", "application/javascript")


def embedded_data(root: HtmlElement, *, longer_than: float = 0) -> Iterator[Any]:
    """Trees of dicts, lists and strings, in the order of the page; the pieces of a stream come last.

    Code that no parser reads gives a flat dict for each stretch of its ``key: "string"`` pairs. With ``longer_than``
    (characters) shorter scripts are passed over, and code that does not say that it holds a state or is no JSON.
    """
    left = 2 * MAX_SCRIPT
    stream: list[str] = []
    for script in list(root.iter("script"))[:MAX_SCRIPTS]:
        text = (script.text or "")[: min(MAX_SCRIPT, left)]
        left -= len(text)
        is_piece = "__next_f" in text
        if not is_piece and (len(text) < longer_than or not _STORY.search(text)):
            continue
        kind = (script.get("type") or "").strip().lower()
        if any(name in kind for name in _DATA_TYPES):
            yield from _whole(text)
        elif kind in _CODE_TYPES and not script.get("src") and (not longer_than or _STATE.search(text)):
            pieces = [_unquoted(found[1]) for found in _STREAM.finditer(text)]
            stream += pieces
            yield from [] if is_piece else _assigned(text, loosely=not longer_than)
    if sum(map(len, stream)) > longer_than:
        yield from _streamed("".join(stream))


def _whole(text: str) -> Iterator[Any]:
    found = _loaded(text)
    if found is None:
        yield from _paired(text)
    elif isinstance(found, list) and _is_table(found):
        yield from _from_table(found)
    else:
        yield found


def _loaded(text: str) -> Any:
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _assigned(text: str, *, loosely: bool) -> Iterator[Any]:
    """What a script assigns or passes on; where nothing can be parsed, its pairs."""
    decoder = json.JSONDecoder(strict=False)
    place, found = 0, False
    for start in list(_STARTS.finditer(text))[:MAX_STARTS]:
        if start.end() < place:
            continue
        try:
            value, place = decoder.raw_decode(text, start.end())
        except (ValueError, RecursionError):
            continue
        found = found or place - start.end() > len(text) // 2
        yield value
    for call in _PARSED.finditer(text):
        inner = _unquoted(call[1])
        yield from _whole(unquote(inner) if inner.startswith("%") else inner)
    if loosely and not found:
        yield from _paired(text)


def _streamed(text: str) -> Iterator[Any]:
    """The rows of a stream of components: JSON each, or text that others name by ``$`` and its number."""
    texts: dict[str, str] = {}
    rows: list[Any] = []
    data = text.encode("utf-8", "replace")
    place = 0
    while place < len(data):
        end = data.find(b"\n", place)
        line = data[place : end if end >= 0 else len(data)]
        place = end + 1 if end >= 0 else len(data)
        head = _ROW.match(line)
        if head and head[2]:
            begin = place - len(line) - (1 if end >= 0 else 0) + head.end()
            size = int(head[2], 16)
            texts["$" + head[1].decode()] = data[begin : begin + size].decode("utf-8", "replace")
            place = begin + size
        elif head:
            rows.append(_loaded(line[head.end() :].decode("utf-8", "replace")))
    yield from (_named(row, texts) for row in rows if row is not None)


def _named(value: Any, texts: dict[str, str], depth: int = 60) -> Any:
    """A row with the texts that it names put in."""
    if isinstance(value, str):
        return texts.get(value, value)
    if depth and isinstance(value, list):
        return [_named(part, texts, depth - 1) for part in value]
    if depth and isinstance(value, dict):
        return {key: _named(part, texts, depth - 1) for key, part in value.items()}
    return value


def _is_table(values: list[Any]) -> bool:
    """Whether a list is one of values that name each other by their place in it (Nuxt 3)."""
    dicts = [value for value in values[:50] if isinstance(value, dict) and value]
    return bool(dicts) and all(type(part) is int for value in dicts for part in value.values())


def _from_table(values: list[Any]) -> Iterator[Any]:
    """The objects of such a table, each with what it names, three levels deep."""
    left = MAX_NAMED

    def at(place: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            return None
        value = values[place] if type(place) is int and 0 <= place < len(values) else place
        if depth and isinstance(value, dict):
            return {key: at(part, depth - 1) for key, part in value.items()}
        if depth and isinstance(value, list):
            return [at(part, depth - 1) for part in value[:500]]
        return value

    yield from (at(place, 3) for place, value in enumerate(values) if isinstance(value, dict))


def _paired(text: str) -> Iterator[dict[str, str]]:
    """Flat dicts of neighbouring ``key: "string"`` pairs; a key that comes again begins the next one."""
    current: dict[str, str] = {}
    for found in _PAIR.finditer(text):
        key = found[1] or found[2] or found[3]
        if key in current:
            yield current
            current = {}
        current[key] = _unquoted(found[4])
    if current:
        yield current


def _unquoted(literal: str) -> str:
    """The string that a literal of JSON or JavaScript stands for."""
    if literal.startswith('"') and (found := _loaded(literal)) is not None:
        return str(found)
    text = _ESCAPE.sub(_escaped, literal[1:-1])
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return chr(min(int(code, 16), 0x10FFFF))
    return _NAMED.get(found[4], found[4])
