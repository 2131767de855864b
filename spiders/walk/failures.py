"""Why a request brought nothing: the slug for counting, and whether it may be different next time."""

from __future__ import annotations

from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError

from scraper.crawl.faults import fault_of

GONE = frozenset({404, 410})
IN_CIRCLES = frozenset({"redirect-loop", "redirects", "bad-redirect", "downgrade"})
"""Redirects that lead nowhere do so tomorrow too."""


def status_of(error: BaseException) -> int | None:
    """The HTTP status behind an error, where there is one."""
    return int(error.response.status) if isinstance(error, HttpError) else None


def skip_reason(error: BaseException) -> str | None:
    """The slug of something that was left out on purpose; None for a failure."""
    if isinstance(error, DownloadCancelledError):
        return "too-large"
    if isinstance(error, HttpError) or not isinstance(error, IgnoreRequest):
        return None
    return str(getattr(error, "reason", "ignored"))


def is_lasting(error: BaseException) -> bool:
    """Whether the same request would bring nothing tomorrow either: it is refused, not there, or nothing to fetch."""
    status = status_of(error)
    if status is not None:
        return 400 <= status < 500
    return skip_reason(error) is not None or fault_of(error) in IN_CIRCLES


def failure_reason(error: BaseException) -> str:
    """The slug of a failure: ``http-500``, or what ``fault_of`` says."""
    status = status_of(error)
    return fault_of(error) if status is None else f"http-{status}"
