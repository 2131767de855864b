"""A digest as an HTML mail body, as plain text and as a WhatsApp message that all say the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pantau import wording
from pantau.digests.model import Digest
from pantau.mail.bodies import html_body, text_body
from pantau.translations import gettext as _
from pantau.translations import ngettext

MAX_BYTES = 90_000
"""Gmail cuts a mail above 102 kB."""
MAX_WORDS = 600
CHART = "tren"
"""Content id of the picture."""


def subject(digest: Digest) -> str:
    """``[Kliping Tangsel] 3–9 Mei 2021 · 42 berita · 3 perlu perhatian``; always one line."""
    parts = [days_of(digest), wording.articles(digest.count)]
    if digest.attention:
        text = ngettext("%(num)s perlu perhatian", "%(num)s perlu perhatian", digest.attention)
        parts.append(text % {"num": digest.attention})
    return " ".join(f"[{_('Kliping')} {digest.heading}] {' · '.join(parts)}".split())


def days_of(digest: Digest) -> str:
    """``3–9 Mei 2021``, with the first month and year only where they differ."""
    return wording.day_span(digest.start, digest.end)


def fit(digest: Digest) -> Digest:
    """The digest within its limits of words and bytes: the longest sections lose their last lines, never the first."""
    while digest.sections and (word_count(digest) > MAX_WORDS or len(render_html(digest).encode()) > MAX_BYTES):
        at = max(range(len(digest.sections)), key=lambda number: (len(digest.sections[number].lines), number))
        section = digest.sections[at]
        shorter = (replace(section, lines=section.lines[:-1]),) if len(section.lines) > 1 else ()
        digest = replace(digest, sections=(*digest.sections[:at], *shorter, *digest.sections[at + 1 :]))
    return digest


def render_html(digest: Digest, *, chart: bool = True) -> str:
    """One column, 600 px, no image, font or script from anywhere; the chart travels in the mail."""
    return html_body("weekly", **_values(digest), chart=CHART if chart and digest.count else "")


def render_text(digest: Digest) -> str:
    """The same as text, for readers and mail programs without HTML."""
    return text_body("weekly.txt", **_values(digest))


def render_whatsapp(digest: Digest) -> str:
    """The same as one message to copy: bold headings, no address but the search."""
    return text_body("weekly.wa", **_values(digest))


def word_count(digest: Digest) -> int:
    """Words that a reader sees, addresses not counted."""
    return sum(1 for word in render_text(digest).split() if any(c.isalnum() for c in word) and "://" not in word)


def _values(digest: Digest) -> dict[str, Any]:
    return {"digest": digest, "subject": subject(digest), "days": days_of(digest)}
