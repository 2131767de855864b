"""What no database keeps: control characters and lone surrogates go, endless addresses are no keys; flags say so."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from scraper.items import Article
from scraper.rows import text_key

FLAG = "control-characters-removed"
ENDLESS = "address-too-long"
LONGEST = 2083
"""Bytes of an address that can be looked up: PostgreSQL's indexes take little more, no crawl follows longer ones."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean_article(article: Article) -> Article:
    """The same article if it can be stored as it is; else one that can be, flagged."""
    changed: dict[str, Any] = {}
    for field in fields(article):
        value = getattr(article, field.name)
        if (cleaned := _clean(value)) != value:
            changed[field.name] = cleaned
    if article.published and (raw := clean_string(article.published.raw)) != article.published.raw:
        changed["published"] = replace(article.published, raw=raw)
    cleaned = _flagged(replace(article, **changed), FLAG) if changed else article
    return cleaned if is_address(cleaned.canonical_url) else _rekeyed(cleaned)


def is_address(url: str) -> bool:
    """Whether an address is short enough to be looked up."""
    return len(url) <= LONGEST and (url.isascii() or len(url.encode()) <= LONGEST)


def clean_string(value: str) -> str:
    """The string without characters that SQL text cannot hold."""
    return _FORBIDDEN.sub("", value)


def _rekeyed(article: Article) -> Article:
    """Under the address it was read from, else as something without one."""
    own = article.url if article.url and is_address(article.url) else text_key(article.title, article.text)
    return _flagged(replace(article, canonical_url=own), ENDLESS)


def _flagged(article: Article, flag: str) -> Article:
    return replace(article, flags=(*(other for other in article.flags if other != flag), flag))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_string(value)
    if isinstance(value, tuple):
        return tuple(_clean(part) for part in value)
    return value
