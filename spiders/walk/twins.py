"""Articles that lists show under several addresses: told by their id, fetched once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from scraper.addresses import read_address
from scraper.urls import host_of, normalise_url
from spiders.lists.candidates import Candidate, Keys

YEAR = re.compile(r"(?:19|20)\d\d(?:\d{4})?")
"""A number that may be a part of a date is no id."""
FOLDER = re.compile(r"^(?:[^/?#]*//)?[^/?#]+(/[^?#]*)?/(\d{4,})(?=(?:/[^/?#]*)?/?(?:[?#]|$))")
"""``/berita/59698/slug``: a number that has a place of its own, before the slug or without one."""
SLUG = 3
"""So many words are a slug."""


class Twins:
    """The first address of each article that a run met, and the others that it may be found by."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._first: dict[tuple[str, str], Candidate] = {}
        self._others: dict[str, dict[str, None]] = {}

    def remember(self, keys: Iterable[str]) -> None:
        """Articles of earlier runs, by their keys."""
        for key in keys:
            self.first(Candidate(url=key, key=key))

    def first(self, found: Candidate) -> Candidate:
        """The candidate under which the run met this article first: ``found`` itself where it is new.

        Where two sections count their articles each for itself, a key made of the number alone would make one of two:
        the second one is keyed by its address.
        """
        identity = self._identity(found.url)
        if identity is None:
            return found
        first = self._first.setdefault(identity, found)
        if first.url == found.url or found.key in self._others.get(first.key, ()):
            return first
        strangers = _are_strangers(first.url, found.url)
        if first.key == found.key and strangers and _section(first.url) != _section(found.url):
            return replace(found, key=normalise_url(found.url))
        if first.key == found.key or strangers:
            return found
        self._others.setdefault(first.key, {})[found.key] = None
        return first

    def _identity(self, url: str) -> tuple[str, str] | None:
        """(where, id) of an article, by the source's pattern, else by a number before the slug."""
        where, number = host_of(url), self._keys.number(url)
        if number is None and (found := FOLDER.search(url)):
            where, number = f"{where}{found.group(1) or ''}", found.group(2)
        return (where, number) if number and not YEAR.fullmatch(number) else None

    def others(self, key: str) -> list[str]:
        """Further keys of an article."""
        return list(self._others.get(key, ()))

    def everyone(self) -> dict[str, str]:
        """Every further key -> the key of its article."""
        return {other: key for key, others in self._others.items() for other in others}


def _section(url: str) -> str:
    """The first folder of an address."""
    return urlsplit(url).path.strip("/").partition("/")[0]


def _are_strangers(one: str, other: str) -> bool:
    """Whether two slugs have nothing in common, so that the number in them is no id but a section's."""
    first, second = (set(read_address(url).words) for url in (one, other))
    return min(len(first), len(second)) >= SLUG and not first & second
