"""What one page of a long article tells of the others: later ones, one with everything, a print view. No network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from lxml import etree
from parsel import Selector

from scraper.addresses import SURE_ID, is_believed, read_address
from scraper.urls import normalise_url, page_number

MAX_PAGES = 20
"""No article is followed further."""
NEXT_WORDS = re.compile(
    r"\W*(?:(?:baca|ke|lihat)\W+)?(?:(?:halaman|hal|laman)\W+)?(?:selanjutnya|berikut(?:nya)?|next)(?:\W+(?:halaman|page))?\W*"
    r"|\W*lanjut(?:kan|an)?(?:\W+(?:membaca|baca))?\W*|\W*continue(?:\W+reading)?\W*|[»›>→]+",
    re.IGNORECASE,
)
WHOLE_WORDS = re.compile(
    r"\W*(?:(?:tampilkan|lihat|baca|buka|muat)\W+)?(?:semua|seluruhnya|selengkapnya|keseluruhan|lengkap)"
    r"(?:\W+(?:halaman|artikel|berita))?\W*|\W*(?:dalam\W+)?satu\W+halaman\W*|\W*(?:halaman|artikel|berita)\W+(?:penuh|lengkap)\W*"
    r"|\W*(?:show|view|read|see)\W+(?:all|full|more|(?:as|on)\W+(?:one|a\W+single)\W+page)(?:\W+(?:pages?|article|story))?\W*"
    r"|\W*(?:single\W+page|full\W+article|one\W+page|all(?:\W+pages)?)\W*",
    re.IGNORECASE,
)
_ALL = "all|semua|full|lengkap|single|seluruh"
_WHOLE_QUERY = re.compile(
    rf"(?:page|paged|halaman|hal|pg|p|view|show|mode)=(?:{_ALL})"
    r"|(?:single|showpage|showall|show_?full|full_?page|single_?page|one_?page|all|full|lengkap|semua)(?:=(?:1|true|yes|all|full)?)?",
    re.IGNORECASE,
)
_WHOLE_SEGMENT = re.compile(f"/(?:{_ALL})/?$", re.IGNORECASE)
_PRINT = re.compile(
    r"/(?:print|cetak)(?=/|$)|[?&](?:print|cetak|view=print|output=print|format=print)\b", re.IGNORECASE
)
_PART_PATH = re.compile(r"/(?:(?:page|halaman|hal|laman|bagian|part|p)[/-]?)?([1-9]\d?)/?", re.IGNORECASE)
_PART_TAIL = re.compile(r"[-_,.](?:(?:page|halaman|hal|laman|bagian|part|p)[-_]?)?([1-9]\d?)", re.IGNORECASE)
_NO_PAGE = re.compile(
    r"comment|komentar|cpage|reply|fo?to|photo|ima?ge?|slide|galler|galeri|sort|limit|rating", re.IGNORECASE
)
_FILE_ENDING = re.compile(r"\.(?:s?html?|php|aspx?)$", re.IGNORECASE)
_COUNT = re.compile(
    r"\b(?:halaman|hal|laman|bagian|page|part)\W{0,3}(\d{1,2})\s*(?:dari|of|/)\s*(\d{1,2})\b(?!\s*/)", re.IGNORECASE
)
_MAIN_PAGE = re.compile(r'"mainEntityOfPage"\s*:\s*(?:\{[^{}]{0,200}?"@id"\s*:\s*)?"([^"]{1,500})"')
"""The address that JSON-LD states; read without parsing, for it is one of many words on the same."""
_LINE = 40
"""Shorter pieces of text may stand on every page."""
_TEXTS: Any = etree.XPath(
    "//body//text()[not(parent::script or parent::style or parent::noscript)]", smart_strings=False
)
_UNLINKED: Any = etree.XPath(
    "//body//text()[not(parent::script or parent::style or parent::noscript or ancestor::a)]", smart_strings=False
)
_LINKS: Any = etree.XPath("//a[@href] | //link[@href and contains(@rel, 'next')]")


@dataclass(frozen=True, slots=True)
class Parts:
    """What one page says of the pages of its article."""

    later: dict[int, str] = field(default_factory=dict)
    """Number -> address of the pages after the first that it links to, and of those between."""
    whole: str | None = None
    """An address that shows all pages at once."""
    printed: str | None = None
    """The print view, which as a rule has all pages."""
    last: int = 1
    """How many pages there are; more than it links to where only its text says so."""


@dataclass(frozen=True, slots=True)
class _Link:
    url: str
    words: str


def find_parts(page: Selector, url: str, own: Set[str], *, number: int = 1) -> Parts:
    """What the page at ``url``, the article's page ``number``, says of the others.

    ``own`` are the article's addresses. A link counts only where it leads to one of them or to its continuation:
    ``rel=next`` and "Selanjutnya" often lead to the next article.
    """
    links = [link for link in _links(page, url, own) if not _NO_PAGE.search(urlsplit(link.url).query)]
    later = _numbered(links, own, number)
    last = max((1, *later, _count(page, number)))
    return Parts(
        later=_filled(later, last, own),
        whole=next((link.url for link in links if _leads_to_whole(link, own, sure=bool(later))), None),
        printed=next((link.url for link in links if _PRINT.search(link.url) and normalise_url(link.url) in own), None),
        last=last,
    )


def own_addresses(page: Selector, url: str, *found: str) -> set[str]:
    """The article's addresses without variants: as fetched, as found, and as its page states it where believed."""
    title = page.xpath("string(//title)").get() or ""
    stated = page.css("link[rel~=canonical]::attr(href), meta[property='og:url']::attr(content)").getall()
    for script in page.xpath("//script[@type='application/ld+json']/text()").getall():
        stated += _MAIN_PAGE.findall(script)[:1]
    whole = [address for text in stated if (address := _absolute(text, url))]
    own = {
        normalise_url(text) for text in (url, *found, *(text for text in whole if is_believed(text, url, title=title)))
    }
    return own | set(_other_slugs(page, url))


