"""The tables an analyst gets: tidy rows, one thing each, joined by ``article_id``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scraper.clock import WIB
from scraper.items import FIGURE_FACTS, Span, Tags
from scraper.rows import to_row
from storage.datasets.columns import Row, Schema, address, boolean, integer, moment, number, text, texts
from storage.records.stored import StoredArticle

SNIPPET_LENGTH = 240
"""Characters of text that leave the office without ``--full-text`` (copyright)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Schema):
    """One exportable table, with how an article becomes rows of it."""

    rows: Callable[[StoredArticle], Iterator[Row]]


def snippet(text: str) -> str:
    """The beginning of a text, cut at a word, with an ellipsis where something follows."""
    flat = " ".join(text.split())
    if len(flat) <= SNIPPET_LENGTH:
        return flat
    return flat[:SNIPPET_LENGTH].rsplit(" ", 1)[0] + " …"


def _articles(stored: StoredArticle) -> Iterator[Row]:
    row = to_row(stored.article)
    modified = stored.article.modified
    yield row | {
        "snippet": snippet(stored.article.story),
        "kind": stored.kind,
        "cluster": stored.cluster,
        "modified": modified and modified.astimezone(WIB),
        "first_seen": stored.first_seen.astimezone(WIB),
    }


def _tags(stored: StoredArticle) -> Tags:
    return stored.tags or Tags()


def _span(stored: StoredArticle, span: Span) -> Row:
    """The columns that every table of spans has: whose text, where in it, who says so, how sure."""
    return {
        "article_id": stored.id,
        "start": span.start,
        "end": span.end,
        "source": span.source,
        "score": span.score,
        "tag_version": stored.tag_version,
    }


def _mentions(stored: StoredArticle) -> Iterator[Row]:
    for person in _tags(stored).people:
        for mention in person.mentions:
            yield {
                "person_key": person.key,
                "person_id": person.person_id,
                "name": person.name,
                "official": person.official,
                "offices": list(person.offices),
                "surface": mention.surface,
            } | _span(stored, mention)


def _statements(stored: StoredArticle) -> Iterator[Row]:
    for quote in _tags(stored).quotes:
        yield {
            "speaker": quote.speaker,
            "kind": quote.kind,
            "verb": quote.verb,
            "quote": quote.surface,
        } | _span(stored, quote)


def _figures(stored: StoredArticle) -> Iterator[Row]:
    for figure in _tags(stored).figures:
        facts = {name: getattr(figure, name) for name in FIGURE_FACTS}
        yield {"raw": figure.surface} | facts | {"flags": list(figure.flags)} | _span(stored, figure)


def _programmes(stored: StoredArticle) -> Iterator[Row]:
    for program in _tags(stored).programs:
        for mention in program.mentions:
            yield {
                "programme_id": program.program_id,
                "name": program.name,
                "surface": mention.surface,
            } | _span(stored, mention)


