"""The fields of the search index, and an article as a document of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.metadata import version
from importlib.resources import files

import tantivy

from scraper.clock import WIB, local_day
from scraper.items import Tags
from storage.records.stored import StoredArticle
from storage.records.tag_rows import name_key, person_key, place_key, program_key
from storage.search.stems import stem
from storage.search.synonyms import named_groups
from storage.search.words import plain

FORMAT = 3
"""Raise it when documents are built in another way: every index is then built anew."""
FACETS = {
    "pejabat": "official",
    "program": "program",
    "media": "outlet",
    "wilayah": "place",
    "topik": "topic",
    "jenis": "kind",
    "kanal": "section",
}
"""Facet name as the page shows it -> index field."""
NAMED = ("official", "program", "outlet", "place", "topic", "section")
"""Filters by key (``<field>_key``) or by words that stand together (``<field>_words``)."""
BREAK = "\u241e"
"""Stands between two names, so that no phrase runs across them."""
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
    for name in ("title", "title_stem", "body", "body_stem", *(f"{field}_words" for field in NAMED)):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in (*FACETS.values(), "cluster"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("live", *(f"{field}_key" for field in NAMED)):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_integer_field("moment", fast=True)
    return builder.build()


@cache
def fingerprint() -> str:
    """Differs whenever the same articles would give another index."""
    digest = hashlib.sha256(f"{FORMAT} {version('tantivy')} {version('PySastrawi')} {FACETS} {NAMED}".encode())
    for name in ("spellings.txt", "stems.txt", "synonyms.txt", "whole.txt"):
        digest.update(files("storage.search.lexicons").joinpath(name).read_bytes())
    return digest.hexdigest()[:12]


def to_document(stored: StoredArticle, names: Registries) -> tantivy.Document:
    """The document of an article."""
    article, tags = stored.article, stored.tags or Tags()
    document = tantivy.Document()
    for name, value in (("id", stored.id), ("story", stored.cluster), ("cluster", stored.cluster), ("live", "1")):
        document.add_text(name, value)
    document.add_text("kind", stored.kind)
    for name, text in (("title", article.title), ("body", f"{article.title}\n{article.text}")):
        row = plain(text)
        document.add_text(name, " ".join(row))
        document.add_text(f"{name}_stem", " ".join([*map(stem, row), *named_groups(row)]))
    host = article.canonical_url.partition("://")[2].partition("/")[0]
    _add(document, "outlet", [article.site], words=[article.site, host], keys=[name_key(article.site), host])
    _add(document, "section", [article.section.casefold()] if article.section else [])
    _add(document, "topic", tags.topics)
    _add_people(document, tags, names.persons)
    programs = [(names.programmes.get(p.program_id or "", p.name), p) for p in tags.programs]
    forms = [form for name, p in programs for form in (name, p.name, *(m.surface for m in p.mentions))]
    _add(document, "program", [name for name, _ in programs], words=forms, keys=[program_key(p) for _, p in programs])
    _add_places(document, tags, names.places)
    _add_time(document, article.published.value if article.published else None)
    return document


def day_number(day: date) -> int:
    """A day as an integer that sorts: 20260302."""
    return day.year * 10_000 + day.month * 100 + day.day


def ancestors(code: str) -> list[str]:
    """``36.74.06`` -> ``36.74.06``, ``36.74``, ``36``."""
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


def _add_people(document: tantivy.Document, tags: Tags, registry: Names) -> None:
    people = [(registry.get(p.person_id or "", p.name), p) for p in tags.people]
    forms = [form for name, p in people for form in (name, p.name, *p.offices)]
    keys = [person_key(p) for _, p in people]
    _add(document, "official", [name for name, p in people if p.official], words=forms, keys=keys)


def _add_places(document: tantivy.Document, tags: Tags, registry: Names) -> None:
    labels = [registry.get(place.code or "", place.surface) for place in tags.places]
    codes = [code for place in tags.places if place.code for code in ancestors(place.code)]
    above = [registry[code] for code in codes if code in registry]
    words = [*labels, *(place.surface for place in tags.places), *above]
    _add(document, "place", labels, words=words, keys=[*map(place_key, tags.places), *codes])


def _add(
    document: tantivy.Document,
    name: str,
    labels: Iterable[str],
    *,
    words: Iterable[str] | None = None,
    keys: Iterable[str] | None = None,
) -> None:
    """Labels to count, words to find them by (their own if not given), keys that name them exactly."""
    labels = [label for label in dict.fromkeys(labels) if label]
    for label in labels:
        document.add_text(name, label)
    for key in dict.fromkeys([*labels, *(keys or ())]):
        document.add_text(f"{name}_key", key)
    forms = dict.fromkeys(" ".join(plain(form)) for form in (labels if words is None else words))
    if forms:
        document.add_text(f"{name}_words", f" {BREAK} ".join(forms))


def _add_time(document: tantivy.Document, value: datetime | date | None) -> None:
    """The local day, and seconds for the order: noon where only the day is known."""
    day, moment = UNDATED, UNDATED
    if value is not None:
        noon = datetime.combine(local_day(value), time(12), tzinfo=WIB)
        day = day_number(local_day(value))
        moment = int((value if isinstance(value, datetime) else noon).timestamp())
    document.add_integer("day", day)
    document.add_integer("moment", moment)
