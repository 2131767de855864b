"""All tags of an article as one JSON value and back, for what is kept beside the rows that readers count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from scraper.items import FigureTag, OfficeTag, OrgTag, PersonTag, PlaceTag, ProgramTag, QuoteTag, Span, Tags


def tags_to_json(tags: Tags) -> dict[str, Any]:
    """The tags as JSON-ready values."""
    return asdict(tags)


def tags_from_json(values: Mapping[str, Any]) -> Tags:
    """The tags that ``tags_to_json`` was given."""
    return Tags(
        people=tuple(PersonTag(**person | _mentions(person, "offices")) for person in values["people"]),
        programs=tuple(ProgramTag(**program | _mentions(program)) for program in values["programs"]),
        figures=tuple(FigureTag(**figure | {"flags": tuple(figure["flags"])}) for figure in values["figures"]),
        quotes=tuple(QuoteTag(**quote) for quote in values["quotes"]),
        places=tuple(PlaceTag(**place) for place in values["places"]),
        orgs=tuple(OrgTag(**org) for org in values["orgs"]),
        topics=tuple(values["topics"]),
        office_mentions=tuple(OfficeTag(**office) for office in values["office_mentions"]),
        kind=values["kind"],
    )


def _mentions(owner: Mapping[str, Any], *lists: str) -> dict[str, Any]:
    spans = tuple(Span(**mention) for mention in owner["mentions"])
    return {"mentions": spans} | {name: tuple(owner[name]) for name in lists}
