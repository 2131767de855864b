"""The one chart grammar: Vega-Lite specifications as plain dicts, never shown without their table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from storage.trends.points import TrendPoint

TIME_UNITS = {"day": "yearmonthdate", "week": "yearmonthdate", "month": "yearmonth"}


def volume_chart(points: Sequence[TrendPoint], *, by: str) -> dict[str, Any]:
    """Articles of a query over time; periods in which nothing at all was crawled are left open, not zero."""
    values = [
        {"awal": point.start.isoformat(), "berita": point.count if point.crawled_total else None} for point in points
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": 140,
        "data": {"values": values},
        "mark": {"type": "bar", "color": "#1d5f8a"},
        "encoding": {
            "x": {"field": "awal", "type": "temporal", "timeUnit": TIME_UNITS[by], "title": None},
            "y": {"field": "berita", "type": "quantitative", "title": "berita", "axis": {"tickMinStep": 1}},
        },
        "config": {"font": "system-ui, sans-serif", "view": {"stroke": None}},
    }
