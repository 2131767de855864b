"""Why a visit brought nothing, in words: the value, the likely cause, and what to do."""

from __future__ import annotations

import asyncio
import re
import socket
from urllib.parse import urlsplit

from scraper.errors import sentence
from spiders.discovery.visitor import Visitor

CONNECT_SECONDS = 10.0
_REFUSED = frozenset({"http-401", "http-403", "http-451", "blocked", "challenge", "login"})
_LATER = frozenset({"http-429", "http-503", "rate-limited", "unavailable"})


async def why_unreadable(visitor: Visitor, url: str) -> str:
    """Why an address that matters could not be read."""
    slug = visitor.troubles.get(url) or visitor.ended or "no-page"
    if slug == "robots":
        return sentence(
            "%(url)s is forbidden by the site's robots.txt, which is always obeyed; ask the outlet for permission",
            url=url,
        )
    if slug == "offsite":
        target = _target(visitor.details.get(url, ""))
        return sentence(
            "%(url)s leads to another host (%(target)s); add that address instead if it is the outlet's",
            url=url,
            target=target,
        )
    if slug in ("private-address", "unresolved"):
        return sentence(
            "%(url)s has no public address (%(slug)s); only a source that is declared on loopback may be there",
            url=url,
            slug=slug,
        )
    if slug in _REFUSED:
        return sentence(
            "%(url)s refuses this crawler (%(slug)s); set PANTAU_CONTACT and ask the outlet to let it in",
            url=url,
            slug=slug,
        )
    if slug in _LATER:
        return sentence("%(url)s asks to come back later (%(slug)s); try again in an hour", url=url, slug=slug)
    if slug == "crawl-delay-too-long":
        return sentence(
            "%(url)s: its robots.txt asks for more than ten minutes between two requests; it cannot be followed",
            url=url,
        )
    if slug == "robots-unreachable":
        return await _why_no_robots(url)
    return sentence("%(url)s cannot be read (%(slug)s); open it in a browser and check the address", url=url, slug=slug)


def no_articles(visitor: Visitor, start: str, *, scripted: bool, elsewhere: str) -> str:
    """Why no source can be made of a site that answered."""
    if elsewhere:
        return sentence(
            "the articles that %(start)s links to are on another host (%(elsewhere)s); add that one instead",
            start=start,
            elsewhere=elsewhere,
        )
    if scripted:
        return sentence(
            "%(start)s is drawn by scripts and names neither a sitemap nor a feed; "
            "describe it by hand as docs/adding-a-source.md shows",
            start=start,
        )
    return sentence(
        "no articles were found in %(count)s pages of %(start)s; is it a news site? "
        "If so, give the address of a page that lists its articles",
        count=len(visitor.pages),
        start=start,
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
        return sentence(
            "%(url)s: there is no host of this name, or no connection to the internet; check the address", url=url
        )
    except OSError as error:
        other = f"http://{parts.netloc}/" if parts.scheme == "https" else f"https://{parts.netloc}/"
        return sentence(
            "%(url)s: nothing answers there (%(error)s); check the address, or try %(other)s",
            url=url,
            error=error.strerror or error,
            other=other,
        )
    return sentence("%(url)s: its robots.txt cannot be read, so nothing may be fetched; try again later", url=url)


def _target(detail: str) -> str:
    found = re.match(r"(\S+) is not fetched", detail)
    parts = urlsplit(found.group(1)) if found else None
    return f"{parts.scheme}://{parts.netloc}/" if parts else "unknown"
