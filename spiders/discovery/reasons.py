"""Why a visit brought nothing, in words: the value, the likely cause, and what to do."""

from __future__ import annotations

import asyncio
import re
import socket
from urllib.parse import urlsplit

from spiders.discovery.visitor import Visitor

CONNECT_SECONDS = 10.0
_REFUSED = frozenset({"http-401", "http-403", "http-451", "blocked", "challenge", "login"})
_LATER = frozenset({"http-429", "http-503", "rate-limited", "unavailable"})


async def why_unreadable(visitor: Visitor, url: str) -> str:
    """Why an address that matters could not be read."""
    slug = visitor.troubles.get(url) or visitor.ended or "no-page"
    if slug == "robots":
        return f"{url} is forbidden by the site's robots.txt, which is always obeyed; ask the outlet for permission"
    if slug == "offsite":
        target = _target(visitor.details.get(url, ""))
        return f"{url} leads to another host ({target}); add that address instead if it is the outlet's"
    if slug in ("private-address", "unresolved"):
        return f"{url} has no public address ({slug}); only a source that is declared on loopback may be there"
    if slug in _REFUSED:
        return f"{url} refuses this crawler ({slug}); set PANTAU_CONTACT and ask the outlet to let it in"
    if slug in _LATER:
        return f"{url} asks to come back later ({slug}); try again in an hour"
    if slug == "crawl-delay-too-long":
        return f"{url}: its robots.txt asks for more than ten minutes between two requests; it cannot be followed"
    if slug == "robots-unreachable":
        return await _why_no_robots(url)
    return f"{url} cannot be read ({slug}); open it in a browser and check the address"


def no_articles(visitor: Visitor, start: str, *, scripted: bool, elsewhere: str) -> str:
    """Why no source can be made of a site that answered."""
    if elsewhere:
        return f"the articles that {start} links to are on another host ({elsewhere}); add that one instead"
    if scripted:
        return (
            f"{start} is drawn by scripts and names neither a sitemap nor a feed; describe it by hand as "
            "docs/adding-a-source.md shows"
        )
    return (
        f"no articles were found in {len(visitor.pages)} pages of {start}; is it a news site? "
        "If so, give the address of a page that lists its articles"
    )


async def _why_no_robots(url: str) -> str:
    """Nothing answers there at all, or robots.txt alone is broken: a bare connection tells."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        connection = await asyncio.to_thread(
            socket.create_connection, (parts.hostname or "", port), timeout=CONNECT_SECONDS
        )
        connection.close()
    except socket.gaierror:
        return f"{url}: there is no host of this name, or no connection to the internet; check the address"
    except OSError as error:
        other = f"http://{parts.netloc}/" if parts.scheme == "https" else f"https://{parts.netloc}/"
        return f"{url}: nothing answers there ({error.strerror or error}); check the address, or try {other}"
    return f"{url}: its robots.txt cannot be read, so nothing may be fetched; try again later"


def _target(detail: str) -> str:
    found = re.match(r"(\S+) is not fetched", detail)
    parts = urlsplit(found.group(1)) if found else None
    return f"{parts.scheme}://{parts.netloc}/" if parts else "unknown"
