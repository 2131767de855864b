"""What the tags and the day of an article tell of its figures: of which area and of which days each one speaks. Pure.

It is stored beside the figures so that claims are found by it; it can only change with the tags, which are all written
anew then, as they are where the article's day changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from storage.records.keys import name_key
from storage.trends.periods import period_days
from storage.trends.spans import Span

MOVING = {"harga-pangan": 10, "inflasi": 7, "ekspor-impor": 7, "kredit": 7}
"""Indicators that move within a year: letters of the ISO day of publication that tell the period meant."""
NO_PLACES = frozenset({"pemkot", "pemkab", "pemprov", "pemda", "pemerintah-kota", "pemerintah-kabupaten", "dinas"})
"""Keys of what figures have for a place that says nothing of where."""


def figure_facts(figures: Sequence[Any], places: Iterable[Any], day: date | None) -> list[dict[str, Any]]:
    """The columns ``first_day``, ``last_day``, ``place_key`` and ``area`` of all figures of one article.

    A figure has ``value``, ``base``, ``indicator``, ``period`` and ``place``, a place ``surface`` and ``code``.
    """
    codes = {name_key(place.surface): place.code for place in places if place.code}
    only, bases = _only_region(codes), {figure.base for figure in figures}
    facts = []
    for figure in figures:
        days = period_days(figure.period)
        if figure.period is None and figure.value not in bases:
            days = _assumed_days(figure.indicator, day)
        key = name_key(figure.place or "")
        told = key if key not in NO_PLACES else ""
        facts.append({
            "first_day": days.start if days else None,
            "last_day": days.end if days else None,
            "place_key": told or None,
            "area": codes.get(told) if told else only,
        })  # fmt: skip
    return facts


def _assumed_days(indicator: str | None, day: date | None) -> Span | None:
    """The period that a reader takes a figure for that tells none."""
    return period_days(day.isoformat()[: MOVING.get(indicator or "", 4)]) if day else None


def _only_region(codes: Mapping[str, str]) -> str | None:
    """The one region that an article speaks of."""
    regions = {".".join(code.split(".")[:2]) for code in codes.values() if "." in code} or set(codes.values())
    return next(iter(regions)) if len(regions) == 1 else None
