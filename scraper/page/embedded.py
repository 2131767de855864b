"""The article in a page's embedded data, for pages whose scripts build what a reader sees. Pure and bounded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any

from scraper.addresses import read_address
from scraper.page.decode import tidy

MIN_STORY = 200
"""Fewer characters are no story here: captions, summaries and notices are as long."""
MAX_NODES = 50_000
MAX_DEPTH = 30
_TITLES = ("headline", "title", "judul", "judul_berita", "news_title", "post_title", "article_title", "heading")
_STORIES = (
    "articlebody", "content", "body", "isi", "isi_berita", "konten", "text", "html", "fulltext", "full_text", "story",
    "detail", "details", "paragraphs", "blocks", "contents", "content_html", "body_html", "post_content",
    "news_content", "naskah", "teks", "berita", "deskripsi", "description", "body_text", "article_body", "contenthtml",
)  # fmt: skip
_STORY_KEYS = frozenset(_STORIES)
_INNER = (
    *_STORIES, "rendered", "__html", "main", "value", "data", "children", "items", "root", "nodes", "document",
    "elements",
)  # fmt: skip
"""Where the parts of a story stand inside the value of one of the keys above."""
_CARD = frozenset(("slug", "permalink", "headline", "thumbnail", "published_at", "publishedat"))
"""An object inside a story that has one of these is a link to another."""
_WRAPPED = ("rendered", "html", "__html", "main", "raw", "text", "value", "name")
_DATES = (
    "datepublished", "publishedat", "published_at", "publish_date", "published_date", "publisheddate", "publishdate",
    "publish_at", "published", "pubdate", "tanggal_terbit", "tanggal_publish", "tgl_terbit", "tanggal", "tgl",
    "date_gmt", "date", "post_date", "releasedate", "created_at", "createdat", "datecreated", "created",
)  # fmt: skip
_CHANGES = ("datemodified", "modifiedat", "modified_at", "updatedat", "updated_at", "modified", "last_modified")
_REPORTERS = (
    "author",
    "authors",
    "reporter",
    "reporters",
    "penulis",
    "writer",
    "writers",
    "pewarta",
    "wartawan",
    "byline",
)
_SECTIONS = ("articlesection", "section", "category", "kategori", "kanal", "channel", "rubrik")
_TAGS = ("tags", "tag", "keywords", "topics", "topik")
_IMAGES = ("image", "images", "thumbnail", "thumbnailurl", "cover", "featured_image", "gambar", "foto")
_OWN = ("slug", "id", "url", "link", "permalink", "path", "uri", "href", "canonical", "mainentityofpage", "article_id")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_MARKUP = re.compile(r"<(?:p|br|div|h[2-6]|ul|ol|li|blockquote|figure|strong|em|span)\b", re.I)
_ESCAPED = re.compile(r"&lt;(?:p|div|br|h\d|figure|ul|strong)\b", re.I)
_CODE = re.compile(r"[{};]\s*(?:\n|$)|function\s*\(|=>|^\s*<(?:!doctype|html|svg|script|style)", re.I | re.M)
_LINE = re.compile(r"para|^p$|block$|text|head|^h\d$|quote|item|^li$", re.I)
"""What editors call a block whose children stand in one line."""
_AGREES = 0.6
_HEADLINE = 4
"""So many words of a page's title name a story, not the outlet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedArticle:
    """What the data says of one article; empty where it says nothing."""

    title: str
    html: str
    """The story as HTML."""
    length: int
    """Characters of its text."""
    published: str = ""
    """As written, or ISO 8601 where it was a number of seconds."""
    modified: str = ""
    authors: tuple[str, ...] = ()
    editor: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    image: str = ""
    own: tuple[str, ...] = ()
    """Its slug, id or address."""


def find_embedded(trees: Iterable[Any], *, url: str | None, titles: Iterable[str]) -> EmbeddedArticle | None:
    """The article that the page is about, by its address and what the page calls itself (``titles``).

    None where there is none, or where there are several and nothing tells which.
    """
    claims = [words for title in titles if len(words := _words(title)) >= 2]
    if url:
        claims.append(set(read_address(url).words))
    found: dict[str, tuple[float, EmbeddedArticle]] = {}
    for article in _articles(trees):
        score = _agreement(article, url or "", claims)
        known = found.get(article.html)
        if known is None or score > known[0]:
            found[article.html] = score, article
    ranked = sorted(found.values(), key=lambda pair: (pair[0], pair[1].length), reverse=True)
    if not ranked or ranked[0][0] > 0:
        return ranked[0][1] if ranked else None
    article = ranked[0][1]
    alone = len(ranked) == 1 and bool(article.published or any(len(claim) >= _HEADLINE for claim in claims))
    return article if alone else None


def _articles(trees: Iterable[Any]) -> Iterator[EmbeddedArticle]:
    left = MAX_NODES
    for tree in trees:
        stack: list[tuple[Any, int]] = [(tree, 0)]
        while stack and left > 0:
            value, depth = stack.pop()
            left -= 1
            if isinstance(value, dict):
                if article := _read(value):
                    yield article
                value = list(value.values())
            if isinstance(value, list) and depth < MAX_DEPTH:
                stack.extend((part, depth + 1) for part in reversed(value) if isinstance(part, dict | list))


