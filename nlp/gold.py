"""Tags in the shape of the gold files: what ``pantau tag --jsonl`` prints and the scorer reads."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from scraper.items import FIGURE_FACTS, FigureTag, PersonTag, ProgramTag, QuoteTag, Span, TaggedArticle


def to_gold(tagged: TaggedArticle) -> dict[str, Any]:
    """The tags of an article as JSON-ready values; offsets are string indices into its text."""
    tags = tagged.tags
    return {
        "people": [_person(person) for person in tags.people],
        "programs": [_program(program) for program in tags.programs],
        "figures": [_figure(figure) for figure in tags.figures],
        "quotes": [_quote(quote) for quote in tags.quotes if quote.kind == "direct"],
        "statements": [_quote(quote) | {"verb": quote.verb} for quote in tags.quotes if quote.kind == "indirect"],
        "places": [_span(place) | {"code": place.code} for place in tags.places],
        "orgs": [_span(org) for org in tags.orgs],
        "office_mentions": [_span(office) | {"person_id": office.person_id} for office in tags.office_mentions],
        "topics": list(tags.topics),
        "tagged_kind": tags.kind,
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "surface": span.surface}


def _person(person: PersonTag) -> dict[str, Any]:
    return {
        "key": person.key,
        "name": person.name,
        "official": person.official,
        "offices": list(person.offices),
        "person_id": person.person_id,
        "mentions": [_span(mention) for mention in person.mentions],
    }


def _program(program: ProgramTag) -> dict[str, Any]:
    return {"name": program.name, "mentions": [_span(mention) for mention in program.mentions]}


def _figure(figure: FigureTag) -> dict[str, Any]:
    values = asdict(figure)
    return _span(figure) | {name: values[name] for name in FIGURE_FACTS} | {"flags": list(figure.flags)}


def _quote(quote: QuoteTag) -> dict[str, Any]:
    return {"start": quote.start, "end": quote.end, "speaker": quote.speaker, "kind": quote.kind}
