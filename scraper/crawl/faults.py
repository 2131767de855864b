"""Why a request brought nothing: one slug for each way in which a site can fail, for counting and for people."""

from __future__ import annotations

from collections.abc import Iterator

from OpenSSL.SSL import Error as TlsError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from service_identity import VerificationError
from twisted.internet.error import ConnectionDone, ConnectionLost, DNSLookupError
from twisted.web._newclient import ParseError

_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (DownloadTimeoutError, "timeout"),
    (CannotResolveHostError, "dns"),
    (DNSLookupError, "dns"),
    (DownloadConnectionRefusedError, "refused"),
    (ResponseDataLossError, "truncated"),
    (TlsError, "tls"),
    (VerificationError, "tls"),
    (ParseError, "no-http"),
    (ValueError, "no-http"),  # a Content-Length that is no number
    (KeyError, "no-http"),  # a Transfer-Encoding that nobody knows
    (ConnectionLost, "reset"),
    (ConnectionDone, "hung-up"),
)


class BadAnswer(Exception):
    """A site answered and the answer is of no use; ``reason`` is the slug for counting."""

    def __init__(self, reason: str, url: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.reason = reason


def fault_of(error: BaseException) -> str:
    """The slug of a failed download: ``timeout``, ``dns``, ``tls``, ``truncated``...; ``connection`` for the rest."""
    if isinstance(error, BadAnswer):
        return error.reason
    causes = tuple(_causes(error))
    return next((slug for kind, slug in _KINDS if any(isinstance(cause, kind) for cause in causes)), "connection")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what lies behind it; Twisted wraps the reasons of a failed answer in a list."""
    yield error
    for reason in getattr(error, "reasons", ()):
        yield from _causes(reason.value)
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
