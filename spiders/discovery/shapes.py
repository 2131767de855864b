"""The shape of an address: its path as numbers and words, so that addresses of one make can be gathered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from scraper.urls import without_variants

Form = tuple[tuple[str, ...], str, tuple[tuple[str, bool], ...]]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{2}-\d{2}-\d{4}|(?:19|20)\d{6}")
_EXTENSION = re.compile(r"(?<=.)\.(?:html?|shtml|php|aspx?|jsp|cfm|xhtml)$", re.I)
_JOINTS = re.compile(r"[-_.+ ~,]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a path."""

    raw: str
    """As written, without an extension."""
    kind: str
    """``text``, ``number`` or ``day`` (a whole date)."""

    @property
    def words(self) -> int:
        """How many words it has: 1 for ``ekonomi``, 3 for ``walikota-resmikan-pasar``."""
        return len([part for part in _JOINTS.split(unquote(self.raw)) if part])


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart."""

    url: str
    """Without tracking and view parameters."""
    segments: tuple[Segment, ...]
    extension: str
    query: tuple[tuple[str, str], ...]

    @property
    def form(self) -> Form:
        """What addresses of one make have in common: kinds of segments, extension and names of parameters."""
        kinds = tuple(segment.kind for segment in self.segments)
        return kinds, self.extension.lower(), tuple(sorted((name, value.isdigit()) for name, value in self.query))

    @property
    def last(self) -> Segment | None:
        """The segment that may be a headline."""
        return self.segments[-1] if self.segments else None


def take_apart(url: str) -> Address:
    """An address in its parts."""
    plain = without_variants(url)
    parts = urlsplit(plain)
    raw = [part for part in parts.path.split("/") if part]
    extension = ""
    if raw and (found := _EXTENSION.search(raw[-1])):
        extension = found.group()
        raw[-1] = raw[-1][: found.start()]
    pairs = (pair.partition("=") for pair in parts.query.split("&") if pair)
    query = tuple((name, value) for name, _, value in pairs)
    return Address(plain, tuple(Segment(part, _kind(part)) for part in raw), extension, query)


def _kind(part: str) -> str:
    if _DAY.fullmatch(part):
        return "day"
    return "number" if part.isascii() and part.isdigit() else "text"
