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
    label: str
    """Words that mark it in a headline: before a colon or dash, in brackets, or after one at the end."""
    slot: str
    """Pattern of the whole section name, kicker or byline piece."""
    title: str = "(?!)"
    """Other pattern found in the headline."""


SIGNS = (
    Sign(
        "advertorial",
        r"adv(?:ertorial)?|iklan|pariwara|sponsored",
        r"advertorial|adv(?: ?[/|-] ?.{1,30})?|iklan|sponsored(?: content)?|brand(?:ed)? content|pariwara"
        r"|paid (?:post|partner content)",
    ),
    Sign(
        "correction",
        r"ralat|koreksi|hak jawab|hak koreksi|correction",
        r"ralat|koreksi|hak jawab",
        r"^\W*(?:ralat|hak jawab|hak koreksi)\b|\b(?:koreksi|ralat) (?:berita|pemberitaan|redaksi)\b"
        r"|\b(?:permintaan|permohonan) maaf redaksi\b",
    ),
    Sign(
        "hoax",
        r"hoaks|hoax|cek fakta|salah|keliru|disinformasi|misinformasi|hoaks atau fakta|fakta atau hoaks",
        r"cek fakta|hoaks?|hoax|fact ?check|anti ?hoa(?:ks|x)",
        r"\b(?:dipastikan|adalah) hoaks\b|\bhoaks\b.*\bfakta|\[klarifikasi\]",
    ),
    Sign(
        "release",
        r"siaran pers|rilis pers|press release",
        r"siaran pers|rilis pers|rilis|press ?release|pr newswire|release",
        r"^\W*(?:siaran pers|rilis pers|press release)\b",
    ),
    Sign(
        "opinion",
        r"opini|kolom|tajuk(?: rencana)?|editorial|catatan redaksi|surat pembaca|esai",
        r"opini|opinion|kolom|kolom pakar|tajuk|tajuk rencana|editorial|comment(?:isfree|ary)|columnists?|esai"
        r"|surat pembaca",
    ),
    Sign(
        "photo",
        r"foto|photos?|infografis|galeri foto|foto-foto",
        r"foto|galeri(?: foto)?|photos?|in ?picture|fotografi|gallery",
        r"^\W*(?:galeri foto|foto-foto)\b",
    ),
    Sign("video", r"videos?", r"videos?|tv|vod"),
)

_MARKED = (
    r"^\W*(?:{0})\s*(?:[:!\])|]|[-–—]\s)|[\[(]\s*(?:{0})\s*[\])]"
    r"|(?:[:|]|[?!]\s|\s[-–—])\s*(?:{0})\W*$"
)
_TITLES = tuple((sign.kind, re.compile(f"{_MARKED.format(sign.label)}|{sign.title}", re.I)) for sign in SIGNS)
_SLOTS = tuple((sign.kind, re.compile(rf"\W*(?:{sign.slot})\W*", re.I)) for sign in SIGNS)
_PAID = re.compile(r"[(\[]\s*adv(?:ertorial)?(?:\s*[/|-][^()]{1,30})?\s*[)\]]\W*$", re.I)
_LONG = 1500
_CLOSING = 6


def kind_of(title: str, *, slots: Iterable[str], text: str) -> ArticleKind:
    """The kind of a piece; ``slots`` are section, byline pieces and tags. A long text is no photo or video page."""
    labels = [slot for slot in slots if slot]
    for kind, pattern in _TITLES:
        if pattern.search(title) and _fits(kind, text):
            return kind
    for kind, pattern in _SLOTS:
        if any(pattern.fullmatch(label) for label in labels) and _fits(kind, text):
            return kind
    return "advertorial" if _PAID.search(text[-60:]) else "news"


def slots_of(layout: Layout, data: Structured, section: str | None) -> list[str]:
    """The strings that may carry the outlet's word for the kind: section, type, kicker, pieces of the byline."""
    slots = [section or "", data.first("contenttype", "dtk:contenttype")]
    for index, line in layout.above:
        distance = index - layout.headline if layout.headline is not None else 0
        listed = line.linked and (index == 0 or layout.lines[index - 1].linked)
        if -1 <= distance <= 6 and distance and len(line.text) <= 120 and not listed and not layout.in_chrome(line):
            slots += [piece.strip() for piece in re.split(r"\s*[|•·]\s*", line.text)]
    closing = (line.text for _, line in layout.below[:_CLOSING])
    return [*slots, *("adv" for text in closing if _PAID.match(text))]


def _fits(kind: ArticleKind, text: str) -> bool:
    return kind not in ("photo", "video") or len(text) < _LONG
