"""The line filter: what stands between a story's paragraphs on news pages but is not the story.

The kinds of lines are a table of their own, ``boilerplate.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

TABLE = Path(__file__).with_name("boilerplate.toml")
"""The kinds of lines that are not the story, each with examples."""

MAX_LINE = 320
MAX_CAPTION = 260
_LONG = 60
_SHORT = 120
_PIECES = re.compile(r"\s*[·•|]\s*")
_LEAD = 3
_LAST = 3
_BEGUN = 30
_DOUBLED = 0.4

_ROWS = tomllib.loads(TABLE.read_text(encoding="utf-8"))
_INLINE, _LINES, _NOTES, _ENDINGS = (
    re.compile("|".join(f"(?:{pattern})" for row in _ROWS[kind] for pattern in row["patterns"]), re.I)
    for kind in ("inline", "line", "note", "ending")
)
_CREDIT = re.compile(
    r".{0,300}\((?:[^()]*\b(?:foto|photo|dok|ist|istimewa|ilustrasi|shutterstock|getty|reuters|afp|ap photo)\b[^()]*"
    r"|[^()]*[@©][^()]*|[A-Za-z][^()]{1,40} ?/ ?[^()]{2,40})\)\.?"
    r"|.{0,200}\b(?:foto|photo) ?: ?[\w @./-]{2,40}",
    re.I,
)
_SURE_CREDIT = re.compile(r"\((?:foto|photo|ilustrasi|dok|image)[^()]{0,80}\)\.?$|\([^()]{0,40}\bistimewa\)\.?$", re.I)
_SIGN_OFF = re.compile(r"\([a-z*]{2,5}(?:/[a-z*]{2,5})+\)\.?$", re.I)
SIGNATURE = re.compile(
    r"[A-Z][A-Z.'’]+(?: [A-Z][A-Z.'’]*){1,3}(?: ?[|/,] ?[A-Z .'’]+)?"
    r"|[*\s-]*\((?:[A-Z][\w.'’]+ ?){2,4}(?:/[A-Z][\w.'’ ]+)?\)\W*"
)
"""A name in capitals or brackets under a story."""
SENTENCE_END = re.compile(r"[.!?…:;\"”’')\]]\s*$")


def clean_lines(lines: Iterable[str], *, known: Sequence[str] = ()) -> list[str]:
    """The lines that belong to the story, in order.

    ``known`` are strings that stand elsewhere on the page (headline, captions): a line equal to one goes.
    """
    stood = {_folded(text) for text in known if text}
    kept: list[str] = []
    for text in _cut_ending([" ".join(_INLINE.sub(" ", line).split()) for line in lines]):
        key = _folded(text)
        if not key or is_boilerplate(text) or (key in stood and len(key) > 12) or _stray_caption(text, len(kept)):
            continue
        kept.append(text)
    return joined(_without_repeats(kept))


def _without_repeats(lines: Sequence[str]) -> list[str]:
    """The lines without a lead that comes twice, and without repeats where a whole body does; recipes repeat too."""
    keys = [_folded(text) for text in lines]
    first: dict[str, int] = {}
    repeats: list[int] = []
    for index, key in enumerate(keys):
        if len(key) > _LONG and SENTENCE_END.search(lines[index]) and first.setdefault(key, index) != index:
            repeats.append(index)
    long = sum(len(key) > _LONG for key in keys)
    doubled = len(repeats) >= _DOUBLED * long
    gone = {index for index in repeats if doubled or first[keys[index]] < _LEAD}
    return [text for index, text in enumerate(lines) if index not in gone]


def split_signature(lines: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """The lines without a reporter's name in capitals or brackets under the last paragraph, and that name."""
    if len(lines) > 2 and SIGNATURE.fullmatch(lines[-1]):
        name = lines[-1].strip(" *-().")
        return tuple(lines[:-1]), name.title() if name.isupper() else name
    return tuple(lines), None


def is_boilerplate(line: str) -> bool:
    """Whether a line is one of the table's kinds, or a short row of several."""
    if len(line) > MAX_LINE:
        return False
    if _LINES.fullmatch(line):
        return True
    pieces = _PIECES.split(line) if len(line) <= _SHORT else []
    return len(pieces) > 1 and all(_LINES.fullmatch(piece) for piece in pieces if piece)


def is_caption(line: str) -> bool:
    """Whether a line ends as picture captions do: with the credit in brackets and no sentence after it."""
    return len(line) <= MAX_LINE and _CREDIT.fullmatch(line) is not None


def _stray_caption(text: str, above: int) -> bool:
    """A caption among the paragraphs: with ``(Foto: ...)`` anywhere, in its weaker forms only before the lead."""
    if len(text) > MAX_CAPTION or not is_caption(text):
        return False
    return _SURE_CREDIT.search(text) is not None or (above < 2 and _SIGN_OFF.search(text) is None)


def joined(lines: Iterable[str]) -> list[str]:
    """Lines with hard breaks inside a sentence put together again."""
    out: list[list[str]] = []
    for line in lines:
        last = out[-1][-1] if out else ""
        begun = len(last) > _BEGUN or (bool(out) and len(out[-1]) > 1)
        if begun and line[:1].islower() and not SENTENCE_END.search(last[-_BEGUN:]):
            out[-1].append(line)
        else:
            out.append([line])
    return [" ".join(parts) for parts in out]


def without_notes(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines without the notes of the desk and the rule that stand last."""
    while len(lines) > 1 and not lines[-1].strip("_"):
        lines = lines[:-1]
    first = len(lines) - _LAST
    return tuple(
        text
        for index, text in enumerate(lines)
        if index < first or index == 0 or len(text) > MAX_LINE or not _NOTES.fullmatch(text)
    )


def _cut_ending(lines: list[str]) -> list[str]:
    for index in range(len(lines) * 2 // 3, len(lines)):
        if index and _ENDINGS.fullmatch(lines[index]):
            return lines[:index]
    return lines


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
