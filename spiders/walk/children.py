"""Which sitemaps below an index are asked. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from scraper.crawl.store import ListState
from spiders.lists.candidates import local_day
from spiders.lists.feeds import Entry
from spiders.walk.plan import Plan

NO_ARTICLES = re.compile(
    r"(?:^|[-_/.])(?:categor(?:y|ies)|kategori|post_tag|tags?|authors?|penulis|users?|taxonom(?:y|ies)|tax|images?|gambar"
    r"|(?:posts-)?page(?=-sitemap|-\d+\.xml$)|posts-page|attachments?|products?)(?=[-_.\d/]|$)",
    re.IGNORECASE,
)
"""Names of sitemaps that list sections, tags, people, static pages or pictures."""
ENDS = 2
"""Of an index without dates so many known children are asked again from either end: one of them grows."""


def wanted_children(children: Sequence[Entry], *, plan: Plan, state: ListState | None) -> list[str]:
    """Addresses in the order to ask them, those changed last first.

    A run that looks for news asks only those that are new or changed since the index was last read.
    """
    useful = [child for child in children if not NO_ARTICLES.search(child.url.partition("?")[0])] or list(children)
    useful = [child for child in useful if not plan.is_older(_day(child))]
    ordered = sorted(useful, key=lambda child: _day(child) or date.min, reverse=True)
    if not plan.explores and state is not None:
        ordered = _news(ordered, state)
    return list(dict.fromkeys(child.url for child in ordered))[: plan.limits.child_sitemaps]


def _news(children: Sequence[Entry], state: ListState) -> list[Entry]:
    known = set(state.front)
    seen = local_day(state.seen_at) - timedelta(days=1) if state.seen_at else date.min
    undated = [child for child in children if _day(child) is None]
    ends = {child.url for child in [*undated[:ENDS], *undated[-ENDS:]]}
    return [
        child
        for child in children
        if child.url not in known or (day >= seen if (day := _day(child)) else child.url in ends)
    ]


def _day(child: Entry) -> date | None:
    return local_day(child.changed) if child.changed else None
