"""Addresses that may be articles, as lists give them, and the key that tells two of them are one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from scraper.addresses import read_address, without_day
from scraper.clock import WIB
from scraper.items import DatedBy
from scraper.urls import normalise_url, without_variants

SLUG = 3
"""So many words are a slug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One address from a feed, sitemap or listing."""

    url: str
    """Fit for fetching: the plain full view."""
    key: str
    """Canonical key as far as the address tells."""
    when: date | None = None
    """Local day of publication or last change, where the list says it; tells what is older than wanted."""
    published: DatedBy | None = None
    """Date of publication, where the list states one."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Makes keys by a site's rule: pattern and template of its profile."""

    article_url: re.Pattern[str]
    canonical: str = ""

    def is_article(self, url: str) -> bool:
        """Whether an address looks like an article of the site; without a pattern every address may be one."""
        return bool(self.article_url.search(url))

    def may_lead_on(self, url: str) -> bool:
        """Whether an address that is no article's may lead to one by a redirect: it has an id and no slug."""
        parts = read_address(url)
        return bool(parts.ids) and len(parts.words) < SLUG

    def key(self, url: str) -> str:
        """By the site's rule where the address has an id, else the normalised address."""
        return self.by_rule(url) or normalise_url(url)

    def by_rule(self, url: str) -> str | None:
        """The key by pattern and template; None where they do not apply."""
        found = self.article_url.search(url) if self.canonical else None
        if found is None:
            return None
        number = found.groupdict().get("id") or next(iter(re.findall(r"\d+", without_day(found.group()))), None)
        return self.canonical.replace("{id}", number) if number else None

    def number(self, url: str) -> str | None:
        """The article's id, where the pattern names one."""
        found = self.article_url.search(url)
        return found.groupdict().get("id") if found else None

    def candidate(self, url: str, *, when: date | None = None, published: DatedBy | None = None) -> Candidate:
        """A candidate for an address as a list wrote it.

        What without its variant is no article any more (``/print/123/slug``) is fetched as it stands.
        """
        plain = without_variants(url)
        if self.is_article(url) and not self.is_article(plain):
            plain = url
        return Candidate(url=plain, key=self.key(plain), when=when, published=published)


def local_day(moment: datetime | date) -> date:
    """The day in western Indonesia."""
    return moment.astimezone(WIB).date() if isinstance(moment, datetime) else moment