def _other_slugs(page: Selector, url: str) -> Iterator[str]:
    """Addresses of links that differ from the page's own in the slug behind or before the same id."""
    mark = next((value for _, value in reversed(read_address(url).ids) if len(value) >= SURE_ID), None)
    if mark is None:
        return
    plain, own_id = normalise_url(url), read_address(url).ids[-1]
    folder, _, name = plain.rpartition("/")
    folders = (folder, plain) if name == mark else (folder,)
    for element in _LINKS(page.root):
        href = (element.get("href") or "").strip()
        address = normalise_url(_absolute(href, url) or "") if mark in href.lower() else ""
        same_place = address.rpartition("/")[0] in folders and "?" not in address
        if same_place and own_id in read_address(address).ids and not _counted(address, plain):
            yield address


def is_whole(url: str) -> bool:
    """Whether an address asks for all pages of an article at once."""
    parts = _split(url)
    return parts is not None and bool(_WHOLE_SEGMENT.search(parts.path) or whole_query(url))


def whole_query(url: str) -> str:
    """The part of an address's query that asks for all pages (``page=all``); empty where none does."""
    parts = _split(url)
    return next(filter(_WHOLE_QUERY.fullmatch, parts.query.split("&")), "") if parts else ""


def is_page_of(url: str, own: Set[str]) -> bool:
    """Whether an address is one of the article's, or of a page of it."""
    return normalise_url(url) in own or any(_behind(url, address) is not None for address in own)


def guesses(url: str) -> tuple[str, ...]:
    """Where the second page of an article may be when nothing links to it."""
    parts = _split(url)
    if parts is None:
        return ()
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), ("page", "2")])
    path = f"{parts.path.rstrip('/')}/2{'/' if parts.path.endswith('/') else ''}"
    return urlunsplit(parts._replace(query=query)), urlunsplit(parts._replace(path=path))


def renumbered(address: str, number: int, wanted: int) -> str | None:
    """The address of another page, made from that of page ``number``; None where that number is not in it."""
    made = re.sub(rf"(?<!\d){number}(?=\D*$)", str(wanted), address)
    return made if made != address else None


def headline_words(page: Selector) -> frozenset[str]:
    """The words of a page's title, which the pages of one article have in common."""
    return frozenset(re.findall(r"\w+", (page.xpath("string(//title)").get() or "").casefold()))


def shown_lines(page: Selector) -> frozenset[str]:
    """The pieces of text that a page shows outside links: what tells two pages of an article apart."""
    folded = (" ".join(text.split()) for text in _UNLINKED(page.root))
    return frozenset(text for text in folded if len(text) >= _LINE)


def _links(page: Selector, url: str, own: Set[str]) -> Iterator[_Link]:
    """The links that may lead to a page of this article: those that have the last part of its address in theirs."""
    base = _absolute(page.css("base[href]::attr(href)").get() or "", url) or url
    marks = {_mark(address) for address in own}
    for element in _LINKS(page.root):
        href = (element.get("href") or "").strip()
        if href.startswith("#") or (href.startswith(("/", "http")) and not any(mark in href for mark in marks)):
            continue
        address = _absolute(href, base)
        if address and any(mark in address for mark in marks):
            words = " ".join("".join(element.itertext()).split())
            yield _Link(address.partition("#")[0], words or ("next" if element.tag == "link" else ""))


