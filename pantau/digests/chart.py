"""The chart of a digest: articles a day beside those of the week before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pantau import wording
from pantau.digests.model import Day
from pantau.translations import gettext as _

NOW, BEFORE, INK, GRID = "#1d5f8a", "#b9c6d2", "#1c2430", "#d8dde3"


def days_chart(days: Sequence[Day]) -> dict[str, Any]:
    """A Vega-Lite specification; the same numbers stand in the table of the mail."""
    names = {"now": _("pekan ini"), "before": _("pekan lalu")}
    values = [
        {"hari": wording.weekday(day.day), "pekan": names[which], "berita": getattr(day, which), "urut": order}
        for day in days
        for order, which in enumerate(("before", "now"))
    ]
    order = [wording.weekday(day.day) for day in days]
    legend = {"title": None, "orient": "top", "direction": "horizontal", "labelFontSize": 15, "symbolType": "square"}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 400,
        "height": 120,
        "padding": 12,
        "background": "#ffffff",
        "data": {"values": values},
        "mark": {"type": "bar", "cornerRadiusEnd": 2},
        "encoding": {
            "x": {"field": "hari", "type": "nominal", "sort": order, "title": None, "axis": {"labelAngle": 0}},
            "xOffset": {"field": "pekan", "sort": [names["before"], names["now"]]},
            "y": {"field": "berita", "type": "quantitative", "title": None, "axis": {"tickMinStep": 1, "tickCount": 4}},
            "color": {
                "field": "pekan",
                "type": "nominal",
                "scale": {"domain": [names["now"], names["before"]], "range": [NOW, BEFORE]},
                "legend": legend,
            },
        },
        "config": {
            "font": "Arial, Liberation Sans, sans-serif",
            "view": {"stroke": None},
            "axis": {"labelFontSize": 15, "labelColor": INK, "gridColor": GRID, "domainColor": GRID, "ticks": False},
        },
    }
