"""A kliping for print: one story a row or a block, with the columns of the sheet that fit on paper.

Page and PDF show the same. It is written in Indonesian whatever the reader speaks: offices file it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any, Literal

from pantau import wording
from pantau.exports.as_kliping import DEFAULT, TITLE
from pantau.exports.kliping_rows import FIELDS, days_told, kliping_row
from pantau.translations import use_language
from scraper.clock import local_day, now
from storage.datasets.clips import Clip

Form = Literal["tabel", "blok"]
EMPTY = "Tidak ada berita dalam pencarian ini."
COLUMNS: tuple[tuple[str, float], ...] = (
    ("No", 0.5), ("Tanggal", 1.4), ("Media", 1.8), ("Judul dan ringkasan", 6.2), ("Narasumber", 2.3),
    ("Isu, program, angka", 2.7), ("Tone", 1.4), ("Jenis", 1.2), ("Tindak lanjut", 1.7),
)  # fmt: skip
"""Heading and width of the columns of the table."""
WITH_LINK = "Judul dan ringkasan"
ON_TOP = {"Tanggal tayang", "Jam", "Media", "Judul", "Ringkasan", "Tautan"}
"""What a block says above its list of facts."""
_ENDLESS = re.compile(r"[^\s\u200b]{40}(?=[^\s\u200b])")
URL_LENGTH, TITLE_LENGTH = 110, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a cell."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clipping:
    """One story of a kliping."""

    number: int
    title: str
    url: str
    outlet: str
    """Outlet, date and the other outlets in one line."""
    summary: str
    cells: Mapping[str, tuple[Line, ...]]
    """Heading of a column -> its lines."""
    facts: tuple[tuple[str, str], ...]
    """Everything else that the sheet of a press office has of it, by its headings there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kliping:
    """A whole kliping."""

    heading: str
    title: str
    subtitle: str
    footer: str
    notes: tuple[str, ...]
    form: Form
    items: tuple[Clipping, ...]


def make_kliping(
    stories: Iterable[tuple[Clip, Sequence[str]]],
    *,
    subtitle: str,
    office: str = "",
    officer: str = "",
    form: Form = "tabel",
    notes: Sequence[str] = (),
) -> Kliping:
    """The kliping of stories, each with the other outlets that ran it; ``notes`` say what readers must know first."""
    stories = list(stories)
    with use_language("id"):
        items = tuple(_clipping(number, *story) for number, story in enumerate(stories, 1))
        footer = f"Petugas: {officer or '………………'} · dibuat {wording.long_date(now())} dengan Pantau"
        dates = [clip.stored.article.published for clip, _others in stories]
        span = days_told(local_day(dated.value) for dated in dates if dated)
    return Kliping(
        heading=(office or DEFAULT).upper(),
        title=f"{TITLE} TANGGAL {span}" if span else TITLE,
        subtitle=breakable(subtitle),
        footer=footer,
        notes=tuple(map(breakable, notes)),
        form=form,
        items=items,
    )


def to_print(kliping: Kliping) -> dict[str, Any]:
    """The kliping as the template of the PDF reads it."""
    columns = [{"heading": name, "width": width, "link": name == WITH_LINK} for name, width in COLUMNS]
    shown = {item.url: breakable(_shortened(item.url, URL_LENGTH)) for item in kliping.items if item.url}
    return asdict(kliping) | {
        "columns": columns,
        "shown": shown,
        "language": "id",
        "empty": EMPTY,
        "items": [
            asdict(item) | {"facts": [{"name": name, "text": text} for name, text in item.facts]}
            for item in kliping.items
        ],
    }


def breakable(text: str) -> str:
    """The text with places to break a line in words that are longer than a column."""
    return _ENDLESS.sub(lambda match: f"{match[0]}\u200b", text)


def _clipping(number: int, clip: Clip, others: Sequence[str]) -> Clipping:
    said = {item.heading: _text(value) for item, value in zip(FIELDS, kliping_row(clip), strict=True)}
    title = _shortened(said["Judul"], TITLE_LENGTH) or "(tanpa judul)"
    link = clip.stored.article.url or ""
    url = link if link.startswith(("http://", "https://")) else ""
    also = f"juga di {', '.join(others)}" if others else ""
    when = " ".join(filter(None, (said["Tanggal tayang"] or wording.long_date(None), said["Jam"])))
    return Clipping(
        number=number,
        title=title,
        url=url,
        outlet=" · ".join(filter(None, (said["Media"], when, also))),
        summary=said["Ringkasan"],
        cells={
            "No": (Line(text=str(number)),),
            "Tanggal": _lines(said["Tanggal tayang"] or wording.long_date(None), said["Jam"]),
            "Media": (Line(text=said["Media"], bold=True), *_lines(also)),
            WITH_LINK: (Line(text=title, bold=True), *_lines(said["Ringkasan"])),
            "Narasumber": _lines(said["Narasumber"], said["Jabatan/Instansi"]),
            "Isu, program, angka": _lines(said["Isu/Topik"], said["Program"], said["Angka kunci"]),
            "Tone": _tone(said),
            "Jenis": _lines(said["Organik/ADV/Rilis"]),
            "Tindak lanjut": _lines(said["Status tindak lanjut"], said["Disposisi"], said["Catatan"]),
        },
        facts=tuple((name, text) for name, text in said.items() if text and name not in ON_TOP),
    )


def _tone(said: Mapping[str, str]) -> tuple[Line, ...]:
    title, body = said["Tone judul"], said["Tone isi"]
    if not (title or body):
        return _lines("belum dinilai")
    return _lines(f"judul: {title or '–'}", f"isi: {body or '–'}")


def _lines(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(text=line) for text in texts for line in text.split("\n") if line)


def _text(value: Any) -> str:
    if isinstance(value, date):
        return wording.short_date(value)
    if isinstance(value, time):
        return f"{value:%H.%M}"
    return breakable("" if value is None else str(value))


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