def _mark(address: str) -> str:
    """The longest segment of an address: its slug or id."""
    parts = _split(address)
    path = _FILE_ENDING.sub("", parts.path) if parts else ""
    return max((*path.split("/"), parts.query if parts and path in ("", "/") else ""), key=len)


def _numbered(links: Iterable[_Link], own: Set[str], number: int) -> dict[int, str]:
    """Number -> address of the pages that links lead to, the first link of each."""
    out: dict[int, str] = {}
    for link in links:
        if not is_whole(link.url) and not _PRINT.search(link.url) and (part := _part(link, own, number)) and part > 1:
            out.setdefault(part, link.url)
    return out


def _part(link: _Link, own: Set[str], number: int) -> int | None:
    """Which page of the article a link leads to; None where it leads elsewhere."""
    if normalise_url(link.url) in own:
        return page_number(link.url)
    for address in own:
        if (behind := _behind(link.url, address)) is not None:
            return behind
        counted = _counted(link.url, address)
        if counted and (link.words == str(counted) or (counted == number + 1 and NEXT_WORDS.fullmatch(link.words))):
            return counted
    return None


def _behind(url: str, address: str) -> int | None:
    """The page number that stands behind the article's path (``/slug/2``, ``/slug/halaman/2``)."""
    there, here = _split(url), _split(address)
    if there is None or here is None or there.query != here.query:
        return None
    there, path = urlsplit(normalise_url(url)), _FILE_ENDING.sub("", here.path).rstrip("/")
    if there.netloc != here.netloc or not path or not there.path.startswith(path + "/"):
        return None
    tail = _PART_PATH.fullmatch(_FILE_ENDING.sub("", there.path.removeprefix(path)))
    return int(tail[1]) if tail else None


def _counted(url: str, address: str) -> int | None:
    """A number that may be a page's: in the one parameter that is added, or at the end of the file's name."""
    there, here = urlsplit(normalise_url(url)), urlsplit(address)
    if there.netloc != here.netloc:
        return None
    if there.path == here.path:
        kept, pairs = set(parse_qsl(here.query)), set(parse_qsl(there.query))
        value = next(iter(pairs - kept))[1] if kept < pairs and len(pairs - kept) == 1 else ""
        return int(value) if re.fullmatch("[1-9][0-9]?", value) else None
    longer, stem = (_FILE_ENDING.sub("", parts.path) for parts in (there, here))
    tail = (
        _PART_TAIL.fullmatch(longer.removeprefix(stem))
        if longer.startswith(stem) and there.query == here.query
        else None
    )
    return int(tail[1]) if tail else None


def _leads_to_whole(link: _Link, own: Set[str], *, sure: bool) -> bool:
    """Whether a link shows all pages at once; without numbered pages beside it, only if it is called so."""
    parts = _split(link.url)
    called = WHOLE_WORDS.fullmatch(link.words) is not None
    if parts is None or not (sure or called or NEXT_WORDS.fullmatch(link.words)):
        return False
    if is_whole(link.url):
        kept = "&".join(pair for pair in parts.query.split("&") if not _WHOLE_QUERY.fullmatch(pair))
        paths = {parts.path, _WHOLE_SEGMENT.sub("", parts.path)}
        return any(normalise_url(urlunsplit(parts._replace(query=kept, path=path))) in own for path in paths)
    there = urlsplit(normalise_url(link.url))
    return (
        called
        and bool(parts.query)
        and page_number(link.url) == 1
        and there._replace(query="").geturl() in {address.partition("?")[0] for address in own}
    )


def _count(page: Selector, number: int) -> int:
    """How many pages the text says there are (``Halaman 1 dari 3``), where that means this page."""
    text = " ".join(" ".join(_TEXTS(page.root)).split())
    counts = {int(found[2]) for found in _COUNT.finditer(text) if int(found[1]) == number <= int(found[2])}
    return min(counts.pop(), MAX_PAGES + 1) if len(counts) == 1 else 1


def _filled(later: dict[int, str], last: int, own: Set[str]) -> dict[int, str]:
    """With the pages between that the page counts but does not link to (``1 2 ... 7``)."""
    out = dict(later)
    for number in range(2, min(last, MAX_PAGES) + 1):
        made = (renumbered(address, known, number) for known, address in later.items())
        if number not in out and (address := next((way for way in made if way), None)):
            out[number] = address
    return dict(sorted(out.items()))


def _absolute(address: str, base: str) -> str | None:
    try:
        whole = urljoin(base, address.strip()) if address.strip() else ""
        return whole if urlsplit(whole).scheme in ("http", "https") else None
    except ValueError:
        return None


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None
