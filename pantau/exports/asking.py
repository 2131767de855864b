"""What may be asked of an export, and why the rest may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pantau.exports.formats import FORMATS
from pantau.exports.manifest import Asked, Manifest
from pantau.exports.run import ALL, PACKAGE
from storage.datasets.tables import TABLES

NOT_SEARCHED = frozenset({"coverage", "outages", "occupancies", "withdrawals"})
"""Tables that are about everything, whatever articles say."""
MONTH = "month"


def completed(given: Mapping[str, object], *, since: Manifest | None) -> Asked:
    """What is wanted: what is not given (``None``) is as in the export that is gone on from, else as usual."""
    usual = Asked(table=ALL if given.get("format") == PACKAGE else "articles", format="csv")
    known: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    return replace(since.asked if since else usual, **known)  # type: ignore[arg-type]  # options of the command line


def refusal(asked: Asked, *, since: Manifest | None) -> str | None:
    """Why this cannot be had, with a way out; ``None`` where it can."""
    if asked.format not in FORMATS:
        return f"format is one of {', '.join(sorted(FORMATS))}, not {asked.format!r}"
    if asked.table not in {*TABLES, ALL}:
        return f"table is one of {', '.join([*TABLES, ALL])}, not {asked.table!r}"
    if asked.query is not None and asked.table in NOT_SEARCHED:
        return f"{asked.table} is about everything, whatever articles say; leave --query out"
    return _wrong_format(asked, since) or _wrong_since(asked, since)


def _wrong_format(asked: Asked, since: Manifest | None) -> str | None:
    clips = FORMATS[asked.format].write_clips is not None
    if clips and (asked.table != "articles" or since):
        return f"{asked.format} has whole articles; leave --table and --since-export out"
    if asked.partition is not None and (asked.partition != MONTH or asked.format != "parquet"):
        return "--partition is month, and for --format parquet"
    if asked.partition is not None and asked.table != ALL and not TABLES[asked.table].of_articles:
        return f"{asked.table} has no month of publication; leave --partition out"
    return "--heading is for --format kliping" if asked.heading and asked.format != "kliping" else None


def _wrong_since(asked: Asked, since: Manifest | None) -> str | None:
    if since is None:
        return None
    facts = ("table", "query", "full_text", "private")
    if all(getattr(asked, fact) == getattr(since.asked, fact) for fact in facts):
        return None
    old = since.asked
    return f"export {since.id} was of table {old.table!r}, query {old.query!r}; only the same can go on from it"
