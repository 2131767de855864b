"""What a fault is: a change to an answer, with the pages that it strikes and how often.

A fault strikes a share of the pages of some kinds (drawn by a hash, so that equal seeds strike equal pages), and
addresses of its own, its baits: they look like articles, lists and sitemaps name them, and they show nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from demo.sites.pieces import Piece
from demo.sites.site import Answer, Site

PageKind = Literal["robots", "article", "list", "feed", "sitemap", "missing", "other"]
"""``list`` is any page of HTML that shows no article; ``missing`` any answer but 200."""
ANYWHERE: frozenset[PageKind] = frozenset({"robots", "article", "list", "feed", "sitemap", "missing", "other"})
HTML_PAGES: frozenset[PageKind] = frozenset({"article", "list"})
Options = Mapping[str, float | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request, as far as faults look at it."""

    site: Site
    path: str
    query: dict[str, str]
    target: str
    """Path with its query."""
    count: int
    """Which request of this site it is, from 1."""
    outside: str = ""
    """Origin of a server that is not of this site."""
    chance: int = 0
    """A number drawn from the page and the fault, the same each time."""
    place: int = 0
    """Which of the fault's baits it is, from 0."""
    options: Options = field(default_factory=dict)


Strike = Callable[[Call, Answer], Answer]
Rewrite = Callable[[Piece, int], Piece]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of fault and how it strikes unless told otherwise."""

    name: str
    about: str
    """What goes wrong, one line."""
    strike: Strike | None = None
    rewrite: Rewrite | None = None
    """Changes an article before it is shown anywhere; gets a number drawn from it."""
    pages: frozenset[PageKind] = frozenset()
    share: float = 1.0
    """Of these pages, 0 to 1."""
    times: int = 0
    """How often a page is struck before it heals; 0 for ever."""
    baits: int = 0
    """Addresses of its own."""
    takes_away: bool = False
    """True where a struck article cannot be had at all."""
    options: Options = field(default_factory=dict)

    @property
    def home(self) -> str:
        """The module that holds it."""
        work = self.strike or self.rewrite
        return work.__module__.rpartition(".")[2] if work else "traps"


KINDS: dict[str, Kind] = {}
"""All kinds by name."""


def fault(
    name: str,
    *,
    pages: frozenset[PageKind] | set[PageKind] = frozenset(),
    share: float = 1.0,
    times: int = 0,
    baits: int = 0,
    takes_away: bool = False,
    **options: float | str,
) -> Callable[[Strike], Strike]:
    """Register a function as a kind of fault; its docstring says what goes wrong."""

    def register(strike: Strike) -> Strike:
        about = (strike.__doc__ or "").strip().splitlines()[0]
        KINDS[name] = Kind(
            name=name, about=about, strike=strike, pages=frozenset(pages), share=share, times=times, baits=baits,
            takes_away=takes_away, options=options,
        )  # fmt: skip
        return strike

    return register


def rewriting(name: str, *, share: float) -> Callable[[Rewrite], Rewrite]:
    """Register a function that changes a share of the articles themselves."""

    def register(rewrite: Rewrite) -> Rewrite:
        about = (rewrite.__doc__ or "").strip().splitlines()[0]
        KINDS[name] = Kind(name=name, about=about, rewrite=rewrite, share=share)
        return rewrite

    return register


def page_kind(path: str, answer: Answer) -> PageKind:
    """What an answer is, before any fault."""
    if path == "/robots.txt":
        return "robots"
    if answer.status != 200:
        return "missing"
    if answer.piece is not None:
        return "article"
    if answer.content_type.startswith("text/html"):
        return "list"
    if "rss" in answer.content_type or "atom" in answer.content_type:
        return "feed"
    xml = "xml" in answer.content_type or "gzip" in answer.content_type
    return "sitemap" if xml else "other"
