"""What sort of piece a page is, by the outlet's own word: paid, release, opinion, photo, hoax check, correction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scraper.items import ArticleKind
from scraper.page.layout import Layout
from scraper.page.structured import Structured


@dataclass(frozen=True, slots=True)
class Sign:
    """How outlets mark one kind."""

    kind: ArticleKind
    title: str
    """Pattern found in the headline."""
    slot: str
    """Pattern of the whole section name, kicker or byline piece."""


SIGNS = (
    Sign(
        "advertorial",
        r"\(adv\)|\[adv\]|^advertorial\b|\badvertorial\s*[:|-]",
        r"advertorial|adv|iklan|sponsored(?: content)?|brand(?:ed)? content|pariwara|paid (?:post|partner content)",
    ),
    Sign(
        "correction",
        r"^\W*(?:ralat|koreksi|hak jawab|hak koreksi|permintaan maaf)\b|^correction\b",
        r"ralat|koreksi|hak jawab",
    ),
    Sign(
        "hoax",
        r"^\W*(?:hoaks|hoax|cek fakta|salah|keliru|disinformasi|misinformasi)\s*[:\])|]"
        r"|\[(?:hoaks|hoax|salah|klarifikasi)\]"
        r"|\b(?:dipastikan|adalah) hoaks\b|\bhoaks\b.*\bfakta",
        r"cek fakta|hoaks?|hoax|fact ?check|anti ?hoa(?:ks|x)",
    ),
    Sign(
        "release",
        r"^\W*(?:siaran pers|rilis pers|press release)\b",
        r"siaran pers|rilis pers|rilis|press ?release|pr newswire|release",
    ),
    Sign(
        "opinion",
        r"^\W*(?:opini|kolom|tajuk(?: rencana)?|editorial|catatan redaksi|surat pembaca)\s*[:|-]",
        r"opini|opinion|kolom|kolom pakar|tajuk|tajuk rencana|editorial|comment(?:isfree|ary)|columnists?|esai"
        r"|surat pembaca",
    ),
    Sign(
        "photo",
        r"^\W*(?:foto|photos?|infografis|galeri foto)\b\s*[:\]|-]",
        r"foto|galeri(?: foto)?|photos?|in ?picture|fotografi|gallery",
    ),
    Sign("video", r"^\W*video\b\s*[:\]|-]", r"videos?|tv|vod"),
)

_TITLES = tuple((sign.kind, re.compile(sign.title, re.I)) for sign in SIGNS)
_SLOTS = tuple((sign.kind, re.compile(rf"\W*(?:{sign.slot})\W*", re.I)) for sign in SIGNS)
_LONG = 1500


def kind_of(title: str, *, slots: Iterable[str], text: str) -> ArticleKind:
    """The kind of a piece; ``slots`` are section, byline pieces and tags. A long text is no photo or video page."""
    labels = [slot for slot in slots if slot]
    for kind, pattern in _TITLES:
        if pattern.search(title) and _fits(kind, text):
            return kind
    for kind, pattern in _SLOTS:
        if any(pattern.fullmatch(label) for label in labels) and _fits(kind, text):
            return kind
    return "advertorial" if re.search(r"\(\s*adv(?:ertorial)?\s*\)\W*$", text[-40:], re.I) else "news"


def slots_of(layout: Layout, data: Structured, section: str | None) -> list[str]:
    """The strings that may carry the outlet's word for the kind: section, type, kicker, pieces of the byline."""
    slots = [section or "", data.first("contenttype", "dtk:contenttype")]
    for index, line in layout.above:
        distance = index - layout.headline if layout.headline is not None else 0
        if -1 <= distance <= 6 and distance and len(line.text) <= 120 and not line.linked and not line.in_chrome:
            slots += [piece.strip() for piece in re.split(r"\s*[|•·]\s*", line.text)]
    return slots


def _fits(kind: ArticleKind, text: str) -> bool:
    return kind not in ("photo", "video") or len(text) < _LONG
