"""Pages in the markup of many content systems, of no site that we describe, with text of our own: read exactly."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from scraper.clock import WIB
from scraper.items import Article
from scraper.page.extract import extract_article

PAGES = sorted((Path(__file__).parent / "pages" / "anywhere").glob("*/page.html"))


def _published(article: Article) -> str | None:
    """The moment in western Indonesia, or the day."""
    found = article.published.value if article.published else None
    return (found.astimezone(WIB) if isinstance(found, datetime) else found).isoformat() if found else None


@pytest.mark.parametrize("page", PAGES, ids=[page.parent.name for page in PAGES])
def test_page_of_an_unknown_site_is_read_exactly(page: Path) -> None:
    expected = tomllib.loads((page.parent / "expected.toml").read_text(encoding="utf-8"))
    article = extract_article(page.read_bytes(), url=expected["url"])
    assert article.title == expected["title"]
    assert article.text == expected["text"]
    assert _published(article) == expected.get("published")
    assert list(article.authors) == expected["authors"]
    assert article.editor == expected.get("editor")
    assert list(article.tags) == expected["tags"]
    assert article.kind == expected.get("kind", "news")
