"""What is special about one site's pages, as data: the typed form of a site rule."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRules:
    """CSS selectors for one site's article pages; an empty one means the generic path."""

    title: str = ""
    """Element that holds the headline."""
    text: str = ""
    """Element(s) that hold the body."""
    byline: str = ""
    """Element with reporter and date (``Author | Hari, D Bulan YYYY | HH:MM``)."""
    published: str = ""
    """Element (or its ``datetime`` / ``content`` attribute) with the publication date."""
    tags: str = ""
    """Links of this article's own tags."""
    section: str = ""
    drop: tuple[str, ...] = ()
    """Nodes inside the body that do not belong to the story."""


GENERIC = SiteRules()
"""No rule at all: the generic path decides everything."""
