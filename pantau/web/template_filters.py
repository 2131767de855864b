"""What templates call to write a value: dates, numbers, labels and links."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from pantau import wording
from pantau.figure_flags import flag_phrase, is_doubtful
from pantau.reasons import heard, reason
from pantau.translations import gettext as _
from pantau.web import labels
from pantau.web.correction_words import correction_phrase
from pantau.web.links import web_link
from pantau.web.troubles import health_phrase


def value_label(value: str, name: str) -> str:
    """A filter's value as a reader knows it."""
    return labels.value_label(name, value)


def filter_phrase(value: str, name: str) -> str:
    """A filter as a heading says it."""
    return labels.filter_phrase(name, value)


def outlet_value(value: object, name: str) -> str:
    """What is known of an outlet, in words."""
    return labels.outlet_value(name, value)


def per_label(per: str) -> str:
    """A step of a chart."""
    return _(labels.PER[per])


def iso_day(value: str) -> str:
    """The value of a date input: an ISO day, or nothing for a span such as ``24jam``."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return ""


def has_time(value: object) -> bool:
    """Whether a publication is known to the minute."""
    return isinstance(value, datetime)


def plain_number(value: float) -> str:
    """A number as it stands in a form, all its decimals kept: ``90128`` and ``5,98``."""
    return (f"{value:.0f}" if value.is_integer() else repr(value)).replace(".", ",")


def percent(value: float | None) -> str:
    """A share from 0 to 1 as ``5,9%``; a dash where there is none."""
    return "–" if value is None else f"{wording.number(round(100 * value, 1))}%"


def megabytes(value: float) -> str:
    """A size in MB, never 0."""
    return wording.number(max(round(value, 1), 0.1))


def ratio(value: float | None) -> str:
    """``2,5 : 1``; a dash where nothing is negative, so that there is none."""
    return "–" if value is None else f"{wording.number(round(value, 1))} : 1"


FILTERS: dict[str, Callable[..., Any]] = {
    "account_role": labels.account_role,
    "alert_label": labels.alert_label,
    "amount": wording.amount,
    "figure_amount": wording.figure_amount,
    "correction_phrase": correction_phrase,
    "fact_labels": wording.fact_labels,
    "filter_label": labels.filter_label,
    "filter_phrase": filter_phrase,
    "flag_phrase": flag_phrase,
    "follow_up_label": wording.follow_up_label,
    "has_time": has_time,
    "health_phrase": health_phrase,
    "indicator_label": wording.indicator_label,
    "iso_day": iso_day,
    "is_doubtful": is_doubtful,
    "job_key": labels.job_key,
    "job_name": labels.job_name,
    "job_state": wording.job_state,
    "reader_state": labels.reader_state,
    "heard": heard,
    "reason": reason,
    "kind_label": wording.kind_label,
    "long_date": wording.long_date,
    "megabytes": megabytes,
    "number": wording.number,
    "outlet_value": outlet_value,
    "outcome_label": wording.outcome_label,
    "per_label": per_label,
    "percent": percent,
    "plain_number": plain_number,
    "ratio": ratio,
    "role_label": wording.role_label,
    "short_date": wording.short_date,
    "short_moment": wording.short_moment,
    "short_time": wording.short_time,
    "span_label": labels.span_label,
    "state_label": wording.state_label,
    "tone_label": wording.tone_label,
    "topic_label": wording.topic_label,
    "value_label": value_label,
    "web_link": web_link,
}
"""Name in templates -> function; a further one is one line."""
