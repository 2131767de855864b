"""What a page is: one article, a list of them, or something else; for the probe of a site, and against junk rows.

A page that states itself an article is believed unless its text is teasers of others. A verdict is ``sure`` only where
more than one sign agrees, and only then is a page refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from scraper.errors import ExtractionError
from scraper.page.layout import fold
from scraper.page.structured import Structured
from scraper.page.tree import label_of, text_of
from scraper.urls import host_of

Kind = Literal["article", "list", "other"]

LIST_WORDS = frozenset(
    re.findall(
        r"\S+",
        """tag tags tagar topik topic topics kategori category categories kanal rubrik label author authors penulis
        reporter search cari pencarian hasil-pencarian indeks index arsip archive archives feed rss sitemap""",
    )
)
"""Path segments that lists have and articles do not."""
_STATIC = re.compile(
    r"(?:tentang(?: kami| redaksi| perusahaan)?|about(?: us)?|profil(?: perusahaan| redaksi)?|peta situs|site ?map|faq"
    r"|(?:susunan |tim |box |dapur )?redaksi(?: kami)?|(?:pedoman|kode etik)(?: \w+){0,4}|kode perilaku(?: \w+){0,3}"
    r"|(?:hubungi|kontak)(?: kami| redaksi)?|contact(?: us)?|(?:info |pasang |rate )?iklan|beriklan|media kit"
    r"|advertis(?:e|ing|ement)(?: with us)?|karier|karir|careers?|lowongan(?: kerja)?|disclaimer|penafian|sanggahan"
    r"|(?:kebijakan|aturan) (?:privasi|data pribadi|cookie|redaksi)|privacy(?: policy)?|cookie policy|tanya jawab"
    r"|syarat(?: dan)? ketentuan(?: penggunaan)?|ketentuan (?:penggunaan|layanan)|visi(?: dan)? misi|manajemen"
    r"|terms(?: of (?:service|use))?(?: and)?(?: conditions)?|struktur organisasi|berlangganan|langganan|subscribe"
    r"|hak cipta|copyright|standar perlindungan profesi wartawan)"
)
_MISSING = re.compile(
    r"\b(?:halaman|laman|artikel|berita|konten|data|tautan|url|page|article|content|post)\b[^.!?]{0,40}?"
    r"\b(?:tidak (?:dapat )?(?:ditemukan|tersedia|ada)|tak ditemukan|telah (?:dihapus|dipindahkan)|sudah tidak ada"
    r"|(?:could )?not (?:be )?found|does(?: not|n t) exist|no longer (?:exists|available))\b"
    r"|\b(?:error|galat|kesalahan) 404\b|^404\b|\b404 (?:not found|halaman|page|error)\b|^(?:page )?not found\b"
    r"|\bnothing (?:was )?found\b"
)
_CHALLENGE = re.compile(
    r"just a moment|attention required( cloudflare)?|access denied|checking your browser.*|robot check"
)
_LIST_TITLE = re.compile(
    r"(?:indeks|index|arsip|archives?|tag|topik|kategori)(?: berita)?(?:(?: \w+){0,4} \d{4})?|hasil pencarian.*"
    r"|(?:kumpulan )?berita (?:terkini|terbaru|terpopuler|hari ini)|search results.*|pencarian|terkini|terbaru"
    r"|(?:semua|kumpulan) berita"
)
_LABELLED = re.compile(r"^\W*(?:tags?|topik|kategori|category|penulis|author|arsip|archives?|indeks|label)\s*:\s", re.I)
_PARTS = re.compile(r"\s+[-|·•»–—]\s+|\s*[|»]\s*|\s::\s")
_BODY_LIST = frozenset(("archive", "category", "tag", "author", "search", "search-results", "blog", "date"))
_BODY_STORY = re.compile(r"single(?:-\w+)*|postid-\d+")
_BODY_STATIC = re.compile(r"page-id-\d+")
_LIST_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ProfilePage", "ItemList"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
_SHORT = 900
_THIN = 400
_CARD = 700
"""Characters that a teaser has at most besides the words of its link."""
_CARDS = 3
_MANY_CARDS = 5
_TEASED = 0.6
_WHOLLY_TEASED = 0.9
"""What it takes under a headline of its own: lists of other stories follow many a short one."""
_HEADLINE_WORDS = 4
"""Fewer words are no headline; a section, a tag and an imprint have so few."""
_WEIGHTS = {"only-teasers": 2, "thin": 2}
"""Signs that count for more than one."""
_SURE = 2
_SURE_AGAINST = 3
"""What it takes where the page states itself an article."""


@dataclass(frozen=True, slots=True)
class PageKind:
    """The verdict on a page."""

    kind: Kind
    reasons: tuple[str, ...] = ()
    """Slugs of the signs that spoke for it (``teasers``, ``list-address``, ``not-found``, ``about``...)."""
    sure: bool = False
    """True where nothing of this page may be stored; always false for an article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What extraction made of the page."""

    title: str
    lines: Sequence[str] = ()
    dated: bool = False
    """Whether a date of publication was found."""


def page_kind(root: HtmlElement, *, url: str | None, data: Structured, read: Read) -> PageKind:
    """What the page is; ``root`` is the whole tree, before anything was pruned."""
    heads = _heads(root, read)
    missing = _missing(root, read, heads)
    if missing:
        return PageKind("other", (missing,), sure=True)
    if any(map(_STATIC.fullmatch, heads)):
        return PageKind("other", ("about",), sure=True)
    stated = _states_article(root, data)
    signs = tuple(_list_signs(root, url, data, read, heads))
    if signs or not stated:  # teasers alone never outweigh what a page states
        signs = (*signs, *_teaser_signs(root, url, read, heads))
    weight = sum(_WEIGHTS.get(sign, 1) for sign in signs)
    if weight >= (_SURE_AGAINST if stated else _SURE):
        return PageKind("list", signs, sure=True)
    other = tuple(_other_signs(root, read, stated=stated))
    if other:
        return PageKind("other", other, sure=other != ("no-text",))
    if signs and not stated:
        return PageKind("list", signs)
    return PageKind("article", ("stated",) if stated else ())


def refuse_other(root: HtmlElement, *, url: str | None, data: Structured, read: Read) -> None:
    """Raise ExtractionError (``not-article``, ``soft-404``) for a page that surely is no article."""
    found = page_kind(root, url=url, data=data, read=read)
    if not found.sure:
        return
    gone = "not-found" in found.reasons or "challenge" in found.reasons
    reason = "soft-404" if gone else "not-article"
    raise ExtractionError(
        reason,
        "%(value)r is no article (%(known)s); it is skipped",
        value=url or read.title,
        known=", ".join(found.reasons),
    )


def is_static_title(title: str) -> bool:
    """Whether a headline or the words of a link name a page about the outlet: imprint, code of conduct, contact."""
    return _STATIC.fullmatch(fold(title)) is not None


def has_list_word(url: str) -> bool:
    """Whether an address is that of a list by its words: a tag, a category, a search, a further page."""
    parts = urlsplit(url)
    names = [unquote(part).lower() for part in parts.path.split("/") if part]
    segments = [
        name if name.startswith("index.") else name.rsplit(".", 1)[0] for name in names
    ]  # index.php is a script
    asked = re.search(r"(?:^|&)(?:s|q|query|keyword|cari|search|tag)=", parts.query) is not None
    return asked or not LIST_WORDS.isdisjoint(segments)


def teased_share(lines: Sequence[str], cards: Sequence[str]) -> float:
    """Share of a text that stands in the teasers of other pages, 0 to 1."""
    if len(cards) < _CARDS:
        return 0.0
    text = "|".join(map(_squeezed, cards))
    inside = sum(len(line) for line in lines if _squeezed(line)[:60] in text)
    return inside / max(1, sum(map(len, lines)))


def _squeezed(text: str) -> str:
    return fold(text).replace(" ", "")


def _heads(root: HtmlElement, read: Read) -> list[str]:
    """What may be the page's headline, folded: what extraction took, the parts of its title, its main headings."""
    stated = root.findtext(".//title") or ""
    parts = [part for title in (read.title, stated) for part in _PARTS.split(title)[:1]]
    last = _PARTS.split(stated)[-1:] if parts and len(fold(parts[-1]).split()) < _HEADLINE_WORDS else []
    return [fold(head) for head in (*parts, *last)]