def _read(node: Mapping[str, Any]) -> EmbeddedArticle | None:
    """An object as an article, where it has a story."""
    facts = {str(key).lower(): value for key, value in node.items()}
    if not facts.keys() & _STORY_KEYS:
        return None
    length, html = max((_measured(facts[key]) for key in _STORIES if key in facts), key=lambda pair: pair[0])
    title = next((text for key in _TITLES if 2 <= len(text := _string(facts.get(key))) <= 400), "")
    if length < MIN_STORY or (not title and not _looks_written(html)):
        return None
    return EmbeddedArticle(
        title=title,
        html=html,
        length=length,
        published=_moment(facts, _DATES),
        modified=_moment(facts, _CHANGES),
        authors=_names(facts, _REPORTERS),
        editor=", ".join(_names(facts, ("editor", "editors"))),
        section=next(iter(_names(facts, _SECTIONS)), ""),
        tags=_names(facts, _TAGS),
        image=next((text for key in _IMAGES if (text := _address(facts.get(key)))), ""),
        own=tuple(text for key in _OWN if (text := _string(facts.get(key)) or _address(facts.get(key)))),
    )


def _measured(value: Any) -> tuple[int, str]:
    """The characters of a story, and its HTML."""
    html = _html(value)
    return (len(_plain(html)), html) if len(html) >= MIN_STORY else (0, "")


def _agreement(article: EmbeddedArticle, url: str, claims: list[set[str]]) -> float:
    """How much speaks for this article being the page's: its own address, and its headline."""
    words = _words(article.title)
    headed = max((len(words & claim) / max(1, min(len(words), len(claim))) for claim in claims if claim), default=0.0)
    named = any(_is_named(own.strip("/").rpartition("/")[2], url) for own in article.own)
    return named + (headed if headed >= _AGREES else 0.0)


def _is_named(own: str, url: str) -> bool:
    return len(own) >= 3 and re.search(rf"(?<![^\W_]){re.escape(own)}(?![^\W_])", url) is not None


def _html(value: Any, depth: int = 6) -> str:
    """A story as HTML: markup as it is, plain text and blocks of an editor as paragraphs."""
    if isinstance(value, str):
        return _paragraphs(value)
    if depth and isinstance(value, list):
        return "".join(_html(part, depth - 1) for part in value[:2000])
    if depth and isinstance(value, dict):
        facts = {str(key).lower(): part for key, part in value.items()}
        return "" if facts.keys() & _CARD else _block(facts, depth)
    return ""


def _block(facts: Mapping[str, Any], depth: int) -> str:
    """One block of an editor; its children make one line where it is a paragraph or the like."""
    kind = str(facts.get("type") or facts.get("_type") or facts.get("tag") or facts.get("name") or "")
    children = next(
        (part for key in ("children", "content", "spans") if isinstance(part := facts.get(key), list)), None
    )
    if children and _LINE.search(kind) and all(isinstance(part, dict) and "text" in part for part in children):
        inner = _paragraphs(" ".join("".join(str(part["text"]) for part in children).split()))
    else:
        inner = next((html for key in _INNER if (html := _html(facts.get(key), depth - 1))), "")
    is_head = inner and re.match(r"head|h[2-6]$", kind, re.I)
    return f"<h3>{_TAG.sub(' ', inner)}</h3>" if is_head else inner


def _paragraphs(text: str) -> str:
    text = text.strip()
    text = unescape(text) if _ESCAPED.search(text[:200]) else text
    if not text or _CODE.search(text[:3000]) or text.startswith(("http://", "https://", "data:")):
        return ""
    if _MARKUP.search(text):
        return (
            text
            if re.match(r"<(?:p|div|h\d|ul|ol|blockquote|figure|section|article)", text, re.I)
            else f"<div>{text}</div>"
        )
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in re.split(r"\s*\n\s*", text) if line)


def _plain(html: str) -> str:
    return tidy(_TAG.sub(" ", html))


def _looks_written(html: str) -> bool:
    """Whether text without a headline is a story: several sentences."""
    return len(re.findall(r"[a-z\"”)][.!?](?:\s|<|$)", html)) >= 3


def _string(value: Any) -> str:
    """A string, a number as one, or the one inside a small object (``{"rendered": ...}``)."""
    if isinstance(value, str):
        return tidy(_TAG.sub(" ", value))
    if isinstance(value, dict):
        return next(
            (text for key in _WRAPPED if isinstance(part := value.get(key), str) and (text := _string(part))), ""
        )
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _address(value: Any) -> str:
    if isinstance(value, list):
        return next((text for part in value if (text := _address(part))), "")
    if isinstance(value, dict):
        return next(
            (
                text
                for key in ("url", "src", "@id", "source_url", "large", "original")
                if (text := _address(value.get(key)))
            ),
            "",
        )
    return value if isinstance(value, str) and value.startswith(("http", "/")) else ""


def _names(facts: Mapping[str, Any], keys: Iterable[str]) -> tuple[str, ...]:
    """The names under the first key that has any."""
    for key in keys:
        value = facts.get(key)
        parts = value if isinstance(value, list) else value.split(",") if isinstance(value, str) else [value]
        names = [_string(part) if not isinstance(part, int) else "" for part in parts[:30]]
        if kept := tuple(name for name in names if 0 < len(name) <= 80):
            return kept
    return ()


def _moment(facts: Mapping[str, Any], keys: Iterable[str]) -> str:
    for key in keys:
        value = facts.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and 1e8 < value < 1e14:
            seconds = value / 1000 if value > 1e11 else value
            return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds") if seconds < 1e11 else ""
        if isinstance(value, str) and re.search(r"\d{4}", value) and len(value) <= 60:
            return value
    return ""


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
