"""The tools that the extraction benchmark compares, each as one function from a page to a prediction."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from lxml import html
from readability import Document
from trafilatura import extract

from scraper.errors import ExtractionError
from scraper.page.decode import decode
from scraper.page.extract import extract_article
from scraper.page.tree import lines_of
from scraper.rows import to_row

Prediction = dict[str, Any]
Reader = Callable[[bytes, str | None], Prediction]


def ours(body: bytes, url: str | None) -> Prediction:
    """Our own extraction, with all fields."""
    try:
        row = to_row(extract_article(body, url=url))
    except ExtractionError:
        return {}
    return row | {"date": row["published"]}


def trafilatura(body: bytes, url: str | None) -> Prediction:
    """trafilatura as it comes, with metadata."""
    found = json.loads(extract(body, url=url, output_format="json", with_metadata=True, include_comments=False) or "{}")
    return {key: found.get(key) for key in ("text", "title", "date", "author")}


def readability(body: bytes, url: str | None) -> Prediction:
    """readability-lxml, its summary as lines."""
    document = Document(decode(body), url=url)
    tree = html.fragment_fromstring(document.summary(html_partial=True), create_parent="div")
    return {"text": "\n".join(lines_of(tree)), "title": document.short_title()}


def newspaper(body: bytes, url: str | None, *, language: str) -> Prediction:
    """newspaper4k in the pages' language, without fetching images."""
    from newspaper import Article, Config

    config = Config()
    config.fetch_images, config.language = False, language
    article = Article(url or "http://localhost/", config=config)
    try:
        article.download(input_html=decode(body))
        article.parse()
    except Exception as error:  # a peer that fails on a page has read nothing from it
        warnings.warn(f"newspaper4k failed: {type(error).__name__}", stacklevel=1)
        return {}
    date = article.publish_date.isoformat() if article.publish_date else None
    return {"text": article.text, "title": article.title, "date": date, "author": list(article.authors)}


def readers(language: str, *, peers: bool) -> dict[str, Reader]:
    """The tools by name, ours first; a peer that is not installed is left out."""
    found: dict[str, Reader] = {"pantau": ours}
    if peers:
        found |= {"trafilatura": trafilatura, "readability": readability}
        if find_spec("newspaper"):
            found["newspaper4k"] = lambda body, url: newspaper(body, url, language=language)
    return found


def missing() -> str:
    """Why a peer is not in the table; empty where all are there."""
    return "" if find_spec("newspaper") else "newspaper4k: skipped, not installed; pip install 'pantau[peers]'"
