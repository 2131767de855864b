"""Text that no database keeps: control characters and lone surrogates are taken out, with a flag that says so."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from scraper.items import Article

FLAG = "control-characters-removed"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean_article(article: Article) -> Article:
    """The same article if it can be stored as it is; else one without the characters, flagged."""
    changed: dict[str, Any] = {}
    for field in fields(article):
        value = getattr(article, field.name)
        if (cleaned := _clean(value)) != value:
            changed[field.name] = cleaned
    if article.published and (raw := clean_string(article.published.raw)) != article.published.raw:
        changed["published"] = replace(article.published, raw=raw)
    if not changed:
        return article
    flags = changed.get("flags", article.flags)
    return replace(article, **(changed | {"flags": (*(flag for flag in flags if flag != FLAG), FLAG)}))


def clean_string(value: str) -> str:
    """The string without characters that SQL text cannot hold."""
    return _FORBIDDEN.sub("", value)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_string(value)
    if isinstance(value, tuple):
        return tuple(_clean(part) for part in value)
    return value
