"""The tags that an outlet gave one article: never the trending ones of its whole site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml.html import HtmlElement

from scraper.language import FUNCTION_WORDS
from scraper.page.decode import tidy
from scraper.page.layout import WHOLE, Layout, Line, fold
from scraper.page.names import is_outlet
from scraper.page.rules import SiteRules
from scraper.page.structured import Structured, strings
from scraper.page.taglines import split_tags
from scraper.page.text import select
from scraper.page.tree import label_of, text_of

_AROUND = (r"(?<![a-z])(?:[a-z]+[-_]{1,2})?(?:", r")(?:[-_]{1,2}[a-z]+)*(?![a-z])")
_TAG_BOX = re.compile(r"tags?|tagging|td-tags|keywords?|tagcloud\d?".join(_AROUND))
_TOPIC_BOX = re.compile(r"topik|topics?|label".join(_AROUND))
"""What holds topics on some sites and their tags on others: asked last."""
_TAG_HREF = re.compile(r"/(?:tags?|tagar|label|keyword)/|[?&](?:tags?|tagar|label)=", re.I)
_TOPIC_HREF = re.compile(r"/(?:topik|topics?|topic-news)/", re.I)
_SITE_WIDE = re.compile(
    r"(?<![a-z])(?:trending|populer|popular|today|cloud|header|nav|sidebar|(?<!elementor[-_])widget(?! blog)|menu"
    r"|(?<!entry[-_])(?<!post[-_])(?<!article[-_])footer|related|terkait)(?![a-z])"
)
_MARK = r"\b(?P<mark>\s*[:#|]\s*|\s*$|\s+)(?P<tags>.*)$"
_LABEL = re.compile(rf"^\W*(?:tags?|tag berita|kata kunci|keywords?|label|tagar){_MARK}", re.I)
_TOPIC = re.compile(rf"^\W*(?:topik(?: terkait| artikel| berita)?|topics?){_MARK}", re.I)
_HASHES = re.compile(r"(?:#[\w-]+(?: [\w-]+){0,3}[\s,|]*){2,}")
_GENERIC = re.compile(
    r"^(?:tags?|topik|label|berita(?: \w+){0,3}|news|terkini|portal (?:berita|indonesia)\b.*|headline\w*|home"
    r"|(?:info|kabar) (?:terkini|terbaru)|hari ini|terpopuler|indonesia news|selengkapnya|lihat semua|more|share)\W*$",
    re.I,
)
_CHOICE = re.compile(r"\b(?:pilihan|(?:ter)?populer|trending|terkini|today|popular|hot topics?)\b", re.I)
_BOXES = frozenset(("ul", "ol", "div", "p", "section", "span", "footer", "aside", "h4", "h5", "h6"))
_PIECES = frozenset(("span", "b", "strong", "li", "em", "i", "div", "dd"))
_REACH = 60
_NEAR = 12
_MAX_TAGS = 20
_MAX_TAG = 60
_MORE = 2
_MAX_BOX = 600
"""Characters; a larger element holds more than tags."""


def find_tags(
    root: HtmlElement,
    layout: Layout,
    data: Structured,
    rules: SiteRules,
    *,
    title: str,
    body: Sequence[str],
    outlets: Sequence[str] = (),
) -> tuple[str, ...]:
    """This article's tags: the site's rule, the tag box at the story, else the keywords that its text bears out.

    ``outlets`` are names and hosts of the site: no tags.
    """
    story = "\n".join(body)
    text = fold(f"{title} {story}")
    claims = [_clean(words, outlets) for words in _keyword_lists(root, data)]
    borne = [tags for tags in claims if not _is_chopped(tags) and any(_is_borne(tag, text) for tag in tags)]
    ruled = [text_of(node) for node in select(root, rules.tags)] if rules.tags else []
    boxed = _boxed(layout, _TAG_BOX, _TAG_HREF)
    shown = (ruled, boxed, _labelled(layout, _LABEL, title, story), _hashed(layout))
    for found in shown:
        tags = _clean(found, outlets)
        if tags:
            return tags if found is ruled else _completed(tags, borne, text)
    if borne:
        return borne[0]
    return _clean(_boxed(layout, _TOPIC_BOX, _TOPIC_HREF) or _labelled(layout, _TOPIC, title, story), outlets)


def _completed(tags: tuple[str, ...], lists: Sequence[tuple[str, ...]], text: str) -> tuple[str, ...]:
    """The tags with one or two more that the page states for machines and the story bears out: a box shows not all."""
    words = {word for tag in tags for word in fold(tag).split()}
    for stated in lists:
        more = [tag for tag in stated if tag not in tags]
        fits = all(set(fold(tag).split()) <= words or f" {fold(tag)} " in f" {text} " for tag in more)
        if set(tags) < set(stated) and len(more) <= _MORE and fits:
            return stated
    return tags


def _near(layout: Layout) -> Iterator[tuple[int, Line]]:
    """The lines from the headline on, to a reach below the story."""
    first = layout.headline if layout.headline is not None else layout.start
    yield from enumerate(layout.lines[first : layout.end + _REACH], first)


def _boxed(layout: Layout, named: re.Pattern[str], address: re.Pattern[str]) -> list[str]:
    """Tag links that follow the headline: the first box that holds any."""
    found: list[tuple[HtmlElement, str]] = []
    for index, line in _near(layout):
        far = index >= layout.end + _NEAR
        box = _tag_box(line, named, None if far else address)
        if box is not None and not _is_choice(layout.lines, index):
            found += [(box, text) for text in _link_texts(line)]
        elif not (layout.start <= index < layout.end) and (inner := _inner_box(layout, line, named)) is not None:
            found += [(inner, text) for text in map(text_of, inner.iter("a")) if text]
        elif found and index >= layout.start:
            break
    return [text for box, text in found if box is found[0][0]]


def _is_choice(lines: Sequence[Line], index: int) -> bool:
    """Whether tag links stand under a heading such as ``Topik Pilihan``."""
    holders = list(lines[index].node.iterancestors())[:6]
    heads = (line for line in lines[max(0, index - 2) : index] if line.block.getparent() in holders)
    return any(_CHOICE.search(line.text) for line in [*heads, lines[index]])


def _tag_box(line: Line, named: re.Pattern[str], address: re.Pattern[str] | None) -> HtmlElement | None:
    """The element that groups a line's tag links, if the line is one: by its class or, near the story, by its links."""
    if not line.linked and line.block.find(".//a") is None:
        return None
    nodes = [node for node in [line.node, *line.node.iterancestors()][:6] if node.tag not in WHOLE]
    link = next((node for node in nodes if node.tag == "a"), None)
    links = [link] if link is not None else list(line.block.iter("a"))
    if not links:
        return None
    places = [place for place, node in enumerate(nodes) if node.tag in _BOXES and named.search(label_of(node))]
    around = nodes[places[0] :] if places else nodes
    marked = bool(places) or (address is not None and all(_is_tag(node, address) for node in links))
    if not marked or any(_SITE_WIDE.search(label_of(node)) for node in around):
        return None
    return _outer(nodes[places[-1]] if places else links[0].getparent())


