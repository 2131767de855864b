"""What a site profile may say, and the checks that every profile passes before anything is fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from cssselect import SelectorError, parse

from scraper.errors import ProfileError
from scraper.page.rules import SiteRules
from spiders.lists.dated import check_places, is_dated

NAME = re.compile(r"[a-z][a-z0-9_-]{0,62}")
"""A source name is a file name too: no dots, slashes or capitals."""
MAX_DELAY = 600.0
ADDRESS_LISTS = ("feeds", "sitemaps", "posts", "listings")
CHOICES = {
    "tier": ("", "local", "regional", "national", "government"),
    "evidence": ("seen", "reported", "none"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What a source should yield; ``pantau health`` compares it with the stored runs."""

    articles_per_week: int = 0
    """Fewer than this is an alarm; 0 expects nothing."""
    published_at: float = 0.0
    """Share of the articles whose date is found, 0 to 1."""


def check_profile(owner: str, values: Mapping[str, Any]) -> None:
    """Raise ProfileError, naming ``owner`` and the field, for the first thing that is wrong."""
    _check_name(owner, values["name"])
    _check_start(owner, values["start"])
    for field in ("title", "region", "canonical", "whole_article"):
        _expect(owner, field, values[field], str, "a string")
    for field, allowed in CHOICES.items():
        if values[field] not in allowed:
            raise ProfileError(
                f"{owner}: {field!r} is {values[field]!r}; it must be one of {', '.join(filter(None, allowed))}"
            )
    _check_verified(owner, values["verified"])
    if not values["title"].strip():
        raise ProfileError(f"{owner}: 'title' is empty; write the outlet's name as readers know it")
    for field in (*ADDRESS_LISTS, "hosts"):
        _check_strings(owner, field, values[field])
    _expect(owner, "only_listed", values["only_listed"], bool, "true or false")
    _check_days(owner, values)
    if not any(values[field] for field in ADDRESS_LISTS):
        raise ProfileError(f"{owner}: no way to find articles; give 'feeds', 'sitemaps', 'posts' or 'listings'")
    _check_article_url(owner, values)
    _check_delay(owner, values["delay"])
    _check_rules(owner, values["rules"])
    _expect(owner, "expect", values["expect"], Expect, "an Expect")


def _expect(owner: str, field: str, value: object, kind: type, wording: str) -> None:
    if not isinstance(value, kind):
        raise ProfileError(f"{owner}: {field!r} is {value!r}; it must be {wording}")


def _check_name(owner: str, name: object) -> None:
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise ProfileError(f"{owner}: 'name' is {name!r}; use small letters, digits, - and _, a letter first")


def _check_start(owner: str, start: object) -> None:
    _expect(owner, "start", start, str, "a web address")
    try:
        parts = urlsplit(str(start))
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        raise ProfileError(f"{owner}: 'start' is {start!r}; write the site's address, e.g. https://www.kabar.example/")


def _check_verified(owner: str, day: object) -> None:
    try:
        usable = isinstance(day, str) and (not day or bool(date.fromisoformat(day)))
    except ValueError:
        usable = False
    if not usable:
        raise ProfileError(f"{owner}: 'verified' is {day!r}; write the day as 2026-01-31, or leave it out")


def _check_strings(owner: str, field: str, value: object) -> None:
    if not isinstance(value, tuple) or not all(isinstance(part, str) and part.strip() for part in value):
        raise ProfileError(f"{owner}: {field!r} is {value!r}; it must be a list of non-empty strings")


def _check_days(owner: str, values: Mapping[str, Any]) -> None:
    """Places for a day stand in listings only, and name one day each."""
    for field in ADDRESS_LISTS:
        for address in values[field]:
            wrong = check_places(address)
            if wrong is None and is_dated(address) and field != "listings":
                wrong = "only listings have a page for each day"
            if wrong:
                raise ProfileError(f"{owner}: {field!r} has {address!r}: {wrong}")


def _check_article_url(owner: str, values: Mapping[str, Any]) -> None:
    pattern = values["article_url"]
    _expect(owner, "article_url", pattern, str, "a regular expression")
    try:
        re.compile(pattern)
    except re.error as error:
        raise ProfileError(f"{owner}: 'article_url' is no regular expression ({error}): {pattern!r}") from error
    if not pattern and (values["listings"] or values["canonical"]):
        raise ProfileError(f"{owner}: 'listings' and 'canonical' need 'article_url', the pattern of article addresses")
    if values["canonical"] and "{id}" not in values["canonical"]:
        raise ProfileError(f"{owner}: 'canonical' is {values['canonical']!r}; it needs {{id}} where the number goes")


def _check_delay(owner: str, delay: object) -> None:
    numeric = isinstance(delay, int | float) and not isinstance(delay, bool)
    if delay is not None and not (numeric and 0 <= float(str(delay)) <= MAX_DELAY):
        raise ProfileError(f"{owner}: 'delay' is {delay!r}; it must be seconds between 0 and {MAX_DELAY:.0f}")


def _check_rules(owner: str, rules: object) -> None:
    _expect(owner, "rules", rules, SiteRules, "a SiteRules")
    for field in fields(SiteRules):
        value = getattr(rules, field.name)
        for selector in value if isinstance(value, tuple) else (value,):
            try:
                parse(selector or "*")
            except (SelectorError, TypeError) as error:
                raise ProfileError(
                    f"{owner}: rule {field.name!r} is no CSS selector ({error}): {selector!r}"
                ) from error


def absolute(start: str, addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Addresses of a profile, relative ones seen from the site's start page."""
    return tuple(urljoin(start, address) for address in addresses)
