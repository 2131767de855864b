"""The text of a PDF: a saved page of a paper or of a site, as far as it holds text and no picture of it."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from scraper.errors import InputError

MOST_PAGES = 60
LEAST = 80
"""Characters: with fewer the pages are pictures."""
_HYPHEN = re.compile(r"(\w)-\n(\w)")
_END = re.compile(r"[.!?:”\"’')]\s*$")


def read_pdf(body: bytes) -> str:
    """Title line and paragraphs, a blank line between. Raises InputError for what is no PDF, locked, or a picture."""
    try:
        reader = PdfReader(io.BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("the PDF is locked by a password; save it without one")
        if len(reader.pages) > MOST_PAGES:
            raise InputError(
                "the PDF has %(count)s pages; cut out the article, at most %(most_pages)s",
                count=len(reader.pages),
                most_pages=MOST_PAGES,
            )
        text = "\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise InputError(
            "the PDF cannot be read (%(error)s); print the page to PDF again, or paste the text", error=error
        ) from error
    if len(text.strip()) < LEAST:
        raise InputError("the PDF holds no text, only pictures; paste the text instead")
    return "\n\n".join(_paragraphs(text))


def _paragraphs(text: str) -> list[str]:
    """Lines joined to paragraphs: one ends where a sentence does at a short line, and at a blank line."""
    lines = [line.strip() for line in _HYPHEN.sub(r"\1\2", text).split("\n")]
    width = max(map(len, lines), default=0)
    paragraphs: list[str] = []
    current: list[str] = []
    for line in lines:
        if line:
            current.append(line)
        if current and (not line or (len(line) < 0.8 * width and (_END.search(line) or not paragraphs))):
            paragraphs.append(" ".join(current))
            current = []
    return [*paragraphs, " ".join(current)] if current else paragraphs