def _missing(root: HtmlElement, read: Read, heads: Sequence[str]) -> str:
    """The slug of a page that answers 200 with an error or a challenge on it."""
    if any(_CHALLENGE.fullmatch(head) for head in heads[:2]):
        return "challenge"
    if read.dated or sum(map(len, read.lines)) > _SHORT:
        return ""
    headings = [fold(text_of(node)) for tag in ("h1", "h2") for node in list(root.iter(tag))[:2]]
    gone = "error404" in _body_classes(root) or any(map(_MISSING.search, [*heads, *headings]))
    return "not-found" if gone else ""


def _states_article(root: HtmlElement, data: Structured) -> bool:
    """Whether the page calls itself one article: a single dated node, a date for machines, a class of its system."""
    stories = [node for node in data.nodes if node.get("headline") and "datePublished" in node]
    if len(stories) == 1 or data.first("article:published_time"):
        return True
    return any(_BODY_STORY.fullmatch(name) for name in _body_classes(root))


def _list_signs(
    root: HtmlElement, url: str | None, data: Structured, read: Read, heads: Sequence[str]
) -> Iterator[str]:
    if url and has_list_word(url):
        yield "list-address"
    if url and not urlsplit(url).path.strip("/") and not urlsplit(url).query:
        yield "front-page"
    if _LIST_TYPES & {str(node.get("@type")) for node in data.nodes} and not data.article:
        yield "list-type"
    classes = _body_classes(root)
    if _BODY_LIST & classes and not any(_BODY_STORY.fullmatch(name) for name in classes):
        yield "list-class"
    if any(map(_LIST_TITLE.fullmatch, heads[:2])) or _LABELLED.match(read.title):
        yield "list-title"


