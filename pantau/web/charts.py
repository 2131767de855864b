"""The one chart grammar: Vega-Lite specifications as plain dicts, never shown without their table.

Pages and mails draw the same ones. Days are written without a zone, so that they are drawn as they are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from babel import Locale

from pantau.translations import gettext as _
from pantau.translations import language, locale
from storage.trends.claims import Claim
from storage.trends.points import Step, TrendPoint, next_period
from storage.trends.questions import Compared

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif'
HEIGHT = 150
INK, SOFT, GRID, BAR, USUAL = "#1c2430", "#55606d", "#d3d9e0", "#1d5f8a", "#b26a00"
SERIES = ("#1d5f8a", "#b45f06", "#2c7a3f", "#8c3b8f", "#5a5f66")
"""Colours of compared lines; each has a dash and a shape of its own too."""
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 1])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
BARS = {"type": "rect", "color": BAR, "xOffset": 0.5, "x2Offset": -0.5}
BRUSH = "rentang"
"""The interval that a reader draws on the chart; the page puts its days into the form."""
Spec = dict[str, Any]


def volume_chart(points: Sequence[TrendPoint], *, by: Step, share: bool = False) -> Spec:
    """Articles of a query over time, to be brushed; periods of which nothing was fetched are marked, not zero."""
    rows = [_row(point, by=by, share=share) for point in points]
    bars: Spec = {
        "params": [{"name": BRUSH, "select": {"type": "interval", "encodings": ["x"]}}],
        "mark": BARS,
        "encoding": _spans(by) | _amount(share),
    }
    return _chart(rows, [_gap_marks(by), bars])


def usual_chart(points: Sequence[TrendPoint], usual: Mapping[date, float]) -> Spec:
    """Articles of the last days, each beside what its weekday usually brings."""
    rows = [_row(point, by="day") | {"biasa": usual.get(point.start)} for point in points]
    bars: Spec = {"mark": BARS, "encoding": _spans("day") | _amount(share=False)}
    line: Spec = {
        "transform": [{"filter": "isValid(datum.biasa)"}],
        "mark": {"type": "rule", "color": USUAL, "strokeWidth": 3},
        "encoding": _spans("day") | {"y": {"field": "biasa", "type": "quantitative"}},
    }
    return _chart(rows, [_gap_marks("day"), bars, line])


def compare_chart(compared: Sequence[Compared], *, by: Step, share: bool = False) -> Spec:
    """Several queries over the same periods, as counts or as shares of what was fetched; gaps break the lines."""
    rows = [
        _row(point, by=by, share=share) | {"kueri": item.query or _("semua berita")}
        for item in compared
        for point in item.points
    ]
    names = [item.query or _("semua berita") for item in compared]
    colour, dash, shape = (
        {"field": "kueri", "type": "nominal", "scale": {"domain": names, "range": list(values[: len(names)])}}
        for values in (SERIES, DASHES, SHAPES)
    )
    legend = {"legend": {"title": None, "orient": "top", "labelLimit": 240, "columns": 2}}
    lines: Spec = {
        "mark": {"type": "line", "point": {"size": 36, "filled": True}, "invalid": "break-paths-show-domains"},
        "encoding": {
            "x": {"field": "tengah", "type": "temporal", "axis": _time_axis(by)},
            "y": _amount(share)["y"],
            "color": colour | legend,
            "strokeDash": dash | legend,
            "shape": shape | legend,
        },
    }
    return _chart(rows, [_gap_marks(by), lines], height=220)


def claims_chart(claims: Sequence[Claim]) -> Spec:
    """Claims of one unit at the end of the period that they speak of, a point each, marked by outlet."""
    rows = [
        {"untuk": _moment(claim.days.end), "nilai": claim.comparable, "media": claim.outlet}
        for claim in claims
        if claim.days is not None
    ]
    outlet = {"field": "media", "type": "nominal", "legend": {"title": None, "orient": "top", "columns": 2}}
    points: Spec = {
        "mark": {"type": "point", "filled": True, "size": 70},
        "encoding": {
            "x": {"field": "untuk", "type": "temporal", "axis": _time_axis("month")},
            "y": {"field": "nilai", "type": "quantitative", "title": claims[0].comparable_unit},
            "color": outlet,
            "shape": outlet,
        },
    }
    return _chart(rows, [points], height=220)


def _chart(rows: Iterable[Spec], layers: Sequence[Spec], *, height: int = HEIGHT) -> Spec:
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "background": None,
        "data": {"values": list(rows)},
        "layer": list(layers),
        "config": _look(),
    }


def _look() -> Spec:
    return {
        "font": FONT,
        "locale": _words(),
        "view": {"stroke": None},
        "axis": {
            "labelColor": SOFT, "titleColor": SOFT, "domainColor": GRID, "tickColor": GRID, "gridColor": GRID,
            "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "gridOpacity": 0.6,
        },
        "legend": {"labelColor": INK, "labelFontSize": 12},
    }  # fmt: skip


def _row(point: TrendPoint, *, by: Step, share: bool = False) -> Spec:
    end = next_period(point.start, by=by)
    amount: float | None = point.share if share else point.count
    return {
        "awal": _moment(point.start),
        "tengah": _moment(point.start, plus=(end - point.start) / 2),
        "akhir": _moment(end),
        "nilai": amount if point.crawled_total else None,
        "celah": not point.crawled_total,
    }


def _moment(day: date, *, plus: timedelta = timedelta(0)) -> str:
    """Midnight of a day, or so much later, without a zone."""
    return (datetime.combine(day, time()) + plus).isoformat()


def _spans(by: Step) -> Spec:
    unit = "yearmonth" if by == "month" else "yearmonthdate"
    start = {"field": "awal", "type": "temporal", "timeUnit": {"unit": unit, "binned": True}, "axis": _time_axis(by)}
    return {"x": start, "x2": {"field": "akhir"}}


def _gap_marks(by: Step) -> Spec:
    return {
        "transform": [{"filter": "datum.celah"}],
        "mark": {"type": "rect", "color": GRID, "opacity": 0.7},
        "encoding": _spans(by),
    }


def _time_axis(by: Step) -> Spec:
    form = {"day": "%-d %b", "week": "%-d %b %Y", "month": "%b %Y"}[by]
    ticks = {"signal": "max(2, width / 100)"}
    return {"title": None, "labelOverlap": True, "tickCount": ticks, "grid": False, "format": form}


def _amount(share: bool) -> Spec:
    """The height of a mark, from zero."""
    title = _("porsi dari yang terambil") if share else _("berita")
    axis = {"tickMinStep": 0.0001, "format": ".1%"} if share else {"tickMinStep": 1, "format": ",d"}
    height = {"field": "nilai", "type": "quantitative", "scale": {"zero": True}, "title": title}
    return {"y": height | {"axis": axis | {"tickCount": 4}}, "y2": {"datum": 0}}


def _words() -> Spec:
    """Numbers and dates in the language of the reader, as d3 wants to be told."""
    known = Locale.parse(locale())
    days, months = known.days["format"], known.months["format"]
    signs = {"id": (",", "."), "en": (".", ",")}[language()]
    return {
        "number": {"decimal": signs[0], "thousands": signs[1], "grouping": [3], "currency": ["", ""]},
        "time": {
            "dateTime": "%A, %e %B %Y %H.%M", "date": "%d/%m/%Y", "time": "%H.%M", "periods": ["", ""],
            "days": [days["wide"][at] for at in (6, 0, 1, 2, 3, 4, 5)],
            "shortDays": [days["abbreviated"][at] for at in (6, 0, 1, 2, 3, 4, 5)],
            "months": [months["wide"][at] for at in range(1, 13)],
            "shortMonths": [months["abbreviated"][at] for at in range(1, 13)],
        },
    }  # fmt: skip
