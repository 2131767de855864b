"""Pages in the markup that the profiles were written for, with text of our own: read exactly, by rules and without."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.clock import WIB
from scraper.items import Article
from scraper.page.extract import extract_article
from scraper.page.rules import GENERIC, SiteRules
from scraper.page.text import select
from scraper.page.tree import parse
from spiders.catalogue import family
from spiders.sources import shipped

SOURCES = {source.name: source for source in shipped()}
ANYWHERE = "anywhere"
"""Pages of no site that is shipped: another test reads them."""
PAGES = sorted(page for page in (Path(__file__).parent / "pages").glob("*/*/page.html") if page.parts[-3] != ANYWHERE)
IDS = [f"{page.parent.parent.name}-{page.parent.name}" for page in PAGES]
RULED = [name for name, source in SOURCES.items() if source.rules is not GENERIC]


def _expected(page: Path) -> dict[str, Any]:
    return tomllib.loads((page.parent / "expected.toml").read_text(encoding="utf-8"))


def _read(page: Path, *, rules: SiteRules) -> Article:
    return extract_article(page.read_bytes(), url=_expected(page)["url"], rules=rules)


def _rules(page: Path) -> SiteRules:
    return SOURCES[page.parent.parent.name].rules


def _published(article: Article) -> str | None:
    """The moment in western Indonesia, or the day."""
    found = article.published.value if article.published else None
    return (found.astimezone(WIB) if isinstance(found, datetime) else found).isoformat() if found else None


def _minute(article: Article) -> datetime | None:
    found = article.published.value if article.published else None
    return found.astimezone(WIB).replace(second=0) if isinstance(found, datetime) else None


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_page_is_read_exactly(page: Path) -> None:
    article, expected = _read(page, rules=_rules(page)), _expected(page)
    assert article.title == expected["title"]
    assert article.text == expected["text"]
    assert _published(article) == expected["published"]
    assert list(article.authors) == expected["authors"]
    assert list(article.tags) == expected["tags"]
    assert article.editor == expected.get("editor")
    assert article.section == expected.get("section", article.section)
    assert article.flags == ()


@pytest.mark.parametrize(
    "page", [page for page in PAGES if _rules(page) is not GENERIC], ids=lambda page: page.parts[-3]
)
def test_generic_path_agrees_with_the_rules(page: Path) -> None:
    """Where it does not, the page says why; the drift alarm must not ring for a site as it is."""
    ruled, generic = _read(page, rules=_rules(page)), _read(page, rules=GENERIC)
    assert ruled.extractor == ("profile" if _rules(page).text else generic.extractor)
    agrees = (generic.title, generic.text, _minute(generic)) == (ruled.title, ruled.text, _minute(ruled))
    assert agrees is not ("differs" in _expected(page))
    assert "rules-disagree" not in ruled.flags


@pytest.mark.parametrize("name", RULED)
def test_rules_have_a_page(name: str) -> None:
    """Its own, or one of a sister site with the same rules; each selector names something on it."""
    pages = [page for page in PAGES if _rules(page) is SOURCES[name].rules]
    assert pages
    root = parse(pages[0].read_text(encoding="utf-8"))
    for field in fields(SiteRules):
        value = getattr(SOURCES[name].rules, field.name)
        for selector in value if isinstance(value, tuple) else (value,):
            assert not selector or select(root, selector), f"{field.name}: {selector}"


@pytest.mark.parametrize("name", sorted({family(source) for source in SOURCES.values()} - {""}))
def test_every_family_has_a_page(name: str) -> None:
    assert [page for page in PAGES if family(SOURCES[page.parts[-3]]) == name]
