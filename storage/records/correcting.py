"""The corrections of one article applied to the tags that were found in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from scraper.items import FigureTag, OfficeTag, OrgTag, PlaceTag, QuoteTag, Span, Tags
from storage.records.anchors import Anchor
from storage.records.correcting_names import add_name, change_name, delete_name, target_of
from storage.records.correction_values import Action, TagKind
from storage.records.overlaps import best, place, touching


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What one person changed about one article's tags."""

    id: int
    article_id: str
    kind: TagKind
    action: Action
    anchor: Anchor
    values: Mapping[str, Any]
    """What the tag says from now on; of a change only what differs."""
    was: Mapping[str, Any]
    """What the tag said before; empty where there was none."""
    made_by: str
    made_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None
    misfit: bool = False
    """True where its words no longer stand in the text, so that a person must look at it."""


SPANS: Mapping[str, tuple[str, type[Any]]] = {
    "figure": ("figures", FigureTag),
    "quote": ("quotes", QuoteTag),
    "place": ("places", PlaceTag),
    "org": ("orgs", OrgTag),
    "office": ("office_mentions", OfficeTag),
}
"""Kind -> the list of tags that it is kept in, and what a tag of it is."""
CERTAIN: dict[str, Any] = {"source": "person", "score": 1.0}


def corrected(tags: Tags, text: str, corrections: Iterable[Correction]) -> tuple[Tags, set[int]]:
    """The tags after all corrections in their order, and the ids of those that do not fit this text."""
    misfits = set()
    for correction in corrections:
        made = _applied(tags, text, correction)
        if made is None:
            misfits.add(correction.id)
        else:
            tags = made
    return tags, misfits


def _applied(tags: Tags, text: str, correction: Correction) -> Tags | None:
    if correction.kind == "kind":
        return replace(tags, kind=correction.values["kind"])
    if correction.kind == "topic":
        return replace(tags, topics=_topics(tags.topics, correction))
    where = correction.anchor.find(text)
    if where is None:
        return None
    span = Span(start=where[0], end=where[1], surface=text[where[0] : where[1]], source="person", score=1.0)
    if correction.kind in ("person", "program"):
        return _names(tags, correction, span)
    values = with_speaker(tags, correction.values)
    if values is None:
        return None
    name = SPANS[correction.kind][0]
    changed: dict[str, Any] = {name: _spans(getattr(tags, name), correction, span, values)}
    return replace(tags, **changed)


def _names(tags: Tags, correction: Correction, span: Span) -> Tags:
    """Persons and programmes: one tag for all mentions."""
    kind, values = correction.kind, correction.values
    if correction.action == "delete":
        return delete_name(tags, kind, span, whole=bool(values.get("whole")))
    if correction.action == "change" and target_of(tags, kind, span) is not None:
        return change_name(tags, kind, span, values)
    return add_name(tags, kind, span, {**correction.was, **values})


def _spans(listed: tuple[Any, ...], correction: Correction, span: Span, values: dict[str, Any]) -> tuple[Any, ...]:
    """Figures, quotes, places, organisations and offices: one tag for each stretch."""
    target = best(listed, span)
    if correction.action == "delete":
        return tuple(tag for tag in listed if tag is not target)
    if correction.action == "change" and target is not None:
        changed = replace(target, **values | CERTAIN)
        return tuple(changed if tag is target else tag for tag in listed)
    tag = SPANS[correction.kind][1](**_bare(span), **_tuples(correction.was) | values)
    gone = touching(listed, span, nested=correction.kind == "quote")
    return place([other for other in listed if other not in gone], tag)


def with_speaker(tags: Tags, values: Mapping[str, Any]) -> dict[str, Any] | None:
    """The values with the speaker's key as the article has it now; ``None`` where it names nobody (any more)."""
    said = values.get("speaker")
    if not said:
        return _tuples(values)
    keys = [person.key for person in tags.people]
    words = set(said.split("-"))
    alike = [key for key in keys if words <= set(key.split("-")) or words >= set(key.split("-"))]
    if said not in keys and len(alike) != 1:
        return None
    return _tuples(values) | {"speaker": said if said in keys else alike[0]}


def _topics(topics: Sequence[str], correction: Correction) -> tuple[str, ...]:
    topic = correction.values["topic"]
    others = [other for other in topics if other != topic]
    if correction.action == "delete":
        return tuple(others)
    if correction.values.get("main"):
        return (topic, *others)
    return tuple(topics) if topic in topics else (*topics, topic)


def _bare(span: Span) -> dict[str, Any]:
    return {field.name: getattr(span, field.name) for field in fields(Span)}


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    """Lists from JSON as the tags have them."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
