"""Corrections of persons and programmes, which one article may name in several places. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scraper.items import PersonTag, ProgramTag, Span, Tags
from storage.records.overlaps import best, place, touching

LISTS = {"person": "people", "program": "programs"}
FACTS = {"person": ("name", "official", "offices", "person_id"), "program": ("name", "program_id")}
Named = PersonTag | ProgramTag


def target_of(tags: Tags, kind: str, span: Span) -> Named | None:
    """The person or programme that is named at a place."""
    mention = best([mention for named in _listed(tags, kind) for mention in named.mentions], span)
    return next((named for named in _listed(tags, kind) if mention in named.mentions), None) if mention else None


def delete_name(tags: Tags, kind: str, span: Span, *, whole: bool) -> Tags:
    """Without the mention at a place, or with ``whole`` without all mentions of what is named there."""
    target = target_of(tags, kind, span)
    if target is None:
        return tags
    gone = target.mentions if whole else (best(target.mentions, span),)
    return _without(tags, kind, [mention for mention in gone if mention is not None])


def change_name(tags: Tags, kind: str, span: Span, values: Mapping[str, Any]) -> Tags:
    """With other facts about what is named at a place; nothing changes where nothing is named there."""
    target = target_of(tags, kind, span)
    if target is None:
        return tags
    facts = _facts(kind, values, target)
    if isinstance(target, PersonTag):
        facts["key"] = _key(facts["name"]) if facts["name"] != target.name else target.key
    changed = replace(target, **facts, mentions=_certain(target.mentions))
    others = [named for named in _listed(tags, kind) if named is not target]
    same = next((other for other in others if _is_same(other, changed)), None)
    if same is not None:
        changed = replace(changed, mentions=_joined(changed.mentions, same.mentions))
    listed = [changed if named is target else named for named in _listed(tags, kind) if named is not same]
    renamed = {target.key: changed.key} if isinstance(target, PersonTag) and isinstance(changed, PersonTag) else {}
    return _with(tags, kind, listed, renamed)


def add_name(tags: Tags, kind: str, span: Span, values: Mapping[str, Any]) -> Tags:
    """With a mention at a place, of what is named so already or of something new; others that stood there go."""
    taken = [mention for named in _listed(tags, kind) for mention in named.mentions]
    tags = _without(tags, kind, touching(taken, span, nested=False))
    made = _made(kind, {"name": span.surface} | {name: value for name, value in values.items() if value}, span)
    same = next((named for named in _listed(tags, kind) if _is_same(named, made)), None)
    if same is None:
        return _with(tags, kind, [*_listed(tags, kind), made], {})
    grown = replace(same, **_facts(kind, values, same), mentions=place(same.mentions, span))
    return _with(tags, kind, [grown if named is same else named for named in _listed(tags, kind)], {})


def _without(tags: Tags, kind: str, gone: list[Span]) -> Tags:
    """Without some mentions; what has none left goes, and speaks no more."""
    listed: list[Named] = []
    renamed: dict[str, str | None] = {}
    for named in _listed(tags, kind):
        kept = tuple(mention for mention in named.mentions if mention not in gone)
        if kept:
            listed.append(named if len(kept) == len(named.mentions) else replace(named, mentions=kept))
        elif isinstance(named, PersonTag):
            renamed[named.key] = None
    return _with(tags, kind, listed, renamed)


def _with(tags: Tags, kind: str, listed: list[Any], renamed: Mapping[str, str | None]) -> Tags:
    """The tags with another list, and with the new keys of those who speak."""
    changed: dict[str, Any] = {LISTS[kind]: tuple(listed)}
    tags = replace(tags, **changed)
    if not renamed:
        return tags
    figures = (replace(tag, speaker=renamed.get(tag.speaker or "", tag.speaker)) for tag in tags.figures)
    quotes = (replace(tag, speaker=renamed.get(tag.speaker or "", tag.speaker)) for tag in tags.quotes)
    return replace(tags, figures=tuple(figures), quotes=tuple(quotes))


def _made(kind: str, values: Mapping[str, Any], span: Span) -> Named:
    if kind == "program":
        return ProgramTag(name=values["name"], mentions=(span,), program_id=values.get("program_id"))
    return PersonTag(
        key=_key(values["name"]),
        name=values["name"],
        mentions=(span,),
        official=values.get("official", False),
        offices=tuple(values.get("offices", ())),
        person_id=values.get("person_id"),
    )


def _facts(kind: str, values: Mapping[str, Any], named: Named) -> dict[str, Any]:
    facts = {name: values.get(name, getattr(named, name)) for name in FACTS[kind]}
    return facts | ({"offices": tuple(facts["offices"])} if kind == "person" else {})


def _is_same(one: Named, other: Named) -> bool:
    if isinstance(one, PersonTag) and isinstance(other, PersonTag):
        return one.key == other.key or (one.person_id is not None and one.person_id == other.person_id)
    return one.name == other.name


def _key(name: str) -> str:
    """As tagging makes the key of a person in an article."""
    return "-".join(name.lower().split())


def _certain(mentions: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(replace(mention, source="person", score=1.0) for mention in mentions)


def _joined(one: tuple[Span, ...], other: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(sorted({(m.start, m.end): m for m in (*other, *one)}.values(), key=lambda m: m.start))


def _listed(tags: Tags, kind: str) -> tuple[Any, ...]:
    listed: tuple[Any, ...] = getattr(tags, LISTS[kind])
    return listed
