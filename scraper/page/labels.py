"""What the outlet files a story under: its own tags (not the site's trending ones), section and picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from scraper.language import FUNCTION_WORDS
from scraper.page.decode import tidy
from scraper.page.layout import WHOLE, Layout, Line, fold
from scraper.page.rules import SiteRules
from scraper.page.structured import Structured, strings
from scraper.page.text import select
from scraper.page.tree import label_of, text_of

_TAG_BOX = re.compile(
    r"(?<![a-z])(?:[a-z]+[-_]{1,2})?(?:tags?|td-tags|topik|topics?|keywords?|tagcloud|label)(?:[-_]{1,2}[a-z]+)*(?![a-z])"
)
_TAG_HREF = re.compile(r"/(?:tags?|topik|topics?|topic-news|tagar|label|keyword)/", re.I)
_SITE_WIDE = re.compile(
    r"(?<![a-z])(?:trending|populer|popular|today|cloud|header|nav|sidebar|widget|menu|footer|related|terkait)(?![a-z])"
)
_GENERIC = re.compile(
    r"^(?:tags?|topik|label|berita|news|terkini|berita (?:terkini|terbaru|hari ini|indonesia|online|utama)"
    r"|portal indonesia|headline\w*|home"
    r"|terpopuler|indonesia news|selengkapnya|lihat semua|more|share)\W*$",
    re.I,
)
_SECTION_HREF = re.compile(r"^/(?:category/|kategori/|kanal/|rubrik/)?(?P<name>[a-z][a-z-]{2,25})/")
_NO_SECTION = frozenset(
    (
        "read",
        "berita",
        "news",
        "artikel",
        "article",
        "articles",
        "detail",
        "amp",
        "post",
        "index",
        "home",
        "beranda",
        "print",
    )
)
_CHOICE = re.compile(r"\b(?:pilihan|(?:ter)?populer|trending|terkini|today|popular|hot topics?)\b", re.I)
_REACH = 60
_NEAR = 12
_MAX_TAGS = 20
_MAX_TAG = 60


def find_tags(
    root: HtmlElement, layout: Layout, data: Structured, rules: SiteRules, *, title: str, body: Iterable[str]
) -> tuple[str, ...]:
    """This article's tags: the site's rule, the tag box at the story, else the keywords that its text bears out."""
    if rules.tags:
        ruled = _clean(text_of(node) for node in select(root, rules.tags))
        if ruled:
            return ruled
    boxed = _clean(_boxed(layout))
    if boxed:
        return boxed
    text = fold(f"{title} {' '.join(body)}")
    for words in _keyword_lists(root, data):
        tags = _clean(words)
        if tags and not _is_chopped(tags) and any(fold(tag) in text or _shares_word(tag, text) for tag in tags):
            return tags
    return ()


def _boxed(layout: Layout) -> list[str]:
    """Tag links that follow the headline: the first box that holds any."""
    first = layout.headline if layout.headline is not None else layout.start
    found: list[tuple[HtmlElement, str]] = []
    for index, line in enumerate(layout.lines[first : layout.end + _REACH], first):
        box = _tag_box(line, named_only=index >= layout.end + _NEAR)
        if box is not None and not any(
            _CHOICE.search(other.text) for other in layout.lines[max(0, index - 2) : index + 1]
        ):
            found += [(box, text) for text in _link_texts(line)]
        elif found and index >= layout.start:
            break
    return [text for box, text in found if box is found[0][0]]


def _tag_box(line: Line, *, named_only: bool) -> HtmlElement | None:
    """The element that groups a line's tag links, if the line is one."""
    nodes = [node for node in [line.node, *line.node.iterancestors()][:6] if node.tag not in WHOLE]
    link = next((node for node in nodes if node.tag == "a"), None)
    links = [link] if link is not None else list(line.block.iter("a"))
    if not links or any(_SITE_WIDE.search(label_of(node)) for node in nodes):
        return None
    if any(
        node.tag in ("ul", "div", "p", "section", "span", "footer") and _TAG_BOX.search(label_of(node))
        for node in nodes
    ):
        return next(node for node in reversed(nodes) if _TAG_BOX.search(label_of(node)))
    marked = not named_only and all(
        (node.get("rel") or "") == "tag" or _TAG_HREF.search(node.get("href") or "") for node in links
    )
    return _group(links[0]) if marked else None


