"""The door of this room: the bytes of a page to one Article. Pure: no network, clock or settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from lxml.html import HtmlElement

from scraper.items import Article
from scraper.page.bylines import find_credits
from scraper.page.dates import find_modified, find_published
from scraper.page.dating import Page
from scraper.page.kinds import kind_of, slots_of
from scraper.page.labels import find_image, find_section
from scraper.page.pagekind import Read, refuse_other
from scraper.page.parsed import ParsedPage, parse_page
from scraper.page.rules import GENERIC, SiteRules
from scraper.page.story import Story, find_story
from scraper.page.tags import find_tags
from scraper.page.text import select
from scraper.page.tree import text_of
from scraper.page.version import extraction_version
from scraper.rows import text_key
from scraper.urls import host_of, normalise_url


def extract_article(
    body: bytes,
    *,
    url: str | None,
    rules: SiteRules = GENERIC,
    content_type: str | None = None,
    site: str = "",
    canonical_url: str | None = None,
    more_pages: Sequence[bytes] = (),
    fetched_at: datetime | None = None,
) -> Article:
    """The article on a page.

    ``more_pages`` are the later pages of the same story, in order. Raises ExtractionError (``empty``, ``no-text``,
    ``too-large``, ``not-html``, ``not-article``, ``soft-404``), and ProfileError for a selector in ``rules`` that
    cannot be read.
    """
    page = parse_page(body, url=url, content_type=content_type)
    return article_on(
        page, rules=rules, site=site, canonical_url=canonical_url, more_pages=more_pages, fetched_at=fetched_at
    )


def article_on(
    page: ParsedPage,
    *,
    rules: SiteRules = GENERIC,
    site: str = "",
    canonical_url: str | None = None,
    more_pages: Sequence[bytes] = (),
    fetched_at: datetime | None = None,
) -> Article:
    """``extract_article`` for a page that is parsed already."""
    story = find_story(page, rules=rules, more_pages=more_pages)
    dates = _dates(page, story, rules, fetched_at)
    article = _dated(_described(page, story, rules), dates)
    read = Read(title=story.title, lines=story.lines, dated=article.published is not None)
    refuse_other(page.root, url=page.url, data=page.data, read=read)
    return replace(
        article,
        canonical_url=canonical_url or article.canonical_url,
        site=site or article.site,
        extraction=extraction_version(rules),
        fetched_at=fetched_at,
    )


def _described(page: ParsedPage, story: Story, rules: SiteRules) -> Article:
    """The article without its dates."""
    layout, data, url = story.layout, page.data, story.address
    section = find_section(page.root, data, rules, url=url)
    outlets = page.outlets
    credits = find_credits(layout, data, signature=story.signature, outlets=outlets, section=section)
    return Article(
        canonical_url=normalise_url(url) if url else text_key(story.title, story.text),
        title=story.title,
        text=story.text,
        url=page.url,
        site=host_of(page.url or url),
        authors=credits.authors,
        editor=credits.editor,
        tags=find_tags(page.root, layout, data, rules, title=story.title, body=story.lines, outlets=outlets),
        section=section,
        dateline=story.dateline,
        kind=kind_of(story.title, slots=slots_of(layout, data, section), text=story.text),
        language=story.language,
        image=find_image(page.root, data, url=url),
        extractor=story.extractor,
        flags=story.flags,
    )


def _dates(page: ParsedPage, story: Story, rules: SiteRules, fetched_at: datetime | None) -> Page:
    return Page(
        data=page.data,
        layout=story.layout,
        body=story.lines,
        addresses=[part for part in (page.url, story.address) if part],
        language=story.language,
        html=page.html,
        fetched_at=fetched_at,
        pinned=_pinned(page.root, rules),
    )


def _dated(article: Article, dates: Page) -> Article:
    published = find_published(dates)
    flags = article.flags if published else (*article.flags, "date-unknown")
    return replace(article, published=published, modified=find_modified(dates), flags=flags)


def _pinned(root: HtmlElement, rules: SiteRules) -> list[str]:
    """The date strings that a site's rules point at: an attribute for machines, else the text."""
    nodes = [node for selector in (rules.published, rules.byline) if selector for node in select(root, selector)]
    return [node.get("datetime") or node.get("content") or text_of(node) for node in nodes]
