"""The fields of the search index, and an article as a document of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files

import tantivy

from scraper.clock import WIB
from storage.records.keys import name_key
from storage.records.privacy import may_be_named
from storage.search.reading import Indexed, Judgement, Place
from storage.search.stems import indexed
from storage.search.synonyms import named_groups
from storage.search.words import plain

FORMAT = 7
"""Raise it when documents are built in another way: every index is then built anew."""
FACETS = {
    "pejabat": "official",
    "narasumber": "speaker",
    "program": "program",
    "media": "outlet",
    "wilayah": "place",
    "topik": "topic",
    "jenis": "kind",
    "kanal": "section",
}
"""Facet name as the page shows it -> index field."""
NAMED = ("official", "speaker", "program", "outlet", "place", "topic", "section")
"""Filters by key (``<field>_key``) or by words that stand together (``<field>_words``)."""
TONES = ("tone_title", "tone_body")
"""Fields of what people judged; an article that nobody rated has none."""
BREAK = "\u241e"
"""Stands between two names, so that no phrase runs across them."""
_BETWEEN = f" {BREAK} "
UNDATED = 0
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registries:
    """The registries' names by id or code."""

    persons: Names
    programmes: Names
    places: Names


@cache
def make_schema() -> tantivy.Schema:
    """Texts come as folded words with spaces between; names and values are kept whole for counting."""
    builder = tantivy.SchemaBuilder()
    for name in ("id", "story", "mark"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "body", *(f"{field}_words" for field in NAMED)):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("title_stem", "body_stem"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in (*FACETS.values(), *TONES):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("live", "cluster", "tone", "follow_up", *(f"{field}_key" for field in NAMED)):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    for name in ("week", "month"):
        builder.add_integer_field(name, fast=True)
    builder.add_integer_field("moment", fast=True)
    builder.add_unsigned_field("story_number", fast=True)
    return builder.build()


@cache
def fingerprint() -> str:
    """Differs whenever the same articles would give another index."""
    digest = hashlib.sha256(f"{FORMAT} {version('tantivy')} {version('PySastrawi')} {FACETS} {NAMED}".encode())
    for name in ("spellings.txt", "stems.txt", "synonyms.txt", "whole.txt"):
        digest.update(files("storage.search.lexicons").joinpath(name).read_bytes())
    return digest.hexdigest()[:12]


def to_document(item: Indexed, names: Registries) -> tantivy.Document:
    """The document of an article."""
    document = tantivy.Document()
    for name, value in (("id", item.id), ("story", item.cluster), ("cluster", item.cluster), ("live", "1")):
        document.add_text(name, value)
    document.add_unsigned("story_number", int(item.cluster, 16))
    document.add_text("kind", item.kind)
    title, text = indexed(item.title), indexed(item.text)
    for name, (folded, spelled, stemmed) in (("title", title), ("body", map(" ".join, zip(title, text, strict=True)))):
        document.add_text(name, folded)
        document.add_text(f"{name}_stem", " ".join((stemmed, *named_groups(spelled.split()))))
    host = item.url.partition("://")[2].partition("/")[0]
    _add(document, "outlet", [item.site], words=[item.site, host], keys=[name_key(item.site), host])
    _add(document, "section", [item.section.casefold()] if item.section else [])
    _add(document, "topic", item.topics)
    _add_people(document, item, names.persons)
    programs = [(names.programmes.get(p.program_id or "", p.name), p) for p in item.programs]
    forms = [form for name, p in programs for form in (name, p.name, *item.surfaces.get(p.name, ()))]
    _add(document, "program", [name for name, _ in programs], words=forms, keys=[p.program_key for _, p in programs])
    _add_places(document, item.places, names.places)
    _add_judgement(document, item)
    _add_time(document, item)
    return document


def day_number(day: date) -> int:
    """A day as an integer that sorts: 20260302."""
    return day.year * 10_000 + day.month * 100 + day.day


def period_starts(day: date | None) -> dict[str, date | None]:
    """Field -> the first day of the day, week (from Monday) and month that a day lies in."""
    if day is None:
        return dict.fromkeys(("day", "week", "month"))
    return {"day": day, "week": day - timedelta(days=day.weekday()), "month": day.replace(day=1)}


def ancestors(code: str) -> list[str]:
    """``36.74.06`` -> ``36.74.06``, ``36.74``, ``36``."""
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


def _add_people(document: tantivy.Document, item: Indexed, registry: Names) -> None:
    people = [(registry.get(p.person_id or "", p.name), p) for p in item.people]
    forms = [form for name, p in people for form in (name, p.name, *p.offices)]
    keys = [p.person_key for _, p in people]
    _add(document, "official", [name for name, p in people if p.official], words=forms, keys=keys)
    said = [(name, p) for name, p in people if p.key in item.speakers]
    forms = [form for name, p in said for form in (name, p.name, *p.offices)]
    shown = [name for name, p in said if may_be_named(p)]
    _add(document, "speaker", shown, words=forms, keys=[p.person_key for _, p in said])


def _add_places(document: tantivy.Document, places: Sequence[Place], registry: Names) -> None:
    labels = [registry.get(place.code or "", place.surface) for place in places]
    codes = [code for place in places if place.code for code in ancestors(place.code)]
    above = [registry[code] for code in codes if code in registry]
    words = [*labels, *(place.surface for place in places), *above]
    _add(document, "place", labels, words=words, keys=[*(place.place_key for place in places), *codes])


def _add_judgement(document: tantivy.Document, item: Indexed) -> None:
    newest = item.judgements[-1] if item.judgements else Judgement(None, None, None)
    tones = {name: tone for name in TONES if (tone := getattr(newest, name))}
    for name, tone in tones.items():
        document.add_text(name, tone)
    for tone in dict.fromkeys(tones.values()) or ("unrated",):
        document.add_text("tone", tone)
    if newest.follow_up:
        document.add_text("follow_up", newest.follow_up)


def _add(
    document: tantivy.Document,
    name: str,
    labels: Iterable[str],
    *,
    words: Iterable[str] | None = None,
    keys: Iterable[str] = (),
) -> None:
    """Labels to count, words to find them by (their own if not given), keys that name them exactly."""
    counted = dict.fromkeys(filter(None, labels))
    for label in counted:
        document.add_text(name, label)
    for key in dict.fromkeys((*counted, *keys)):
        document.add_text(f"{name}_key", key)
    forms = dict.fromkeys(map(_spaced, counted if words is None else words))
    if forms:
        document.add_text(f"{name}_words", _BETWEEN.join(forms))


@lru_cache(maxsize=100_000)
def _spaced(name: str) -> str:
    return " ".join(plain(name))


def _add_time(document: tantivy.Document, item: Indexed) -> None:
    """The local day and what it belongs to, and seconds for the order: noon where only the day is known."""
    moment = UNDATED
    if item.day is not None:
        moment = int((item.moment or datetime.combine(item.day, time(12), tzinfo=WIB)).timestamp())
    for name, start in period_starts(item.day).items():
        document.add_integer(name, day_number(start) if start else UNDATED)
    document.add_integer("moment", moment)
