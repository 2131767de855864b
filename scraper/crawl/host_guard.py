"""The one place that decides whether an address may be fetched: links, redirects, robots.txt, sitemaps and feeds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Self
from urllib.parse import SplitResult, urlsplit, urlunsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from scraper.crawl.addresses import Address, addresses_of, ascii_host, is_public, literal_addresses

Origin = tuple[str, int]
DEFAULT_PORTS = {"http": 80, "https": 443}
WEB = 0
"""http and https on their own ports are one origin: a site moves from one to the other by a redirect."""


class RefusedAddress(IgnoreRequest):
    """Raised by the middleware for what must not be fetched; ``reason`` is the slug for counting."""

    def __init__(self, reason: str, url: str) -> None:
        super().__init__(f"{url} is not fetched: {reason}")
        self.reason = reason


class HostGuard:
    """What belongs to one source: its host and port (``www.`` or not), and the hosts that its profile adds."""

    def __init__(self, start: str, hosts: Iterable[str] = ()) -> None:
        home, parts = origin_of(start), _split(start)
        if home is None or parts is None:
            raise ValueError(f"{start!r} is no web address")
        added = (origin_of(host if "//" in host else f"https://{host}") for host in hosts)
        self._home, self._scheme = home, parts.scheme
        self.origins = {home, *(found for found in added if found)}

    def refusal(self, url: str) -> str | None:
        """Why an address may not be fetched (``scheme``, ``offsite``, ``userinfo``); None where it may.

        It judges the text of the address; where its host leads is judged when it is fetched.
        """
        parts, origin = _split(url), origin_of(url)
        if parts is None or origin is None:
            return "scheme"
        if origin not in self.origins:
            return "offsite"
        return "userinfo" if "@" in parts.netloc else None

    def address_refusal(self, address: Address, *, host: str) -> str | None:
        """Why a host's IP address may not be asked (``private-address``).

        Only the address that a source itself is written with may be a private one; no name may lead to such.
        """
        return None if is_public(address) or address in literal_addresses(host) else "private-address"

    def is_home(self, url: str) -> bool:
        """Whether an address has scheme, host and port of the source's own start."""
        parts = _split(url)
        return parts is not None and parts.scheme == self._scheme and origin_of(url) == self._home

    def upgraded(self, url: str) -> str:
        """An address under https where the source was declared so: nobody on the way may rewrite its news."""
        parts, origin = _split(url), origin_of(url)
        if parts is None or origin is None or parts.scheme == "https" or self._scheme != "https" or origin[1] != WEB:
            return url
        host = parts.netloc.removesuffix(f":{parts.port}") if parts.port else parts.netloc
        return urlunsplit(parts._replace(scheme="https", netloc=host))

    @property
    def on_loopback(self) -> bool:
        """True where the source was declared on this machine."""
        return all(any(address.is_loopback for address in literal_addresses(host)) for host, _ in self.origins)


@lru_cache(maxsize=4096)
def origin_of(url: str) -> Origin | None:
    """Host without ``www.`` and port; None for what is no web address."""
    parts = _split(url)
    if parts is None:
        return None
    host, port = ascii_host(parts.hostname or ""), parts.port
    if not host or port == 0:
        return None
    bare = host.removeprefix("www.")
    return (bare if "." in bare else host, WEB if port in (None, DEFAULT_PORTS[parts.scheme]) else int(port or 0))


def _split(url: str) -> SplitResult | None:
    """The parts of a web address that can be read."""
    try:
        parts = urlsplit(url.strip())
        return parts if parts.scheme in DEFAULT_PORTS and parts.port != 0 else None
    except ValueError:
        return None


class HostGuardMiddleware:
    """Downloader middleware in front of all others: every request passes here, also each step of a redirect."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to build it; the spider must have a ``guard``."""
        return cls(crawler)

    async def process_request(self, request: Request) -> Request | None:
        """Let the request pass, send it again under https, or raise RefusedAddress."""
        guard: HostGuard = getattr(self._crawler.spider, "guard")  # noqa: B009  # any spider of ours has it
        if reason := guard.refusal(request.url):
            raise RefusedAddress(reason, request.url)
        if (url := guard.upgraded(request.url)) != request.url:
            return request.replace(url=url, dont_filter=True)
        host = urlsplit(request.url).hostname or ""
        for address in await addresses_of(host):
            if reason := guard.address_refusal(address, host=host):
                raise RefusedAddress(reason, request.url)
        return None