def _inner_box(layout: Layout, line: Line, named: re.Pattern[str]) -> HtmlElement | None:
    """The tag box that is a piece of a line, beside category and date."""
    block = line.block
    if len(line.text) > _MAX_BOX or block.tag in WHOLE:
        return None
    inside = (node for node in block.iter("span", "div") if node is not block and named.search(label_of(node)))
    box = next((node for node in inside if node.find(".//a") is not None), None)
    return box if box is not None and not layout.in_chrome(line) else None


def _is_tag(link: HtmlElement, address: re.Pattern[str]) -> bool:
    return (link.get("rel") or "") == "tag" or address.search(link.get("href") or "") is not None


def _outer(node: HtmlElement | None) -> HtmlElement | None:
    """The element that groups the boxes where each tag has one of its own."""
    parent = node.getparent() if node is not None else None
    if node is None or parent is None or parent.tag in WHOLE or node.tag in ("ul", "ol"):
        return node
    alike = sum(child.tag == node.tag and label_of(child) == label_of(node) for child in parent)
    return parent if alike > 1 and len(list(node.iter("a"))) <= 1 else node


def _link_texts(line: Line) -> list[str]:
    """The links of a line, which may begin with one and hold more."""
    around = [node for node in [line.node, *line.node.iterancestors()][:4] if node.tag == "a"]
    alone = bool(around) and fold(text_of(around[0])) == line.folded
    links = around if alone else list(line.block.iter("a"))
    return [text for text in map(text_of, links) if text]