def _teaser_signs(root: HtmlElement, url: str | None, read: Read, heads: Sequence[str]) -> Iterator[str]:
    cards = _cards(root, url)
    short = all(len(head.split()) < _HEADLINE_WORDS for head in heads)
    own = any(fold(text_of(node)) == heads[0] for node in root.iter("h1"))
    borrowed = not own and any(heads[0] in fold(card) for card in cards)
    if teased_share(read.lines, cards) >= (_TEASED if short or not own else _WHOLLY_TEASED):
        yield "only-teasers" if short or borrowed else "teasers"
    elif short and len(cards) >= _MANY_CARDS and sum(map(len, read.lines)) < _THIN:
        yield "thin"


def _other_signs(root: HtmlElement, read: Read, *, stated: bool) -> Iterator[str]:
    undated = not stated and not read.dated
    if undated and any(map(_BODY_STATIC.fullmatch, _body_classes(root))):
        yield "static-class"
    if undated and _asks_password(root) and sum(map(len, read.lines)) < _SHORT:
        yield "login"
    if not read.lines:
        yield "no-text"


def _asks_password(root: HtmlElement) -> bool:
    return any((node.get("type") or "").lower() == "password" for node in root.iter("input"))


def _body_classes(root: HtmlElement) -> set[str]:
    body = root.find("body")
    return set((body.get("class") or "").lower().split()) if body is not None else set()


def _cards(root: HtmlElement, url: str | None) -> list[str]:
    """The texts of teasers: around a headline-like link the largest block with no second one, of a make seen thrice."""
    own = _Own(url)
    links = [node for node in root.iter("a") if _leads_on(node, own)]
    targets: dict[HtmlElement, set[str]] = {}
    for link in links:
        for node in [link, *link.iterancestors()]:
            targets.setdefault(node, set()).add(link.get("href") or "")
    cards = {card: None for link in links if (card := _card_of(link, targets)) is not None}
    makes = Counter(map(_make, cards))
    return [text_of(card) for card in cards if makes[_make(card)] >= _CARDS]


class _Own:
    """A page's address, taken apart once for all of its links."""

    def __init__(self, url: str | None) -> None:
        self.url = url or ""
        self.host = host_of(self.url)
        self.path = self.url.partition("://")[2].partition("/")[2]

    def leads_away(self, href: str) -> bool:
        """Whether a link leads to another page of the site."""
        if href.startswith("/") and not href.startswith("//"):
            return href[1:] != self.path
        try:
            target = urljoin(self.url, href)
            parts = urlsplit(target)
        except ValueError:
            return False
        if not href or parts.scheme not in ("http", "https", "") or target == self.url:
            return False
        return not (parts.netloc and self.url) or "//" not in href or host_of(href) == self.host


def _leads_on(link: HtmlElement, own: _Own) -> bool:
    """Whether a link looks like a headline of another page of the site."""
    words = len(fold(text_of(link)).split())
    if words < _HEADLINE_WORDS:
        in_heading = any(node.tag in _HEADINGS for node in [*list(link.iterancestors())[:2], *link.iterdescendants()])
        if words < 2 or not in_heading:
            return False
    return own.leads_away((link.get("href") or "").partition("#")[0].strip())


def _card_of(link: HtmlElement, targets: dict[HtmlElement, set[str]]) -> HtmlElement | None:
    card = link
    for node in link.iterancestors():
        if len(targets[node]) > 1 or node.tag in ("body", "html") or len(text_of(node)) > len(text_of(link)) + _CARD:
            break
        card = node
    return card


def _make(card: HtmlElement) -> tuple[str, str, HtmlElement | None]:
    """How a block is made; teasers of one list look alike and stand under one roof."""
    parent = card.getparent()
    return str(card.tag), re.sub(r"\d+", "", label_of(card)), parent if parent is not None and card.tag != "a" else None
