"""Where a host name leads: all its IP addresses, looked up once, and which of them lie in the public internet."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
LOOPBACK: tuple[Address, ...] = (ipaddress.IPv4Address("127.0.0.1"), ipaddress.IPv6Address("::1"))
LOOKUP_SECONDS = 20.0
_UNICAST = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC = tuple(ipaddress.ip_network(net) for net in ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20", "2001::/23"))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LOOKUPS = ThreadPoolExecutor(max_workers=16, thread_name_prefix="names")
"""Threads of their own: dead name servers must not hold up what else waits for a thread."""
_pinned: dict[str, tuple[Address, ...]] = {}


def literal_addresses(host: str) -> tuple[Address, ...]:
    """The IP address that a host is written as, in the usual spelling; both of this machine for ``localhost``."""
    if ascii_host(host) == "localhost":
        return LOOPBACK
    try:
        return (ipaddress.ip_address(host.partition("%")[0]),)
    except ValueError:
        return ()


def ascii_host(host: str) -> str:
    """A host name as it is asked for: lower case, punycode, without the dot at its end."""
    host = host.lower().rstrip(".")
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, also by the IPv4 address that a tunnel carries in it."""
    address = _plain(address)
    if address.version == 6 and (address not in _UNICAST or address.sixtofour):
        return False
    return address.is_global and not address.is_multicast and not any(address in net for net in _NOT_PUBLIC)


def _plain(address: Address) -> Address:
    """The IPv4 address behind one that only maps or translates it."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address


async def addresses_of(host: str) -> tuple[Address, ...]:
    """All addresses of a host. Looked up once in a process: what was checked is what will be connected.

    Raises CannotResolveHostError.
    """
    host = ascii_host(host)
    if host not in _pinned:
        _pinned[host] = literal_addresses(host) or await _look_up(host)
    return _pinned[host]


async def _look_up(host: str) -> tuple[Address, ...]:
    try:
        call = partial(socket.getaddrinfo, host, None, type=socket.SOCK_STREAM)
        found = await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(_LOOKUPS, call), LOOKUP_SECONDS)
    except (OSError, UnicodeError, TimeoutError) as error:
        raise CannotResolveHostError(f"{host}: {error or 'the name servers do not answer'}") from error
    return tuple(dict.fromkeys(ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing is under way."""


@implementer(IHostnameResolver)
class PinnedResolver:
    """Twisted's resolver for connections: it knows what ``addresses_of`` was asked for, and looks up nothing itself."""

    def __init__(self, reactor: ReactorBase) -> None:
        self._reactor = reactor

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Scrapy's way to build it."""
        return cls(reactor)

    def install_on_reactor(self) -> None:
        """Take the place of the reactor's own resolver."""
        self._reactor.installNameResolver(self)  # type: ignore[arg-type]  # zope's interfaces have no types

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: object = None,
        transportSemantics: str = "TCP",
    ) -> object:
        """Hand over the pinned addresses; none for a name that nobody asked for."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        for address in _pinned.get(ascii_host(hostName), ()):
            kind = IPv4Address if address.version == 4 else IPv6Address
            resolutionReceiver.addressResolved(kind("TCP", str(address), portNumber))
        resolutionReceiver.resolutionComplete()
        return resolution
