"""What was seen of each address of a site: who lists it, what its links say, and what a look at its page showed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from scraper.page.pagekind import Kind, has_list_word, is_static_title
from scraper.urls import normalise_url
from spiders.discovery.anchors import Anchor
from spiders.discovery.finds import NEVER, moment_of
from spiders.discovery.shapes import Address, take_apart
from spiders.lists.feeds import Entry

ListedBy = Literal["feed", "news", "posts", "story-map", "other-map", "map"]
"""A feed, a news sitemap, the WordPress posts; a sitemap named for articles, for something else, or for all."""
NAMED = frozenset(("feed", "news", "posts", "story-map"))
"""Lists that name nothing but articles."""
HEADLINE_WORDS = 4
MENU_WORDS = 4
PLAIN_WORDS = 2
MAX_ENTRIES = 2000
"""Of one list, the newest ones: enough to learn from."""
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|pptx?|zip|rar|mp[34]|css|js|json|xml|rss|txt|ico)$", re.I
)
_NO_ADDRESS = re.compile(r"[\\{}<>\"'\s^`|]|%7B|%5C|%3C|%(?![0-9A-Fa-f]{2})|:(?:/|$)", re.I)
"""Marks that a link was left unfinished by the one who wrote the page."""
_DOING = re.compile(
    r"/(?:login|masuk|signin|register|daftar|logout|akun|account|cart|wp-admin|wp-login\.php|wp-json|xmlrpc\.php|cdn-cgi)(?:/|$)",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-]\w+)*")


@dataclass(slots=True)
class Clue:
    """One address and what speaks for or against an article behind it."""

    address: Address
    words: str = ""
    """The first text of a link to it that reads like a headline, else the longest."""
    menu: bool = False
    numbered: bool = False
    """Whether a link to it is a mere number: a further page of a list."""
    pages: set[str] = field(default_factory=set)
    """Pages of the site that link to it."""
    listed: set[ListedBy] = field(default_factory=set)
    when: datetime | None = None
    verdict: Kind | None = None
    """What a look at the page showed."""
    tried: bool = False
    """Whether it was looked at, be it in vain."""

    @property
    def url(self) -> str:
        """The address."""
        return self.address.url

    @property
    def good(self) -> bool:
        """Whether it is taken for an article."""
        if self.verdict is not None:
            return self.verdict == "article"
        return self.named or (self.headline and not self.bad)

    @property
    def named(self) -> bool:
        """Whether a list of articles only names it."""
        return not NAMED.isdisjoint(self.listed)

    @property
    def headline(self) -> bool:
        """Whether a link to it reads like a headline."""
        return len(_WORD.findall(self.words)) >= HEADLINE_WORDS

    @property
    def hopeful(self) -> bool:
        """Whether a sitemap of everything names it and it may well be an article by its address."""
        return "map" in self.listed and self._may_be(HEADLINE_WORDS)

    @property
    def plain(self) -> bool:
        """Whether it is linked outside the menus and may be an article by its address."""
        return bool(self.pages) and self._may_be(PLAIN_WORDS)

    def _may_be(self, words: int) -> bool:
        last = self.address.last
        numbered = any(segment.kind != "text" for segment in self.address.segments) or any(
            value.isdigit() for _, value in self.address.query
        )
        return not self.bad and last is not None and (numbered or last.words >= words)

    @property
    def bad(self) -> bool:
        """Whether something says that it is no article."""
        if self.verdict is not None:
            return self.verdict != "article"
        if self.named:
            return False
        return self.surely_bad or (self.numbered and not self.headline)

    @property
    def surely_bad(self) -> bool:
        """The same without mere numbers: pages of a long article are called by one too."""
        if self.verdict is not None or self.named:
            return self.verdict not in (None, "article")
        told = is_static_title(self.words) or has_list_word(self.url) or "other-map" in self.listed
        return told or (self.menu and len(self.words.split()) <= MENU_WORDS)


class Clues:
    """All addresses of a site that were seen, each once."""

    def __init__(self) -> None:
        self._by_key: dict[str, Clue] = {}

    def __iter__(self) -> Iterator[Clue]:
        return iter(list(self._by_key.values()))

    def at(self, url: str) -> Clue | None:
        """The clue of an address, a new one where it was not seen; None for what can be no page."""
        return self._clue(url)

    def add_page(self, links: Iterable[Anchor], *, page: str) -> None:
        """The links of a page of the site; those to other sites are left out before."""
        for link in links:
            clue = self._clue(link.url)
            if clue is None or normalise_url(link.url) == normalise_url(page):
                continue
            clue.pages.add(page)
            clue.menu = clue.menu or link.menu
            clue.numbered = clue.numbered or link.words.strip().isdigit()
            if not clue.headline and len(link.words) > len(clue.words):
                clue.words = link.words

    def add_entries(self, entries: Iterable[Entry], *, listed: ListedBy) -> None:
        """The entries of a feed or sitemap."""
        newest = sorted(entries, key=lambda entry: moment_of(entry) or NEVER, reverse=True)
        for entry in newest[:MAX_ENTRIES]:
            clue = self._clue(entry.url)
            if clue is not None:
                clue.listed.add(listed)
                clue.when = clue.when or moment_of(entry)

    def _clue(self, url: str) -> Clue | None:
        address = take_apart(url)
        path = urlsplit(address.url).path
        if not (address.segments or address.query) or any(unfit.search(path) for unfit in (_FILE, _DOING, _NO_ADDRESS)):
            return None
        return self._by_key.setdefault(normalise_url(url), Clue(address))
