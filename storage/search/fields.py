"""The fields of the search index, and an article as a document of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import tantivy

from scraper.clock import WIB
from storage.records.stored import StoredArticle, local_day
from storage.search.words import analyze, plain

VERSION = "1"
"""Raise it when fields or text analysis change: every index is then built anew."""
FACETS = {
    "pejabat": "official",
    "program": "program",
    "media": "outlet",
    "wilayah": "place",
    "topik": "topic",
    "jenis": "kind",
}
"""Facet name as the page shows it -> index field."""
EXACT = ("outlet", "topic", "kind", "section")
"""Filters that compare the whole value."""
NAMED = ("official", "program", "place")
"""Filters that look for words inside a name; the words stand in ``<field>_words``."""
BREAK = "\u241e"
"""Stands between two names, so that no phrase runs across them."""
UNDATED = 0
Names = Mapping[str, str]


def make_schema() -> tantivy.Schema:
    """Texts come as folded words with spaces between; names and values are kept whole for counting."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("cluster", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "title_stem", "body", "body_stem", *(f"{field}_words" for field in NAMED)):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in (*EXACT, *NAMED):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_integer_field("moment", fast=True)
    return builder.build()


def to_document(stored: StoredArticle, *, persons: Names, programmes: Names, places: Names) -> tantivy.Document:
    """The document of an article; the mappings give the registry's name of an id or code."""
    article, tags = stored.article, stored.tags
    document = tantivy.Document()
    document.add_text("id", stored.id)
    document.add_text("cluster", stored.cluster)
    for name, text in (("title", article.title), ("body", article.text)):
        document.add_text(name, " ".join(plain(text)))
        document.add_text(f"{name}_stem", " ".join(analyze(text)))
    for name, value in (("outlet", article.site), ("kind", stored.kind), ("section", article.section or "")):
        if value:
            document.add_text(name, value)
    for topic in tags.topics if tags else ():
        document.add_text("topic", topic)
    if tags:
        people = ((persons.get(p.person_id or "", p.name), [p.name]) for p in tags.people)
        _add_names(document, "official", people)
        programs = (
            (programmes.get(p.program_id or "", p.name), [m.surface for m in p.mentions]) for p in tags.programs
        )
        _add_names(document, "program", programs)
        _add_names(document, "place", ((places.get(p.code or "", p.surface), [p.surface]) for p in tags.places))
    _add_time(document, stored)
    return document


def day_number(day: object) -> int:
    """A day as an integer that sorts: 20260302."""
    return int(f"{day:%Y%m%d}")


def _add_names(document: tantivy.Document, field: str, names: Iterable[tuple[str, list[str]]]) -> None:
    labels: dict[str, None] = {}
    forms: dict[str, None] = {}
    for label, surfaces in names:
        labels[label] = None
        forms |= dict.fromkeys((label, *surfaces))
    for label in labels:
        document.add_text(field, label)
    if forms:
        document.add_text(f"{field}_words", f" {BREAK} ".join(" ".join(plain(form)) for form in forms))


def _add_time(document: tantivy.Document, stored: StoredArticle) -> None:
    dated = stored.article.published
    if dated is None:
        document.add_integer("day", UNDATED)
        document.add_integer("moment", UNDATED)
        return
    day = local_day(dated.value)
    noon = datetime(day.year, day.month, day.day, tzinfo=WIB) + timedelta(hours=12)
    moment = dated.value if isinstance(dated.value, datetime) else noon
    document.add_integer("day", day_number(day))
    document.add_integer("moment", int(moment.timestamp()))
