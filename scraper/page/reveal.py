"""Pages that show a reader nothing before their scripts ran: the article of their data is put where it would stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import html as lxml_html
from lxml.html import HtmlElement

from scraper.page.decode import tidy
from scraper.page.embedded import EmbeddedArticle, find_embedded
from scraper.page.embedded_data import embedded_data
from scraper.page.layout import Line
from scraper.page.tree import parse

_SHELL = 400
"""A page that shows fewer characters of prose shows no story."""
_FAR_LONGER = 2.5
"""So many times more text stands in the data of a page that shows only a beginning."""
_WHOLE = 2000
"""With so many characters of prose in sight a page shows its story."""
_PROSE = 60


def reveal(root: HtmlElement, lines: Sequence[Line], *, url: str | None) -> bool:
    """Write the embedded article into the tree, as a reader would see it; False where the page stays as it is.

    ``lines`` are the page's visible ones. Only where they show nothing, or far less than its data holds. What the
    page's head states stays and wins.
    """
    shown = sum(len(line.text) for line in lines if len(line.text) >= _PROSE and not line.linked)
    least = _FAR_LONGER * shown
    if shown >= _WHOLE:
        return False
    if sum(len(script.text or "") for script in root.iter("script")) < max(_SHELL, least):
        return False
    data = embedded_data(root, longer_than=least if shown >= _SHELL else 0)
    article = find_embedded(data, url=url, titles=_titles(root))
    if article is None or article.length < least:
        return False
    _write(root, article)
    return True


def _titles(root: HtmlElement) -> Iterator[str]:
    for node in root.xpath("//title | //h1 | //meta[@property='og:title' or @name='twitter:title' or @name='title']"):
        yield node.get("content") or " ".join(node.text_content().split())


def _write(root: HtmlElement, article: EmbeddedArticle) -> None:
    head, body = root.find(".//head"), root.find(".//body")
    if head is None or body is None:
        return
    statements = [script for script in body.iter("script") if "ld+json" in (script.get("type") or "")]
    for name, value in _metas(article):
        if value and not root.xpath("//meta[@property=$name or @name=$name]", name=name):
            _add(head, "meta", "", property=name, content=_clean(value))
    body.clear()
    body.append(_page(article))
    head.extend(statements)


def _metas(article: EmbeddedArticle) -> Iterator[tuple[str, str]]:
    yield "og:title", article.title
    yield "article:published_time", article.published
    yield "article:modified_time", article.modified
    yield "article:section", article.section
    yield "og:image", article.image


def _page(article: EmbeddedArticle) -> HtmlElement:
    """Headline, byline, story and tags in the order of any article page."""
    page: HtmlElement = lxml_html.Element("article")
    if article.title:
        _add(page, "h1", article.title)
    credits = (("Penulis", ", ".join(article.authors)), ("Editor", article.editor))
    for label, names in credits:
        if names:
            _add(page, "div", f"{label}: {names}", **{"class": "byline"})
    story = parse(f"<html><body>{article.html}</body></html>").find(".//body")
    if story is not None:
        story.tag = "div"
        page.append(story)
    if article.tags:
        box = _add(page, "div", "", **{"class": "tags"})
        for tag in article.tags:
            _add(box, "a", tag, href="/tag/", rel="tag")
    return page


def _add(parent: HtmlElement, tag: str, text: str, **attributes: str) -> HtmlElement:
    node: HtmlElement = lxml_html.Element(tag, attributes)
    node.text = _clean(text)
    parent.append(node)
    return node


def _clean(text: str) -> str:
    """Text that may stand in a tree: data may hold controls and halves of characters."""
    return tidy(text).encode("utf-8", "replace").decode("utf-8")
