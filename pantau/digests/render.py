"""A digest as an HTML mail body and as plain text that says the same."""

from __future__ import annotations

from pathlib import Path

import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pantau import wording
from pantau.digests.model import Digest

MAX_BYTES = 90_000
"""Gmail cuts a mail above 102 kB."""
MAX_WORDS = 600


def subject(digest: Digest) -> str:
    """``Kliping Tangsel, 3 Mei 2021 – 9 Mei 2021: 42 berita``; one line, whatever the region's name holds."""
    days = f"{wording.short_date(digest.start)} – {wording.short_date(digest.end)}"
    return " ".join(f"Kliping {digest.region}, {days}: {wording.number(digest.count)} berita".split())


def render_html(digest: Digest) -> str:
    """One column, 600 px, no image, font or script from anywhere."""
    markup = _environment(escape=True).get_template("weekly.mjml.jinja").render(digest=digest, subject=subject(digest))
    return str(mrml.to_html(markup, None, mrml.RenderOptions(fonts={})).content)


def render_text(digest: Digest) -> str:
    """The same as text, for readers and clients without HTML."""
    return _environment(escape=False).get_template("weekly.txt.jinja").render(digest=digest)


def word_count(digest: Digest) -> int:
    """Words that a reader sees, addresses not counted."""
    return sum(1 for word in render_text(digest).split() if any(c.isalnum() for c in word) and "://" not in word)


def _environment(*, escape: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"short_date": wording.short_date, "number": wording.number}
    return environment
