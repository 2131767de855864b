"""Scrapy's HTTP client with a limit for the head of an answer; those for its body and time stand in the settings."""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import HTTP11ClientProtocol, Request
from twisted.web.iweb import IResponse

MAX_HEAD = 256 * 1024
"""Bytes of status and header lines, also over many interim (1xx) answers; browsers take as much."""


class _Parser(_LenientHTTPClientParser):
    _head_bytes = 0

    def lineReceived(self, line: bytes) -> None:
        self._head_bytes += len(line) + 2
        if self._head_bytes > MAX_HEAD:
            raise ValueError(f"a head of more than {MAX_HEAD} bytes")
        super().lineReceived(line)


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Request) -> Deferred[IResponse]:
        answer = super().request(request)
        if self._parser is not None:
            self._parser.__class__ = _Parser
        return answer


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class LimitedHandler(HTTP11DownloadHandler):
    """Scrapy's download handler for http and https."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory
