"""Sources and probes as rows and as lines for people."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pantau.cli.output import json_line, plain

if TYPE_CHECKING:
    from spiders.discovery.probe import Probe
    from spiders.sources import Listed

LISTS = ("posts", "sitemaps", "feeds", "listings")


def source_row(listed: Listed) -> dict[str, Any]:
    """Every field of a source that is no selector."""
    source = listed.source
    named = {field: getattr(source, field) for field in ("name", "title", "tier", "region", "evidence", "start")}
    lists = {field: list(getattr(source, field)) for field in (*LISTS, "hosts")}
    how = {field: getattr(source, field) for field in ("article_url", "canonical", "whole_article", "delay")}
    state = {"state": listed.state, "own": listed.own, "verified": source.verified or None}
    expect = {"articles_per_week": source.expect.articles_per_week or None}
    return {**named, **state, **lists, **how, **expect}


def probe_row(found: Probe) -> dict[str, Any]:
    """What a probe found as one row."""
    lists: dict[str, Any] = {field: [] for field in LISTS}
    rest = {key: value for key, value in asdict(found).items() if key not in ("name", "fields")}
    return {"name": found.name, **lists, "canonical": None, "whole_article": None, **found.fields, **rest}


def show_probe(found: Probe, *, as_json: bool) -> None:
    """Print what a probe found: one JSON object, or lines for people."""
    if as_json:
        json_line(probe_row(found))
        return
    print(plain("\n".join(_lines(found))))


def _lines(found: Probe) -> list[str]:
    fields = found.fields
    lines = [f"{fields['title']}  {fields['start']}", ""]
    lines += [f"{field:12} {', '.join(fields[field])}" for field in LISTS if fields.get(field)]
    lines += [f"{'articles':12} {fields['article_url']}"]
    lines += [f"{key:12} {fields[key]}" for key in ("canonical", "whole_article") if fields.get(key)]
    week = "unknown" if found.articles_per_week is None else f"about {found.articles_per_week:g}"
    lines += [f"{'a week':12} {week}"]
    robots = "robots.txt obeyed" if found.robots else "no robots.txt"
    lines += [f"{'manners':12} {robots}; {found.delay:g} s between two requests; {found.requests} requests made", ""]
    lines += [f"  {(shown.published or 'no date')[:16]:16}  {shown.title}" for shown in found.samples]
    return lines + [f"! {warning}" for warning in found.warnings]
