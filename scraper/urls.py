"""One key for the many addresses of an article: tracking, session, amp, print and page variants taken off."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

_TRACKING = re.compile(
    r"utm_.*|mtm_.*|pk_.*|at_.*|wt_.*|[fgdty]bclid|[gdty]clid|twclid|msclkid|igshid?|mc_[ce]id|_gl|_ga|usqp|amp_.*"
    r"|ref|ref_.*|referr?er|jxrecoid|tag_from|lgn_method|google_btn|__twitter_impression|share|replytocom|fb_.*"
    r"|action_.*_ids|cmp(?:id)?|ncid|ocid|spm|trk|gaa_.*|_hs\w*|ml_.*|s_kwcid|__cf_chl.*",
    re.IGNORECASE,
)
_ORIGIN = re.compile(r"from|source|src|via|medium|campaign|origin|sumber|dari|asal", re.IGNORECASE)
"""Where a reader came from, as long as the value is a word; a date or a number may choose what is shown."""
_ORIGIN_VALUE = re.compile(r"[a-z_-]{0,30}", re.IGNORECASE)
_SESSION = re.compile(r"php_?sess(ion)?_?id|j?session_?id|aspsessionid.*|cfid|cftoken|oscsid|zenid", re.IGNORECASE)
_TOKEN = re.compile(r"s|sid|sess|sessid|session|sesi|token", re.IGNORECASE)
_TOKEN_VALUE = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{16,}", re.IGNORECASE)
_VIEW = re.compile(r"amp|noamp|print|cetak|m|mobile|pdf|single|showpage|showall", re.IGNORECASE)
_VIEW_VALUE = re.compile(r"|0|1|true|false|print|yes|no|all|amp|mobile", re.IGNORECASE)
_OUTPUT = re.compile(r"outputtype|output|format|view|type", re.IGNORECASE)
_PAGE = re.compile(r"page|paged|halaman|hal|pg", re.IGNORECASE)
_PAGE_VALUE = re.compile(r"all|semua|\d{0,2}", re.IGNORECASE)
_VIEW_SEGMENT = frozenset({"amp", "print", "cetak"})
_WHOLE_SEGMENT = frozenset({"all", "semua", "full", "single"})
_PART_SEGMENT = re.compile(r"(?:page|halaman|hal|laman)-[1-9]\d?")
_PART_WORDS = frozenset({"page", "halaman", "hal", "laman"})
_AMP_ENDING = re.compile(r"\.amp(?=\.html?$|$)", re.IGNORECASE)
_VIEW_HOST = re.compile(r"(?:www|m|amp|mobile|wap)\.(?=[^.]+\.)")
_SMALL = re.compile(r"[1-9]\d?")
_SESSION_IN_PATH = re.compile(r";(jsessionid|phpsessid|sid)=[^/;?]*|/\(S\([a-z0-9]{10,}\)\)(?=/)", re.IGNORECASE)
_NUMBER_AT_END = re.compile(
    r"(?:/(?:page|halaman|hal|laman)[/-]|/[^/]*-[^/]*-[^/]*/|/indeks/|/index/)([1-9]\d{0,4})/?$"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SHORT = 500
"""Longer addresses are not kept in memory."""


def normalise_url(url: str) -> str:
    """The address without whatever does not change which article it names.

    ``http`` becomes ``https`` (not where a port or a bare IP address is given); ``www.`` and the hosts of small screens
    (``m.``, ``amp.``), fragment, tracking and session parameters go, and so do the variants for amp, print and single
    pages, and a closing slash; parameters are sorted.
    What is no web address (``urn:...``, broken text) comes back unchanged but for the spaces around it.
    Never raises; a second pass changes nothing.
    """
    return _remembered(url) if len(url) <= _SHORT else _normalised(url)


def _normalised(url: str) -> str:
    url = url.strip()
    previous = None
    for _ in range(4):
        if url == previous:
            break
        previous, url = url, _once(url)
    return url


_remembered = lru_cache(maxsize=16_384)(_normalised)
"""The menu of a site stands on each of its pages."""


def without_variants(url: str) -> str:
    """The address of the plain full view (no amp, print, page number, tracking or fragment), fit for fetching.

    Scheme, host, closing slash and the order of parameters stay. What is no web address comes back unchanged.
    """
    url = url.strip()
    parts = _split(url)
    if parts is None:
        return url
    path = _path(parts.path)
    if parts.path.endswith("/") and not path.endswith("/"):
        path += "/"
    pairs = [pair for pair in parts.query.split("&") if pair and not _is_noise(pair)]
    return urlunsplit((parts.scheme, parts.netloc, path, "&".join(pairs), ""))


def page_number(url: str) -> int:
    """Which page of a list or of a long article the address names: ``?page=N``, ``/page/N`` or ``/slug/N``; else 1."""
    parts = _split(url.strip())
    if parts is None:
        return 1
    for pair in parts.query.split("&"):
        name, _, value = pair.partition("=")
        if _PAGE.fullmatch(name) and value.isascii() and value.isdigit() and len(value) < 6:
            return max(1, int(value))
    found = _NUMBER_AT_END.search(parts.path)
    return int(found.group(1)) if found else 1


def host_of(url: str) -> str:
    """Lower-case host without ``www.``, with the port where it is not the usual one; empty for what has no host."""
    parts = _split(url.strip())
    return _netloc(parts) if parts else ""


def _once(url: str) -> str:
    parts = _split(url)
    if parts is None:
        return url
    try:
        parts = urlsplit(canonicalize_url(url, keep_blank_values=True))
    except ValueError:
        return url
    pairs = [pair for pair in parts.query.split("&") if pair and not _is_noise(pair)]
    return urlunsplit((_scheme(parts), _plain_host(_netloc(parts)), _path(parts.path), "&".join(pairs), ""))


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in _DEFAULT_PORTS and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return parts if usable else None


def _scheme(parts: SplitResult) -> str:
    odd_port = parts.port not in (None, *_DEFAULT_PORTS.values())
    return parts.scheme if odd_port or _is_address(parts.hostname or "") else "https"


def _netloc(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    bare = host.removeprefix("www.")
    host = bare if "." in bare else host
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, *_DEFAULT_PORTS.values()) else f"{host}:{parts.port}"


def _plain_host(netloc: str) -> str:
    while found := _VIEW_HOST.match(netloc):
        netloc = netloc[found.end() :]
    return netloc


def _is_address(host: str) -> bool:
    if "." not in host and ":" not in host:
        return True  # "localhost" and other names of this network
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _path(path: str) -> str:
    """Without view segments at either end, and without the page number behind a slug."""
    segments = [segment for segment in _AMP_ENDING.sub("", _SESSION_IN_PATH.sub("", path)).split("/") if segment]
    while len(segments) > 1 and segments[0].lower() in _VIEW_SEGMENT:
        segments = segments[1:]
    while (cut := _closing_variant(segments)) > 0:
        segments = segments[:-cut]
    return "/" + "/".join(segments)


def _closing_variant(segments: list[str]) -> int:
    """How many segments at the end only choose a view of the same article."""
    if len(segments) < 2:
        return 0
    last, before = segments[-1].lower(), segments[-2]
    if last in _VIEW_SEGMENT:
        return 1
    if _SMALL.fullmatch(last) and before.lower() in _PART_WORDS and len(segments) > 2:
        return 2
    is_part = _SMALL.fullmatch(last) or _PART_SEGMENT.fullmatch(last) or last in _WHOLE_SEGMENT
    return 1 if is_part and before.count("-") >= 2 else 0


def _is_noise(pair: str) -> bool:
    name, _, value = pair.partition("=")
    if _TRACKING.fullmatch(name) or _SESSION.fullmatch(name):
        return True
    if name.lower() == "sid":
        return not value.isdigit()  # a number is a story id of PHP-Nuke and its kin
    if _ORIGIN.fullmatch(name) or _TOKEN.fullmatch(name):
        return bool((_ORIGIN_VALUE if _ORIGIN.fullmatch(name) else _TOKEN_VALUE).fullmatch(value))
    if _PAGE.fullmatch(name):
        return bool(_PAGE_VALUE.fullmatch(value))
    if (name.lower(), value.lower()) in (("tmpl", "component"), ("layout", "default")):
        return True  # Joomla's print view
    if _OUTPUT.fullmatch(name):
        return value.lower() in ("amp", "print", "mobile")
    return bool(_VIEW.fullmatch(name)) and bool(_VIEW_VALUE.fullmatch(value))