def _group(link: HtmlElement) -> HtmlElement | None:
    parent = link.getparent()
    if (
        parent is not None
        and parent.tag in ("li", "span", "h3", "h4", "strong", "b")
        and parent.getparent() is not None
    ):
        return parent.getparent()
    return parent


def _link_texts(line: Line) -> list[str]:
    """The links of a line, which may begin with one and hold more."""
    around = [node for node in [line.node, *line.node.iterancestors()][:4] if node.tag == "a"]
    alone = bool(around) and fold(text_of(around[0])) == line.folded
    links = around if alone else list(line.block.iter("a"))
    texts = [text_of(node) for node in links]
    return [text for text in texts if text]


def _keyword_lists(root: HtmlElement, data: Structured) -> Iterable[list[str]]:
    hidden = [text_of(node) for node in root.xpath('//*[@itemprop="keywords"]') if node.tag != "meta"]
    yield [part for text in hidden for part in text.split(",")]
    yield [part for value in data.meta.get("article:tag", ()) for part in value.split(",")]
    yield data.first("news_keywords", "parsely-tags").split(",")
    yield [part for value in strings(data.article.get("keywords")) for part in value.split(",") if ":" not in part]
    yield data.first("dtk:keywords", "keywords").split(",")


def _shares_word(tag: str, text: str) -> bool:
    return any(len(word) > 3 and f" {word} " in f" {text} " for word in fold(tag).split())


def _is_chopped(tags: Iterable[str]) -> bool:
    """A sentence cut into words is no list of tags."""
    return any(tag.casefold() in FUNCTION_WORDS for tag in tags)


def _clean(texts: Iterable[str]) -> tuple[str, ...]:
    tags: dict[str, str] = {}
    for text in texts:
        tag = tidy(text).strip(" #,;:|·•\"'")
        if fold(tag) and len(tag) <= _MAX_TAG and not _GENERIC.match(tag):
            tags.setdefault(fold(tag), tag)
    return tuple(list(tags.values())[:_MAX_TAGS])


def find_section(root: HtmlElement, data: Structured, rules: SiteRules, *, url: str) -> str | None:
    """The section as the outlet names it, else the first word of the address."""
    ruled = [text_of(node) for node in select(root, rules.section)] if rules.section else []
    stated = [
        *ruled,
        data.text("articleSection"),
        data.first("article:section", "dtk:namakanal", "section"),
        *_categories(root),
        *_breadcrumb(root),
    ]
    section = next((text for text in stated if text and len(text) <= 40 and not text.startswith("http")), None)
    if section is None:
        path = _SECTION_HREF.match(urlsplit(url).path) if url else None
        section = path["name"].replace("-", " ") if path and path["name"] not in _NO_SECTION else None
    return section


def _categories(root: HtmlElement) -> list[str]:
    """The category link that a blog system sets beside the headline."""
    return [text_of(node) for node in root.iter("a") if "category" in (node.get("rel") or "").lower().split()][:1]


def _breadcrumb(root: HtmlElement) -> list[str]:
    """The last link of the breadcrumb; the first one is the home page."""
    for node in root.iter("ul", "ol", "div", "nav"):
        if re.search(r"(?<![a-z])(?:breadcrumbs?|breadcome|[a-z-]*breadcrumb)(?![a-z])", label_of(node)):
            texts = [text_of(link) for link in node.iter("a")]
            return [text for text in texts[1:] if text][-1:]
    return []


def find_image(root: HtmlElement, data: Structured, *, url: str) -> str | None:
    """The absolute http address of the lead image."""
    stated = data.first("og:image", "og:image:url", "twitter:image", "thumbnailurl") or next(
        _image_urls(data.article.get("image")), ""
    )
    try:
        address = urljoin(url, stated) if stated else ""
    except ValueError:
        return None
    return address if address.lower().startswith(("http://", "https://")) else None


def _image_urls(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _image_urls(item)
    elif isinstance(value, dict):
        yield from _image_urls(value.get("url") or value.get("contentUrl"))
