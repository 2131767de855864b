"""Who is named and who says what, one row a mention and one a statement."""

from __future__ import annotations

from collections.abc import Iterator

from storage.datasets.columns import Row, Table, batched, boolean, text, texts
from storage.datasets.masking import Hidden
from storage.datasets.persons import SPEAKER_COLUMNS, People
from storage.datasets.reading import strings
from storage.datasets.snapshot import Snapshot
from storage.datasets.spans import ARTICLE_ID, ID, OF_ARTICLE, SPAN_COLUMNS, each_span
from storage.records.tables_tags import MentionRow, QuoteRow


@batched
def _mentions(snapshot: Snapshot) -> Iterator[Row]:
    spans = each_span(snapshot, MentionRow, MentionRow.owner, where=MentionRow.kind == "person", beside=People.read)
    for values, row, _, people in spans:
        person = people.shown(row.article_id, row.owner)
        if person is not None:
            yield values | {
                "person_key": person.person_key,
                "person_id": person.person_id,
                "name": person.name,
                "official": person.official,
                "offices": strings(person.offices),
                "in_title": person.in_title,
                "surface": row.surface,
            }


@batched
def _statements(snapshot: Snapshot) -> Iterator[Row]:
    columns = (QuoteRow.speaker, QuoteRow.kind, QuoteRow.verb)
    spans = each_span(snapshot, QuoteRow, *columns, beside=lambda *those: (People.read(*those), Hidden.read(*those)))
    for values, row, _, (people, hidden) in spans:
        said = {"kind": row.kind, "verb": row.verb, "quote": hidden.masked(row.article_id, row.surface)}
        yield values | people.speaker(row.article_id, row.speaker) | said


MENTIONS = Table(
    name="mentions",
    id="Satu penyebutan satu orang di dalam satu berita",
    en="One mention of one person in one article",
    key=("id",),
    references=OF_ARTICLE | {"person_key": ("people", "person_key")},
    read=_mentions,
    columns=(
        ID,
        ARTICLE_ID,
        text("person_key", "Kode orang lintas berita (people.person_key)",
             "The person across articles (people.person_key)"),
        text("person_id", "Kode orang di daftar pejabat", "Id of the person in the registry"),
        text("name", "Nama terlengkap di dalam berita", "Fullest name in the article"),
        boolean("official", "Berita memberinya jabatan publik", "The article gives the person a public office"),
        texts("offices", "Jabatan pada saat itu menurut berita", "Offices at the time, as the article words them"),
        boolean("in_title", "Orang itu disebut di judul", "The person is named in the headline"),
        text("surface", "Nama seperti tertulis", "Name as written"),
        *SPAN_COLUMNS,
    ),
)  # fmt: skip
STATEMENTS = Table(
    name="statements",
    id="Satu pernyataan di dalam satu berita",
    en="One statement in one article",
    key=("id",),
    references=OF_ARTICLE | {"speaker_key": ("people", "person_key")},
    read=_statements,
    columns=(
        ID,
        ARTICLE_ID,
        *SPEAKER_COLUMNS,
        text("kind", "direct (kutipan langsung) atau indirect", "direct (a quote) or indirect"),
        text("verb", "Kata kerja pernyataan tidak langsung", "Verb of an indirect statement"),
        text(
            "quote",
            "Isi pernyataan, tanpa tanda kutip; nama orang tanpa jabatan publik diganti [nama]",
            "What is said, without its marks; [nama] stands for people without a public office",
        ),
        *SPAN_COLUMNS,
    ),
)
