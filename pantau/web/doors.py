"""Under which names this server answers, and which requests come straight from this machine."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from scraper.config import Config
from scraper.hosts import is_loopback, is_wildcard

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
FORWARDING = ("forwarded", "x-forwarded-", "x-real-ip", "via")
"""How the names of headers begin that proxies add. With one of these, a request that reaches us on loopback may come
from anywhere."""


def host_name(value: str) -> str:
    """The name in a Host header or address, without port and brackets; empty where it is malformed."""
    try:
        return (urlsplit(f"//{value.strip()}").hostname or "") if value and not set(value) & set("/?#@\\ ") else ""
    except ValueError:
        return ""


def allowed_names(config: Config, *, bound: str = "") -> frozenset[str]:
    """The names that are answered: those of this machine, of ``PANTAU_BASE_URL``, and what the server is bound to.

    Any other name is refused: a site of somebody else can point its own name at our address, and its scripts would
    then read our pages as if they were its own.
    """
    names = {host_name(bound), urlsplit(config.base_url).hostname or ""}
    return LOOPBACK_NAMES | {name for name in names if name and not is_wildcard(name)}


def is_local(connection: HTTPConnection) -> bool:
    """Whether a request was sent by somebody at this machine: by its peer, the name asked for, and no proxy."""
    sender = connection.client.host if connection.client else ""
    return (
        is_loopback(sender)
        and is_loopback(host_name(connection.headers.get("host", "")))
        and not is_forwarded(connection)
    )


def is_forwarded(connection: HTTPConnection) -> bool:
    """Whether a proxy passed the request on."""
    return any(name.startswith(FORWARDING) for name in connection.headers)


def peer(connection: HTTPConnection) -> str:
    """Where a request comes from, for counting failures; neighbours in one IPv6 network count as one."""
    host = connection.client.host if connection.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host
