"""Articles as rows: what each is, when and where it was published, how that is known, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from scraper.items import story_of
from storage.datasets.areas import bps_code
from storage.datasets.columns import (
    Batch,
    Table,
    address,
    boolean,
    day,
    integer,
    moment,
    text,
    texts,
)
from storage.datasets.masking import Hidden
from storage.datasets.reading import articles, as_read, batches, belonging, local, moments, strings
from storage.datasets.snapshot import Snapshot
from storage.records.tables import ArticleRow, ArticleVersionRow
from storage.records.tables_tags import PlaceRow, TopicRow
from storage.records.tables_work import AssessmentRow

Columns = dict[str, Sequence[Any]]
SNIPPET_LENGTH = 240
"""Characters of text that leave the office without ``--full-text`` (copyright)."""
_READ = SNIPPET_LENGTH + 40
"""Enough of a text for its snippet, unless there is much white space in it."""
_KEPT: dict[str, Any] = {
    "url": ArticleRow.url,
    "canonical_url": ArticleRow.canonical_url,
    "site": ArticleRow.site,
    "title": ArticleRow.title,
    "published_day": ArticleRow.published_day,
    "published_at": as_read(ArticleRow.published_at),
    "published_evidence": ArticleRow.published_evidence,
    "published_raw": ArticleRow.published_raw,
    "modified": as_read(ArticleRow.modified),
    "author": as_read(ArticleRow.authors),
    "editor": ArticleRow.editor,
    "tags": as_read(ArticleRow.outlet_tags),
    "section": ArticleRow.section,
    "dateline": ArticleRow.dateline,
    "kind": func.coalesce(ArticleRow.tagged_kind, ArticleRow.kind),
    "language": ArticleRow.language,
    "image": ArticleRow.image,
    "cluster": ArticleRow.cluster,
    "removed_at": as_read(ArticleRow.removed_at),
    "first_seen": as_read(ArticleRow.first_seen),
    "fetched_at": as_read(ArticleRow.fetched_at),
    "extractor": ArticleRow.extractor,
    "extraction": ArticleRow.extraction,
    "text_version": ArticleRow.content_hash,
    "tag_version": ArticleRow.tag_version,
    "flags": as_read(ArticleRow.flags),
    "text": ArticleRow.text,
}
"""Column of the table -> what it is read from."""
_CODED = PlaceRow.code.is_not(None)
_BY_OUTLETS = ArticleVersionRow.cause == "outlet"
_LISTS = ("author", "tags", "flags")
_MOMENTS = ("modified", "removed_at", "first_seen", "fetched_at")


def snippet(text: str) -> str:
    """The beginning of a text, cut at a word, with an ellipsis where something follows."""
    flat = " ".join(text[:_READ].split())
    if len(flat) <= SNIPPET_LENGTH:
        flat = " ".join(text.split())
    if len(flat) <= SNIPPET_LENGTH:
        return flat
    return flat[:SNIPPET_LENGTH].rsplit(" ", 1)[0] + " …"


def _read(snapshot: Snapshot) -> Iterator[Batch]:
    for ids in batches(snapshot):
        found = articles(snapshot.session, ids, *_KEPT.values())
        kept = [found[key] for key in ids if key in found]
        if kept:
            columns: Columns = dict(zip(("id", *_KEPT), zip(*kept, strict=True), strict=True))
            columns |= _derived(columns) | _beside(snapshot.session, columns)
            if not snapshot.full_text:
                columns["snippet"] = _snippets(columns, Hidden.read(snapshot, columns["id"]))
                del columns["text"]
            yield Batch(columns)


def _derived(kept: Columns) -> Columns:
    """The columns that follow from what an article's own row has."""
    published_at = moments(kept["published_at"])
    dates = list(zip(published_at, kept["published_day"], strict=True))
    return {
        **{name: list(map(strings, kept[name])) for name in _LISTS},
        **{name: moments(kept[name]) for name in _MOMENTS},
        **{name: [value or None for value in kept[name]] for name in ("site", "extractor")},
        "words": [len(text.split()) for text in kept["text"]],
        "published_at": published_at,
        "published": [at.isoformat("T", "seconds") if at else day.isoformat() if day else None for at, day in dates],
        "published_precision": ["minute" if at else "day" if day else None for at, day in dates],
        "paid": [kind == "advertorial" for kind in kept["kind"]],
    }


def _snippets(kept: Columns, hidden: Hidden) -> list[str]:
    told = zip(kept["id"], kept["text"], kept["dateline"], strict=True)
    return [snippet(hidden.masked(key, story_of(text, dateline))) for key, text, dateline in told]


def _beside(session: Session, columns: Columns) -> Columns:
    """The columns that other tables give."""
    ids = columns["id"]
    topics = belonging(session, ids, TopicRow, TopicRow.topic)
    places = belonging(session, ids, PlaceRow, PlaceRow.code, where=_CODED)
    versions = belonging(session, ids, ArticleVersionRow, ArticleVersionRow.replaced_at, where=_BY_OUTLETS)
    judged = belonging(session, ids, AssessmentRow, AssessmentRow.tone_title, AssessmentRow.tone_body)
    codes = [list(dict.fromkeys([place.code for place in places[key]])) if key in places else [] for key in ids]
    states = zip(ids, columns["removed_at"], strict=True)
    return {
        "topics": [[topic.topic for topic in topics[key]] if key in topics else [] for key in ids],
        "area_codes": codes,
        "area_codes_bps": [[code for code in map(bps_code, some) if code] if some else [] for some in codes],
        "tone_title": [judged[key][-1].tone_title if key in judged else None for key in ids],
        "tone_body": [judged[key][-1].tone_body if key in judged else None for key in ids],
        "status": ["removed" if gone else "corrected" if key in versions else "published" for key, gone in states],
        "corrections": [len(versions[key]) if key in versions else 0 for key in ids],
        "corrected_at": [local(versions[key][-1].replaced_at) if key in versions else None for key in ids],
    }


