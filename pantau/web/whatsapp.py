"""A search as a block of text for WhatsApp: bold headings, one link each, nothing that a title could format."""

from __future__ import annotations

from collections.abc import Sequence

from pantau import wording
from pantau.translations import gettext as _
from pantau.translations import ngettext
from pantau.web.filters import SearchState
from pantau.web.labels import headline
from pantau.web.results import Story
from scraper.clock import now
from storage.search.results import SearchResult

SIGNS = {ord(sign): None for sign in "*_~`\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
"""What WhatsApp reads as markup, and what turns the direction of writing."""
LONGEST = 160
"""Characters of a title."""
OUTLETS = 3
"""Further outlets that are named; of the rest the number is."""


def whatsapp_text(state: SearchState, found: SearchResult, stories: Sequence[Story], *, troubles: str = "") -> str:
    """The stories of one page as text; ``troubles`` says which sources are not read."""
    count = ngettext("%(count)s berita", "%(count)s berita", found.total) % {"count": wording.number(found.total)}
    lines = [f"*{plain(headline(state))}*", f"{wording.long_date(now())} · {count}"]
    for number, story in enumerate(stories, 1):
        lines += ["", f"*{number}. {plain(story.hit.title) or _('(tanpa judul)')}*", _details(story)]
        lines += [story.hit.url] if story.hit.url.startswith(("http://", "https://")) else []
    more = found.total - sum(1 + len(story.others) for story in stories)
    if more > 0 and found.next:
        lines += ["", _("Selebihnya di Pantau.")]
    return "\n".join(lines + (["", plain(troubles)] if troubles else []))


def plain(text: str) -> str:
    """A text in one line without signs that WhatsApp would read as markup."""
    flat = " ".join(text.translate(SIGNS).split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rstrip() + "…"


def _details(story: Story) -> str:
    hit = story.hit
    parts = [_outlets(story), wording.short_time(hit.published)]
    parts += [wording.kind_label(hit.kind)] if hit.kind != "news" else []
    if story.assessment and story.assessment.tone_body:
        parts.append(_("tone %(tone)s") % {"tone": wording.tone_label(story.assessment.tone_body)})
    return " · ".join(parts)


def _outlets(story: Story) -> str:
    first, others = plain(story.hit.outlet) or _("media tidak diketahui"), [plain(name) for name in story.outlets]
    if not others:
        return first
    named = ", ".join(others[:OUTLETS])
    return f"{first} (+ {named}{f' +{len(others) - OUTLETS}' if len(others) > OUTLETS else ''})"