def _labelled(layout: Layout, label: re.Pattern[str], title: str, story: str) -> list[str]:
    """What stands after a label (``Tags:``, ``Topik Terkait``): links, pieces of markup, else words of a line."""
    for _, line in _near(layout):
        match = label.match(line.text)
        if not match or len(line.text) > _MAX_BOX or layout.in_chrome(line) or _CHOICE.search(line.text):
            continue
        found = _beside_label(line, match, title, story)
        if found:
            return found
    return []


def _beside_label(line: Line, match: re.Match[str], title: str, story: str) -> list[str]:
    holder = line.block
    if not match["tags"]:
        parent = holder.getparent()
        holder = parent if parent is not None and len(text_of(parent)) <= _MAX_BOX else holder
    links = [text_of(node) for node in holder.iter("a")]
    pieces = [text_of(node) for node in holder if node.tag in _PIECES]
    for found in (links, pieces):
        tags = [text for text in found if text and not match.re.match(text)]
        if tags and sum(map(len, tags)) >= 0.6 * len(text_of(holder)) - len("Topik Terkait"):
            return tags
    return list(split_tags(match["tags"], title=title, text=story)) if match["mark"].strip() else []


def _hashed(layout: Layout) -> list[str]:
    """The tags of a line that has nothing but hash signs with a word or two each."""
    for index, line in _near(layout):
        if index >= layout.start and _HASHES.fullmatch(line.text):
            links = [text_of(node) for node in line.block.iter("a")]
            return links or [part.strip(" ,|") for part in line.text.split("#")]
    return []


def _keyword_lists(root: HtmlElement, data: Structured) -> Iterable[list[str]]:
    hidden = [text_of(node) for node in root.iterfind('.//*[@itemprop="keywords"]') if node.tag != "meta"]
    yield [part for text in hidden for part in text.split(",")]
    yield [part for value in data.meta.get("article:tag", ()) for part in value.split(",")]
    yield data.first("news_keywords", "parsely-tags").split(",")
    yield [part for value in strings(data.article.get("keywords")) for part in value.split(",") if ":" not in part]
    yield data.first("dtk:keywords", "keywords").split(",")


def _is_borne(tag: str, text: str) -> bool:
    """Whether a story bears a keyword out: in whole or in a word."""
    return fold(tag) in text or any(len(word) > 3 and f" {word} " in f" {text} " for word in fold(tag).split())


def _is_chopped(tags: Iterable[str]) -> bool:
    """A sentence cut into words is no list of tags."""
    return any(tag.casefold() in FUNCTION_WORDS for tag in tags)


def _clean(texts: Iterable[str], outlets: Sequence[str]) -> tuple[str, ...]:
    tags: dict[str, str] = {}
    for text in texts:
        tag = tidy(text).strip(" #,;:|·•\"'")
        if fold(tag) and len(tag) <= _MAX_TAG and not _GENERIC.match(tag) and not is_outlet(tag, outlets):
            tags.setdefault(fold(tag), tag)
    return tuple(list(tags.values())[:_MAX_TAGS])