ARTICLES = Table(
    name="articles",
    id="Satu berita; yang ditarik ada di tabel withdrawals",
    en="One article; withdrawn ones are in the table withdrawals",
    key=("id",),
    read=_read,
    columns=(
        text("id", "Kode berita, tetap (16 angka heksadesimal)", "Id of the article, stable (16 hexadecimal digits)"),
        address("url", "Alamat yang diambil atau diberikan", "Address that was fetched or given"),
        address("canonical_url", "Alamat baku: kunci berita", "Canonical address: the key of the article"),
        text("site", "Nama sumber", "Name of the source"),
        text("title", "Judul", "Headline"),
        text("snippet", "Awal teks, paling panjang 240 huruf; nama orang tanpa jabatan publik diganti [nama]",
             "Beginning of the text, at most 240 characters; [nama] stands for people without a public office"),
        text("text", "Teks lengkap, paragraf dipisah baris kosong; hak penerbit berlaku",
             "Whole text, paragraphs parted by an empty line; the publisher's rights apply"),
        text("published", "Waktu terbit ISO 8601 dengan selisih zona, atau tanggal bila jamnya tidak diketahui",
             "Publication, ISO 8601 with its offset, or a date where only the day is known"),
        day("published_day", "Tanggal terbit (WIB)", "Local day of publication (UTC+7)"),
        moment("published_at", "Waktu terbit (WIB); kosong bila jamnya tidak diketahui",
               "Moment of publication (UTC+7); empty where only the day is known"),
        text("published_precision", "Ketelitian waktu terbit: minute atau day", "Precision: minute or day"),
        text("published_evidence", "Sumber waktu terbit: json-ld, meta, byline, url, body, feed, given",
             "Where the publication was read: json-ld, meta, byline, url, body, feed, given"),
        text("published_raw", "Waktu terbit seperti tertulis di halaman", "Publication as the page writes it"),
        moment("modified", "Waktu diubah menurut halaman", "When it was changed, by its page"),
        texts("author", "Wartawan", "Reporters"),
        text("editor", "Penyunting", "Editor"),
        texts("tags", "Tag dari media", "Tags that the outlet gave"),
        text("section", "Kanal atau rubrik", "Section"),
        text("dateline", "Tempat dan media di awal teks", "Place and outlet that the text opens with"),
        text("kind", "Jenis: news, advertorial, release, opinion, photo, video, hoax, correction",
             "Kind: news, advertorial, release, opinion, photo, video, hoax, correction"),
        boolean("paid", "Berbayar (advertorial)", "Paid for (advertorial)"),
        text("language", "Bahasa (ISO 639-1)", "Language (ISO 639-1)"),
        integer("words", "Jumlah kata", "Number of words"),
        address("image", "Alamat gambar utama", "Address of the lead image"),
        texts("topics", "Topik, yang utama lebih dahulu", "Topics, the main one first"),
        texts("area_codes", "Kode wilayah Kemendagri dari tempat yang disebut",
              "Kemendagri codes of the places it names"),
        texts("area_codes_bps", "Kode wilayah BPS dari tempat yang disebut, yang padanannya diketahui",
              "BPS codes of the places it names, where they are known"),
        text("cluster", "Cerita yang sama: kode berita paling awalnya (clusters.cluster)",
             "Same story: id of its earliest article (clusters.cluster)"),
        text("tone_title", "Tone judul menurut petugas: positive, neutral, negative",
             "Tone of the headline, as a person rated it: positive, neutral, negative"),
        text("tone_body", "Tone isi menurut petugas: positive, neutral, negative",
             "Tone of the text, as a person rated it: positive, neutral, negative"),
        text("status", "published, corrected (pernah diralat media), removed (halamannya dihapus media)",
             "published, corrected (the outlet changed it), removed (the outlet took the page away)"),
        integer("corrections", "Berapa kali media mengubah beritanya", "How often the outlet changed it"),
        moment("corrected_at", "Perubahan terakhir oleh media", "Last change by the outlet"),
        moment("removed_at", "Waktu halaman diketahui dihapus", "When the page was found to be gone"),
        moment("first_seen", "Waktu pertama kali ditemukan", "When it was first seen"),
        moment("fetched_at", "Waktu halaman terakhir diambil", "When its page was last taken"),
        text("extractor", "Cara teks dibaca: profile, trafilatura, readability, given",
             "How the text was read: profile, trafilatura, readability, given"),
        text("extraction", "Versi pembacaan halaman", "Version of the reading of its page"),
        text("text_version", "Sidik jari judul dan teks (SHA-256); letak huruf di tabel lain mengacu ke sini",
             "Hash of headline and text (SHA-256); offsets in other tables refer to it"),
        text(
            "tag_version",
            "Versi penandaan; kosong bila belum ditandai; ~ di akhir: registri berubah sejak itu, akan ditandai lagi",
            "Version of the tagging; empty if untagged; a ~ at its end: registries changed since, to be tagged again",
        ),
        texts("flags", "Catatan pembacaan, misalnya rules-disagree, pages-missing",
              "Notes on the reading, such as rules-disagree, pages-missing"),
    ),
)  # fmt: skip
