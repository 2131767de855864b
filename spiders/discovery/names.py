"""What a source is called: its name from the host, its title from what the pages of the site have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import tldextract
from lxml.html import HtmlElement

from scraper.errors import ProfileError
from spiders.sources import every_source, source_path

_JOINTS = re.compile(r"\s+[-|·•»–—:/~]+\s+|\s*[|»]\s*|:\s+")
_EXTRACT = tldextract.TLDExtract(suffix_list_urls=())
"""Knows public suffixes from its own copy of the list; asks nobody."""
MAX_TITLE = 80


def source_name(start: str) -> str:
    """``https://banten.kabar.co.id/`` -> ``banten_kabar``; an address of numbers gets ``host-`` before it."""
    host = (urlsplit(start).hostname or "").lower()
    port = urlsplit(start).port
    found = _EXTRACT(host)
    if found.suffix and found.domain:
        labels = [label for label in found.subdomain.split(".") if label not in ("", "www", "m", "amp")]
        name = "_".join([*labels, found.domain])
    else:
        name = host
    if port not in (None, 80, 443):
        name += f"-{port}"
    name = re.sub(r"[^a-z0-9_-]+", "-", name).strip("-_")
    return (name if name[:1].isalpha() else f"host-{name}")[:63].rstrip("-_")


def domain_of(host: str) -> str:
    """The domain that an outlet registered (``kabar.co.id``); empty for an address of numbers."""
    return _EXTRACT(host).top_domain_under_public_suffix


def free_name(data: Path, start: str, *, wanted: str | None = None) -> str:
    """``wanted``, else the name of the host with a number behind it where it is taken.

    Raises ProfileError for a wanted name that is taken or no source name.
    """
    taken = {listed.source.name for listed in every_source(data)}
    if wanted is not None:
        source_path(data, wanted)
        if wanted in taken:
            raise ProfileError("there is a source %(wanted)r already; choose another name", wanted=wanted)
        return wanted
    name = source_name(start)
    names = [name, *(f"{name[:60]}-{number}" for number in range(2, 100))]
    return next(free for free in names if free not in taken)


def site_title(pages: Sequence[HtmlElement], feed: bytes | None) -> str:
    """The outlet as its pages call it; ``pages`` has the front page first. Empty where nothing tells."""
    stated = [name for root in pages for name in _stated(root)]
    parts = [[part.strip() for part in _JOINTS.split(_shown(root)) if part.strip()] for root in pages]
    counts = Counter(part for page in parts for part in set(page))
    shared = [part for page in parts[:1] for part in page if counts[part] > 1]
    common = [part for part, count in counts.most_common(1) if count > max(2, len(pages) / 2)]
    in_feed = str(feedparser.parse(BytesIO(feed)).feed.get("title") or "").strip() if feed else ""
    found = next(iter([*stated, *shared, *filter(None, [in_feed]), *common, *(parts[0] if parts else [])]), "")
    return " ".join(found.split())[:MAX_TITLE]


def _stated(root: HtmlElement) -> Iterator[str]:
    named = {
        (node.get("property") or node.get("name") or "").lower(): node.get("content") or ""
        for node in root.iter("meta")
    }
    yield from (named[key].strip() for key in ("og:site_name", "application-name") if named.get(key, "").strip())


def _shown(root: HtmlElement) -> str:
    return " ".join((root.findtext(".//title") or "").split())
