"""The one place that decides whether an address may be fetched: links, redirects, robots.txt, sitemaps and feeds."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

Origin = tuple[str, int]
DEFAULT_PORTS = {"http": 80, "https": 443}
WEB_PORT = 443
"""http and https on their own ports are one origin: a site moves from one to the other by a redirect."""


class RefusedAddress(IgnoreRequest):
    """Raised by the middleware for what must not be fetched; ``reason`` is the slug for counting."""

    def __init__(self, reason: str, url: str) -> None:
        super().__init__(f"{url} is not fetched: {reason}")
        self.reason = reason


class HostGuard:
    """What belongs to one source: its host and port (``www.`` or not), and the hosts that its profile adds."""

    def __init__(self, start: str, hosts: Iterable[str] = ()) -> None:
        origin = origin_of(start)
        if origin is None:
            raise ValueError(f"{start!r} is no web address")
        added = (origin_of(host if "//" in host else f"https://{host}") for host in hosts)
        self.origins = {origin, *(found for found in added if found)}
        self.declared = {address for host, _ in self.origins if (address := literal_address(host))}

    def refusal(self, url: str) -> str | None:
        """Why an address may not be fetched (``scheme``, ``offsite``); None where it may, as far as the text tells."""
        origin = origin_of(url)
        if origin is None:
            return "scheme"
        return None if origin in self.origins else "offsite"

    def address_refusal(self, address: str) -> str | None:
        """Why a resolved IP address may not be asked (``private-address``); what the source itself declares may."""
        found = literal_address(address)
        if found is None:
            return "unresolved"
        if found.is_global and not found.is_multicast:
            return None
        return None if found in self.declared else "private-address"

    @property
    def on_loopback(self) -> bool:
        """True where the source was declared on this machine."""
        return bool(self.declared) and all(address.is_loopback for address in self.declared)


def origin_of(url: str) -> Origin | None:
    """Host without ``www.`` and port; None for what is no web address."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not host or port == 0:
        return None
    bare = host.removeprefix("www.")
    return (bare if "." in bare else host, WEB_PORT if port in (None, DEFAULT_PORTS[parts.scheme]) else int(port or 0))


def literal_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address that a host is written as; ``localhost`` counts as 127.0.0.1, an IPv4 in IPv6 as the IPv4."""
    if host == "localhost":
        host = "127.0.0.1"
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, ipaddress.IPv6Address) else address


class HostGuardMiddleware:
    """Downloader middleware in front of all others: every request passes here, also each step of a redirect."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to build it; the spider must have a ``guard``."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass or raise RefusedAddress."""
        guard: HostGuard = getattr(self._crawler.spider, "guard")  # noqa: B009  # any spider of ours has it
        reason = guard.refusal(request.url) or guard.address_refusal(await _resolve(request.url))
        if reason:
            raise RefusedAddress(reason, request.url)


async def _resolve(url: str) -> str:
    """The IP address that the download will use: Scrapy's resolver keeps its answer, so it cannot change in between."""
    from twisted.internet import reactor

    host = urlsplit(url).hostname or ""
    if literal_address(host):
        return host
    resolved: Deferred[str] = reactor.resolve(host)  # type: ignore[arg-type]  # its stub says Sequence[int]
    return await maybe_deferred_to_future(resolved)
