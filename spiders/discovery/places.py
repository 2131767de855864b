"""Where sites keep their lists: usual addresses, and the words by which their pages point at them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from scraper.page.pagekind import is_static_title
from spiders.discovery.anchors import Anchor, base_of

FEEDS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/rss/terkini.xml")
SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/sitemap-news.xml", "/news-sitemap.xml", "/sitemap.xml.gz")
WORDPRESS_SITEMAPS = ("/wp-sitemap.xml", "/sitemap_index.xml", "/sitemap.xml", "/news-sitemap.xml")
INDEXES = ("/indeks", "/terkini", "/berita", "/index")
POSTS = "wp/v2/posts"
MENU_WORDS = 4

_FEED_TYPE = re.compile(r"application/(?:rss|atom|rdf)\+xml|(?:text|application)/xml|application/feed", re.I)
_FEED_HREF = re.compile(r"(?:/|\.)(?:rss|feed|atom)(?:[/.?]|$)|[?&](?:feed|type|format)=(?:rss2?|atom|feed)", re.I)
_COMMENTS = re.compile(r"comments?/feed|/komentar|[?&]feed=comments|oembed", re.I)
_MAP_HREF = re.compile(r"sitemap[\w.-]*\.xml(?:\.gz)?$", re.I)
_INDEX_WORDS = re.compile(
    r"\W*(?:(?:indeks?|index)(?: (?:berita|artikel|news))?|(?:(?:berita|artikel|kabar) )?(?:terkini|terbaru|lainnya)"
    r"|(?:semua|arsip|kumpulan|daftar) (?:berita|artikel|kabar|rilis|siaran pers)|arsip|latest(?: news)?|siaran pers"
    r"|(?:lihat|berita) (?:semua|selengkapnya)|(?:all|more) (?:news|posts|articles))\W*",
    re.I,
)
_INDEX_PATH = re.compile(r"/(?:indeks?|index|terkini|terbaru|latest|arsip|archives?)(?:-berita)?(?:\.\w+)?/?$", re.I)
_NO_SECTION = re.compile(
    r"/(?:tags?|tagar|authors?|penulis|search|cari|pencarian|login|masuk|akun|account|member|daftar|feed|rss|sitemap|iklan|redaksi|kontak|contact|about"
    r"|tentang|pedoman|disclaimer|privacy|kebijakan|karir|live|streaming|epaper|agenda|kalender|calendar|events?|galeri"
    r"|gallery|download|unduh|produk|polling|survei|topik|topics?|masuk|wp-admin|wp-login|component)(?:[-/.?]|$)",
    re.I,
)
_OTHER_MAP = re.compile(
    r"(?<![a-z])(?:pages?|halaman|categor(?:y|ies)|kategori|tags?|taxonom(?:y|ies)|authors?|users?|images?|videos?"
    r"|product|static|topik|topics?|misc|addl)(?![a-z])",
    re.I,
)
_STORY_MAP = re.compile(r"(?<![a-z])(?:posts?|news|berita|artikel|articles?|stories|konten|content)(?![a-z])", re.I)


def declared_feeds(root: HtmlElement, url: str, links: Iterable[Anchor]) -> list[str]:
    """Feeds that a page names in its head, then those it links to; those of comments are left out."""
    base = base_of(root, url)
    named = [
        urljoin(base, node.get("href") or "")
        for node in root.iter("link")
        if "alternate" in (node.get("rel") or "").lower() and _FEED_TYPE.search(node.get("type") or "")
    ]
    linked = [link.url for link in links if _FEED_HREF.search(link.url)]
    whole = (address for address in (*named, *linked) if address.startswith("http") and not _COMMENTS.search(address))
    return list(dict.fromkeys(whole))


def linked_sitemaps(links: Iterable[Anchor]) -> list[str]:
    """Sitemaps that a page links to."""
    return list(dict.fromkeys(link.url for link in links if _MAP_HREF.search(urlsplit(link.url).path)))


def posts_api(root: HtmlElement, link_header: str) -> str:
    """The address of a WordPress site's REST root, from its page or its header; empty where there is none."""
    named = (node.get("href") or "" for node in root.iter("link") if node.get("rel") == "https://api.w.org/")
    in_header = re.search(r'<([^>]+)>\s*;\s*rel="?https://api\.w\.org/"?', link_header)
    return next(named, "") or (in_header.group(1) if in_header else "")


def is_wordpress(root: HtmlElement, api: str) -> bool:
    """Whether a page was made by WordPress."""
    made_by = " ".join(
        node.get("content") or "" for node in root.iter("meta") if (node.get("name") or "") == "generator"
    )
    parts = (node.get("href") or node.get("src") or "" for node in root.iter("link", "script", "img"))
    return bool(api) or "wordpress" in made_by.lower() or any("/wp-content/" in part for part in parts)


def index_pages(links: Iterable[Anchor]) -> list[str]:
    """Pages that seem to list all articles, the likeliest first."""
    links = list(links)
    by_path = [link.url for link in links if _INDEX_PATH.search(urlsplit(link.url).path)]
    by_words = [link.url for link in links if _INDEX_WORDS.fullmatch(link.words)]
    both = [url for url in by_path if url in by_words]
    return list(dict.fromkeys([*both, *by_path, *by_words]))


def section_pages(links: Iterable[Anchor], everywhere: Collection[str]) -> Iterator[str]:
    """Pages of sections in their order: from a menu, or with few words on every page of the site."""
    seen: set[str] = set()
    for link in links:
        path = urlsplit(link.url).path.strip("/")
        placed = (link.menu and not link.foot) or (link.url in everywhere and 0 < len(link.words.split()) <= MENU_WORDS)
        usable = placed and (path or "?" in link.url) and path.count("/") < 3 and not _NO_SECTION.search(f"/{path}")
        named = re.search(r"[^\W\d]", link.words) and not is_static_title(link.words)
        if usable and named and link.url not in seen:
            seen.add(link.url)
            yield link.url


def map_kind(url: str) -> str:
    """What a sitemap holds by its name: ``story``, ``other``, or empty where the name does not tell."""
    name = urlsplit(url).path.rpartition("/")[2] + "?" + urlsplit(url).query
    if _OTHER_MAP.search(name.replace("_", "-")) and "post-post" not in name and "posts-post" not in name:
        return "other"
    return "story" if _STORY_MAP.search(name.replace("_", "-")) else ""
