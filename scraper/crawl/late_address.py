"""Requests whose address is settled when they are sent: what a run learns meanwhile saves requests already queued."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from scrapy import Request

LATE = "late_address"
"""Key in a request's ``meta``: a coroutine function that gives the address to ask now."""


class LateAddressMiddleware:
    """Downloader middleware in front of all others, so that they judge the address that is really asked."""

    async def process_request(self, request: Request) -> Request | None:
        """Let the request pass, or put one with another address in its place."""
        late: Callable[[], Awaitable[str]] | None = request.meta.pop(LATE, None)
        url = await late() if late else request.url
        return request.replace(url=url) if late and url != request.url else None
