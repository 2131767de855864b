"""The article row: one JSON shape for extract, import, tag and export (``docs/fields.md``)."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from typing import Any, get_args

from scraper.clock import WIB
from scraper.errors import InputError
from scraper.items import Article, ArticleKind, DatedBy, DateSource

Row = dict[str, Any]
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def to_row(article: Article) -> Row:
    """The JSON-ready row of an article; missing values are ``None``."""
    dated = article.published
    return {
        "id": article.id,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "site": article.site or None,
        "title": article.title,
        "text": article.text,
        "published": _iso(dated.value) if dated else None,
        "published_precision": dated.precision if dated else None,
        "published_evidence": dated.evidence if dated else None,
        "published_raw": dated.raw if dated else None,
        "modified": _iso(article.modified) if article.modified else None,
        "author": list(article.authors),
        "editor": article.editor,
        "tags": list(article.tags),
        "section": article.section,
        "dateline": article.dateline,
        "kind": article.kind,
        "language": article.language,
        "cluster": None,
        "first_seen": None,
    }


def text_key(title: str, text: str) -> str:
    """The canonical key of something without an address."""
    return "urn:sha256:" + hashlib.sha256(f"{title}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def from_row(row: Row) -> Article:
    """An article from a row of ours or of others; only ``text`` is needed.

    Dates are ISO 8601; a naive time counts as Asia/Jakarta. Raises InputError with the field that is wrong.
    """
    text = _string(row, "text")
    if not text.strip():
        raise InputError("the row has no text; give 'text' as a non-empty string")
    title = _string(row, "title")
    url = _string(row, "canonical_url") or _string(row, "url")
    return Article(
        canonical_url=url or text_key(title, text),
        title=title,
        text=text,
        url=_string(row, "url") or None,
        site=_string(row, "site") or _string(row, "source"),
        published=_dated(row),
        modified=_moment(_string(row, "modified")),
        authors=_strings(row, "author"),
        editor=_string(row, "editor") or None,
        tags=_strings(row, "tags"),
        section=_string(row, "section") or None,
        dateline=_string(row, "dateline") or None,
        kind=_one_of(row, "kind", get_args(ArticleKind), default="news"),
        language=_string(row, "language") or "id",
        extractor="given",
    )


def parse_iso(raw: str) -> datetime | date:
    """An ISO 8601 date or time; raises InputError for anything else."""
    try:
        return date.fromisoformat(raw) if len(raw) == len("2024-01-31") else _aware(datetime.fromisoformat(raw))
    except ValueError as error:
        raise InputError(f"{raw!r} is no ISO 8601 date; write 2024-01-31 or 2024-01-31T09:00:00+07:00") from error


def _moment(raw: str) -> datetime | None:
    value = parse_iso(raw) if raw else None
    return value if isinstance(value, datetime) else None


def _aware(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=WIB)


def _iso(value: datetime | date) -> str:
    if isinstance(value, datetime):
        return value.astimezone(WIB).isoformat(timespec="seconds")
    return value.isoformat()


def _dated(row: Row) -> DatedBy | None:
    value = _string(row, "published")
    if not value:
        return None
    evidence = _one_of(row, "published_evidence", get_args(DateSource), default="given")
    return DatedBy(value=parse_iso(value), evidence=evidence, raw=_string(row, "published_raw") or value)


def _one_of(row: Row, name: str, allowed: tuple[str, ...], *, default: str) -> Any:
    value = _string(row, name) or default
    if value not in allowed:
        raise InputError(f"field {name!r} is {value!r}; it must be one of {', '.join(allowed)}")
    return value


def _string(row: Row, name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"field {name!r} is {type(value).__name__}; it must be a string")
    return (
        value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if LONE_SURROGATE.search(value) else value
    )


def _strings(row: Row, name: str) -> tuple[str, ...]:
    value = row.get(name) or []
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise InputError(f"field {name!r} must be a list of strings")
    return tuple(items)
