"""What a correction may say of each kind of tag. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args

from scraper.errors import InputError
from scraper.items import ArticleKind, Direction, FigureRole, Modifier
from storage.records.cleaning import clean_string

TagKind = Literal["person", "program", "figure", "quote", "place", "org", "office", "topic", "kind"]
Action = Literal["add", "change", "delete"]
WHOLE: frozenset[str] = frozenset({"topic", "kind"})
"""Kinds that belong to the article and not to a stretch of its text."""
LONGEST = 300
"""Characters of a name or phrase."""
Check = Callable[[Any], bool]


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _one_of(choices: Any) -> Check:
    return lambda value: value in get_args(choices)


def _is_names(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(_is_name(part) for part in value)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


_MAYBE = _or_none(_is_name)
VALUES: Mapping[str, Mapping[str, Check]] = {
    "person": {"name": _is_name, "person_id": _MAYBE, "official": _is_flag, "offices": _is_names, "whole": _is_flag},
    "program": {"name": _is_name, "program_id": _MAYBE, "whole": _is_flag},
    "figure": {
        "value": _is_number,
        "value_max": _or_none(_is_number),
        "unit": _is_name,
        "modifier": _one_of(Modifier),
        "measures": _MAYBE,
        "period": _MAYBE,
        "place": _MAYBE,
        "speaker": _MAYBE,
        "flags": _is_names,
        "indicator": _MAYBE,
        "direction": _or_none(_one_of(Direction)),
        "base": _or_none(_is_number),
        "role": _or_none(_one_of(FigureRole)),
    },
    "quote": {"speaker": _MAYBE, "kind": _one_of(Literal["direct", "indirect"]), "verb": _MAYBE},
    "place": {"code": _MAYBE},
    "org": {},
    "office": {"person_id": _MAYBE},
    "topic": {"topic": _is_name, "main": _is_flag},
    "kind": {"kind": _one_of(ArticleKind)},
}
"""Kind -> what can be said of it. ``whole`` deletes all mentions of a person or programme in the article."""
REQUIRED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("figure", "add"): ("value", "unit"),
    ("topic", "add"): ("topic",),
    ("topic", "change"): ("topic",),
    ("topic", "delete"): ("topic",),
    ("kind", "change"): ("kind",),
}


def check_values(kind: str, action: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, strings cleaned; raises InputError where they do not fit kind and action."""
    if kind not in VALUES:
        raise InputError("%(kind)r is no kind of tag; choose %(known)s", kind=kind, known=", ".join(VALUES))
    if action not in get_args(Action) or (kind == "kind" and action != "change"):
        raise InputError(
            "a %(kind)s cannot be corrected by %(action)r; choose %(known)s",
            kind=kind,
            action=action,
            known=", ".join(get_args(Action)),
        )
    if missing := [name for name in REQUIRED.get((kind, action), ()) if name not in values]:
        raise InputError(
            "to %(action)s a %(kind)s, say its %(names)s", action=action, kind=kind, names=" and ".join(missing)
        )
    checked = {}
    for name, value in values.items():
        if name not in VALUES[kind]:
            raise InputError(
                "a %(kind)s has no %(name)r; it has %(value)s",
                kind=kind,
                name=name,
                value=", ".join(VALUES[kind]) or "only its place",
            )
        cleaned = _cleaned(value)
        if not VALUES[kind][name](cleaned):
            raise InputError("%(value).100r is no %(name)s of a %(kind)s", value=value, name=name, kind=kind)
        checked[name] = cleaned
    return checked


def _cleaned(value: Any) -> Any:
    """Strings without what no database keeps; an empty one is none."""
    if isinstance(value, str):
        return clean_string(value).strip() or None
    if isinstance(value, list | tuple):
        return [clean_string(part).strip() if isinstance(part, str) else part for part in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
