"""Repair and prune a page's tree before the body is looked for: bare text becomes paragraphs, noise goes."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from scraper.page.tree import BLOCKS, drop, label_of, text_of

_ALWAYS = tuple(
    re.findall(
        r"\w+", "script style noscript template svg iframe form button select textarea dialog object embed canvas"
    )
)
_NOISE = re.compile(
    r"""(?<![a-z])(?:
      related|terkait|baca[-_]?juga|bacajuga|lihat[-_]?(?:jg|juga)|link[-_]?sisip|read[-_]?(?:also|more|next)|see[-_]?also
    | also[-_]?(?:like|read)|more[-_](?:stories|news|articles|from)|you[-_]may|up[-_]next|artikel[-_]lain
    | berita[-_]lain(?:nya)?
    | jp[-_]relatedposts|yarpp|(?:ter)?populer|popular|most[-_](?:read|viewed)|trending|rekomendasi|recomm?end\w*
    | share\w*|sharing|sharedaddy|social\w*|sosmed\w*|sosial\w*|addthis\w*|addtoany\w*|follow[-_]us|ikuti
    | komentar\w*|comments?|commentlist|disqus\w*|fb[-_]comments|respond
    | ads?|adv|advert\w*|ad[-_](?:slot|unit|container|wrapper)|adsbygoogle|iklan\w*|banner\w*|parallax\w*|sponsor\w*
    | promo\w*
    | div[-_]gpt\w*|taboola\w*|outbrain\w*|mgid\w*
    | newsletter\w*|subscri\w*|berlangganan|sign[-_]?up|paywall\w*|cookie\w*|consent\w*|gdpr\w*|modal|popup|overlay
    | breadcrumb\w*|breadcome|pagination|paging|page[-_]?nav\w*|prev[-_]?next|post[-_]navigation|nav[-_]links
    | sidebar\w*|(?<!elementor[-_])widget(?! blog)\w*|menu\w*|navbar\w*|top[-_]?bar|footer\w*|copyright
    | site[-_](?:header|footer|description|title|branding|tagline|info)
    | tags?|tag[-_]?(?:list|cloud|box)|tags[-_]?links|topik\w*|topics?|keywords?
    | caption\w*|para[-_]caption|wp[-_]caption[-_]text|figcaption|photo[-_]?credit|image[-_]?(?:credit|source|caption)
    | (?:author|penulis)[-_]?(?:box|bio|info|card|detail)|about[-_]author|tentang[-_]penulis
    | post[-_]meta|entry[-_]meta|byline\w*
    | rollover[-_]\w+[-_]block|cta|click[-_]to[-_]tweet|read(?:ing)?[-_]time
    | sr[-_]only|screen[-_]reader\w*|visually[-_]hidden|print[-_]only|no[-_]?print
    )(?![a-z])""",
    re.X,
)
_KEEP = re.compile(
    r"(?<![a-z])(?:article[-_]?body|entry[-_]?content|post[-_]?content|story[-_]?body|main[-_]?content|has-"
    r"|text[-_]editor|sow[-_]editor|tinymce|theme-post-content|wpb_text_column|et_pb_text)"
)
_NEVER = frozenset(("html", "body", "main", "h1", "head", "title", "meta", "link"))
_BESIDE = frozenset(("figcaption", "nav", "footer"))
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SHORT = 300
_STORY = 400
_CONTENT_SHARE = 0.35
_MIN_RUN = 30
_BREAKS = 2
_MIN_INLINE = 80
_INLINE = frozenset(("span", "b", "strong", "em", "i", "u", "font"))


def prune(root: HtmlElement) -> None:
    """Take out scripts, forms and the nodes that their class or id calls noise, unless they hold the story."""
    for node in list(root.iter(*_ALWAYS)):
        _drop_unless_large(node)
    total = max(1, _paragraph_length(root))
    for node in list(root.iter(etree.Element)):
        label, beside = label_of(node), node.tag in _BESIDE
        noise, hidden = beside or (label and is_noise(label)), _is_hidden(node, label)
        if not (noise or hidden) or node.tag in _NEVER or node.getparent() is None:
            continue
        if (noise and not _stands_in_sentence(node) and _is_small(node, total)) or (hidden and _is_short(node)):
            drop(node)


def _is_hidden(node: HtmlElement, label: str) -> bool:
    """Whether no reader sees an element."""
    if node.get("hidden") is not None or ("hide" in label and "hide" in label.split()):
        return True
    style = node.get("style")
    return style is not None and _UNSEEN.search(style) is not None


def _is_short(node: HtmlElement) -> bool:
    """A longer piece that is hidden may be the rest of a story behind a button."""
    return len("".join(node.itertext())) <= _SHORT


def unname_inline(root: HtmlElement) -> None:
    """Take class and id from inline elements that stand in a sentence: an extractor reads ``class="link"`` as noise."""
    for node in root.iter("span", "a", "b", "strong", "em", "i", "u", "mark", "font"):
        if node.attrib and label_of(node) and _stands_in_text(node):
            for name in ("class", "id"):
                node.attrib.pop(name, None)


def _stands_in_text(node: HtmlElement) -> bool:
    """Whether a paragraph goes on before or after an inline element."""
    before = node.getprevious()
    lead = (before.tail if before is not None else getattr(node.getparent(), "text", "")) or ""
    return len(lead.strip()) > 1 or len((node.tail or "").strip()) > 1


def _drop_unless_large(node: HtmlElement) -> None:
    """A form may wrap the whole page on old systems; then only its fields go."""
    if node.tag == "form" and len(text_of(node)) > _STORY:
        node.tag = "div"
        return
    drop(node)


@lru_cache(maxsize=8192)
def is_noise(label: str) -> bool:
    """Whether class and id of an element call it noise."""
    return bool(_NOISE.search(label)) and not _KEEP.search(label)


def _stands_in_sentence(node: HtmlElement) -> bool:
    """A link inside a paragraph is part of its sentence, whatever its class says."""
    parent = node.getparent()
    if node.tag != "a" or parent is None or parent.tag not in ("p", "li", "span", "em", "strong", "b", "i"):
        return False
    return len("".join(parent.itertext())) - len("".join(node.itertext())) > _MIN_RUN


def _is_small(node: HtmlElement, total: int) -> bool:
    return _paragraph_length(node) < _CONTENT_SHARE * total and node.find(".//h1") is None


def _paragraph_length(node: HtmlElement) -> int:
    own = len(node.text or "") if node.tag == "p" else 0
    return own + sum(len("".join(part.itertext())) for part in node.iter("p"))


def unfold_tables(root: HtmlElement) -> None:
    """Old sites lay whole pages out in tables: one with a cell that long holds no figures but the story."""
    for table in list(root.iter("table")):
        cells = (cell for row in table.iter("tr") for cell in row if cell.tag == "td")
        if any(len("".join(cell.itertext())) >= _STORY for cell in cells):
            for part in [table, *table.iter("tbody", "tr", "td")]:
                part.tag = "div"


def _open_inline(root: HtmlElement) -> None:
    """Old sites set a whole story in one ``<font>`` or ``<span>``: one that holds paragraphs or breaks is a box."""
    for node in list(root.iter("font", "span", "b", "strong", "em", "i")):
        breaks = sum(child.tag in ("br", "p", "div") for child in node)
        if breaks >= _BREAKS and len("".join(node.itertext())) >= _STORY:
            node.tag = "div"
            parent = node.getparent()
            if parent is not None and parent.tag == "p":
                parent.tag = "div"


def wrap_bare_text(root: HtmlElement) -> None:
    """Make a ``<p>`` of every stretch of text that stands bare between breaks or beside paragraphs."""
    _open_inline(root)
    for node in list(root.iter("div", "td", "article", "section", "main", "center", "body")):
        if _has_bare_text(node):
            _wrap_runs(node)


def _has_bare_text(node: HtmlElement) -> bool:
    """Whether text stands bare, or in inline elements only, beside paragraphs or breaks."""
    if not any(child.tag in ("br", "p") for child in node):
        return False
    bare = len((node.text or "").strip()) + sum(len((child.tail or "").strip()) for child in node)
    inline = (child for child in node if child.tag in _INLINE)
    return bare >= _MIN_RUN or any(len("".join(child.itertext()).strip()) >= _MIN_INLINE for child in inline)


def _wrap_runs(node: HtmlElement) -> None:
    children = list(node)
    run: HtmlElement = node.makeelement("p")
    run.text, node.text = node.text, None
    for child in children:
        node.remove(child)
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag == "br" or child.tag in BLOCKS:
            run = _flush(node, run)
            if child.tag != "br":
                node.append(child)
            run.text = tail
        else:
            run.append(child)
            child.tail = tail
    _flush(node, run)


def _flush(node: HtmlElement, run: HtmlElement) -> HtmlElement:
    """Append a run that has text to its parent; the new empty run comes back."""
    if len(run) or (run.text or "").strip():
        node.append(run)
    fresh: HtmlElement = node.makeelement("p")
    return fresh
