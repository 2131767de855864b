"""Chooses which lists a source needs: cheap and complete ones first, pages where those miss something."""

from __future__ import annotations

from datetime import timedelta

from spiders.discovery.finds import Found, moment_of
from spiders.discovery.survey import Survey
from spiders.lists.candidates import Keys

CHECKED = 2
"""Section pages that a list which seems complete is checked against."""
MAX_SECTIONS = 20


async def choose_lists(survey: Survey, keys: Keys) -> dict[str, list[str]]:
    """Field of a source -> addresses."""
    finds = survey.finds
    sections = [url for url in finds.sections if not keys.is_article(url)]
    indexes = [url for url in finds.indexes if not keys.is_article(url)]
    for url in [*indexes[:1], *sections[:CHECKED]]:
        await survey.list_page(url)
    shown = {keys.key(clue.url) for clue in survey.clues if clue.pages and keys.is_article(clue.url) and not clue.bad}
    shown |= {keys.key(entry.url) for found in finds.feeds for entry in found.entries if keys.is_article(entry.url)}
    feeds = _feeds(finds.feeds, keys)
    whole = next((found for found in _archives(survey) if shown <= _keys(found, keys)), None)
    chosen = {"feeds": feeds, "sitemaps": [], "posts": [], "listings": []}
    if whole is not None and whole is finds.posts:
        chosen["posts"] = [whole.url]
    elif whole is not None:
        chosen["sitemaps"] = [whole.url]
    else:
        chosen["sitemaps"] = [found.url for found in finds.sitemaps]
        chosen["posts"] = [finds.posts.url] if finds.posts else []
        chosen["listings"] = sections[:MAX_SECTIONS]
    chosen["listings"] = [*(indexes[:1] or [finds.start]), *chosen["listings"]]
    days = survey.days(keys)[:1]
    if whole is None and days and not await survey.goes_on(chosen["listings"][0], keys):
        chosen["listings"] = await _with_days(survey, chosen["listings"], days, keys)
    return chosen


async def _with_days(survey: Survey, listings: list[str], days: list[str], keys: Keys) -> list[str]:
    """A list by day behind the others; sections that show their newest articles only say nothing more than it."""
    seen = [url for url in listings[1:] if survey.was_read(url)]
    ends = [url for url in seen if not await survey.goes_on(url, keys)]
    return [*(listings[:1] if seen and len(ends) == len(seen) else listings), *days]


def per_week(survey: Survey) -> float | None:
    """Articles a week, from the dates of the lists; None where they tell too little."""
    moments = sorted({moment for found in _all(survey) for entry in found.entries if (moment := moment_of(entry))})
    if len(moments) < 3:
        return None
    newest = moments[-1]
    recent = [moment for moment in moments if moment > newest - timedelta(days=28)]
    span = max(timedelta(days=1), newest - recent[0])
    return round(len(recent) * timedelta(days=7) / span, 1)


def _archives(survey: Survey) -> list[Found]:
    """Lists that may name everything."""
    posts = [survey.finds.posts] if survey.finds.posts else []
    return [*(found for found in survey.finds.sitemaps if not found.news), *posts]


def _all(survey: Survey) -> list[Found]:
    posts = [survey.finds.posts] if survey.finds.posts else []
    return [*survey.finds.feeds, *survey.finds.sitemaps, *posts]


def _feeds(found: list[Found], keys: Keys) -> list[str]:
    """The first feed, and others that name something else."""
    chosen: list[str] = []
    named: set[str] = set()
    for feed in found:
        if not chosen or not _keys(feed, keys) <= named:
            chosen.append(feed.url)
            named |= _keys(feed, keys)
    return chosen


def _keys(found: Found, keys: Keys) -> set[str]:
    return {keys.key(entry.url) for entry in found.entries}