ARTICLE_ID = text("article_id", "Kode berita (articles.id)", "The article (articles.id)")
SPAN_COLUMNS = (
    integer("start", "Huruf pertama di dalam teks, dihitung dari 0", "First character in the text, counted from 0"),
    integer("end", "Huruf sesudah yang terakhir di dalam teks", "Character after the last in the text"),
    text("source", "Penemu: model, rule, registry, person", "Who found it: model, rule, registry, person"),
    number("score", "Keyakinan, 0 sampai 1", "How sure, 0 to 1"),
    text("tag_version", "Versi penandaan", "Version of the tagging"),
)
OF_ARTICLE = {"article_id": ("articles", "id")}
ARTICLES = Table(
    name="articles",
    id="Satu berita",
    en="One article",
    key=("id",),
    rows=_articles,
    columns=(
        text("id", "Kode berita, tetap", "Id of the article, stable"),
        address("url", "Alamat yang diambil atau diberikan", "Address that was fetched or given"),
        address("canonical_url", "Alamat baku: kunci berita", "Canonical address: the key of the article"),
        text("site", "Nama sumber", "Name of the source"),
        text("title", "Judul", "Headline"),
        text("snippet", "Awal teks, paling panjang 240 huruf", "Beginning of the text, at most 240 characters"),
        text("text", "Teks lengkap; hak penerbit berlaku", "Whole text; the publisher's rights apply"),
        text("published", "Waktu terbit ISO 8601, atau tanggal saja", "Publication, ISO 8601, or only its day"),
        text("published_precision", "Ketelitian: minute atau day", "Precision: minute or day"),
        text("published_evidence", "Sumber waktu terbit: json-ld, meta, byline, url, body, feed, given",
             "Where the publication was read: json-ld, meta, byline, url, body, feed, given"),
        text("published_raw", "Waktu terbit seperti tertulis", "Publication as the page writes it"),
        moment("modified", "Waktu diubah menurut halaman", "When it was changed, by the page"),
        texts("author", "Wartawan", "Reporters"),
        text("editor", "Penyunting", "Editor"),
        texts("tags", "Tag dari media", "Tags that the outlet gave"),
        text("section", "Kanal atau rubrik", "Section"),
        text("dateline", "Tempat dan media di awal teks", "Place and outlet that the text opens with"),
        text("kind", "Jenis: news, advertorial, release, opinion, photo, video, hoax, correction",
             "Kind: news, advertorial, release, opinion, photo, video, hoax, correction"),
        text("language", "Bahasa (ISO 639-1)", "Language (ISO 639-1)"),
        text("cluster", "Kode cerita yang sama: berita paling awal", "Same story: id of its earliest article"),
        moment("first_seen", "Waktu pertama kali ditemukan", "When it was first seen"),
    ),
)  # fmt: skip
MENTIONS = Table(
    name="mentions",
    id="Satu penyebutan satu orang di dalam satu berita",
    en="One mention of one person in one article",
    key=("article_id", "person_key", "start", "end"),
    references=OF_ARTICLE,
    rows=_mentions,
    columns=(
        ARTICLE_ID,
        text("person_key", "Kode orang di dalam berita", "Key of the person in the article"),
        text("person_id", "Kode orang di daftar pejabat", "Id of the person in the registry"),
        text("name", "Nama terlengkap di dalam berita", "Fullest name in the article"),
        boolean("official", "Berita memberinya jabatan publik", "The article gives the person a public office"),
        texts("offices", "Jabatan menurut berita", "Offices as the article words them"),
        text("surface", "Nama seperti tertulis", "Name as written"),
        *SPAN_COLUMNS,
    ),
)
STATEMENTS = Table(
    name="statements",
    id="Satu pernyataan di dalam satu berita",
    en="One statement in one article",
    key=("article_id", "start", "end"),
    references=OF_ARTICLE,
    rows=_statements,
    columns=(
        ARTICLE_ID,
        text("speaker", "Kode orang yang berbicara", "Key of the person who speaks"),
        text("kind", "direct (kutipan) atau indirect", "direct (a quote) or indirect"),
        text("verb", "Kata kerja pernyataan tidak langsung", "Verb of an indirect statement"),
        text("quote", "Isi pernyataan", "What is said"),
        *SPAN_COLUMNS,
    ),
)
FIGURES = Table(
    name="figures",
    id="Satu angka di dalam satu berita",
    en="One figure in one article",
    key=("article_id", "start", "end"),
    references=OF_ARTICLE,
    rows=_figures,
    columns=(
        ARTICLE_ID,
        text("raw", "Angka seperti tertulis", "The figure as written"),
        number("value", "Nilai; batas bawah dari rentang", "Value; the low end of a range"),
        number("value_max", "Batas atas rentang", "High end of a range"),
        text("unit", "Satuan: IDR, %, pp, ha, IDR/kg, atau benda yang dihitung",
             "Unit: IDR, %, pp, ha, IDR/kg, or the counted noun"),
        text("modifier", "exact, approx, min, max", "exact, approx, min, max"),
        text("measures", "Yang diukur", "What is measured"),
        text("period", "Kurun: 2024, 2024-05, 2024-Q1, AWAL/AKHIR", "Period: 2024, 2024-05, 2024-Q1, START/END"),
        text("place", "Tempat", "Place"),
        text("speaker", "Kode orang yang menyebutnya", "Key of the person who says it"),
        text("indicator", "Kelompok indikator", "Group of the indicator"),
        text("direction", "Arah: up, down, flat", "Direction: up, down, flat"),
        number("base", "Nilai sebelumnya", "The earlier level"),
        text("role", "target atau realisation", "target or realisation"),
        texts("flags", "Tanda keraguan", "Signs of doubt"),
        *SPAN_COLUMNS,
    ),
)  # fmt: skip
PROGRAMMES = Table(
    name="programmes",
    id="Satu penyebutan satu program di dalam satu berita",
    en="One mention of one programme in one article",
    key=("article_id", "name", "start", "end"),
    references=OF_ARTICLE,
    rows=_programmes,
    columns=(
        ARTICLE_ID,
        text("programme_id", "Kode program di daftar", "Id of the programme in the registry"),
        text("name", "Nama terlengkap di dalam berita", "Fullest name in the article"),
        text("surface", "Nama seperti tertulis", "Name as written"),
        *SPAN_COLUMNS,
    ),
)
TABLES = {table.name: table for table in (ARTICLES, MENTIONS, STATEMENTS, FIGURES, PROGRAMMES)}
"""Every table of articles by name; a further table is one function and one entry."""
