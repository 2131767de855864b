"""Pieces of sentences that digests and alerts share; text from the web becomes one short harmless line here."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

from pantau import wording
from pantau.translations import gettext as _

LONGEST_TITLE = 90


def told(text: str, *, limit: int = LONGEST_TITLE) -> str:
    """Text from anywhere on one line, without invisible characters, cut at a word."""
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)
    line = " ".join(visible.split())
    return line if len(line) <= limit else f"{line[:limit].rpartition(' ')[0] or line[:limit]}…"


def web_address(url: str) -> str:
    """The address if a mail program may follow it, else nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc and url.isprintable() and " " not in url else ""


def compared(now: int, before: int) -> str:
    """``▲ pekan lalu 3``: an arrow for the eye, and the number it stands for."""
    if before == 0:
        return _("baru pekan ini")
    arrow = "▲" if now > before else "▼" if now < before else "＝"
    return _("%(arrow)s pekan lalu %(num)s") % {"arrow": arrow, "num": wording.number(before)}


def change(now: int, before: int) -> str:
    """``naik 12% dari pekan lalu (37)``."""
    if before == 0:
        return _("pekan lalu tidak ada")
    share = {"share": wording.number(abs(round((now - before) / before * 100))), "num": wording.number(before)}
    if now == before:
        return _("sama dengan pekan lalu")
    if now > before:
        return _("naik %(share)s%% dari pekan lalu (%(num)s)") % share
    return _("turun %(share)s%% dari pekan lalu (%(num)s)") % share
