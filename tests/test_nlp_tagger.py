"""The shipped pipeline: obvious names are found, spans hold, odd texts harm nobody, equal files give equal versions."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from nlp.gold import to_gold
from nlp.pipeline import build_pipeline
from nlp.tagger import Tagger
from nlp.version import hash_files
from scraper.errors import LexiconError
from scraper.items import Article, DatedBy, Span, TaggedArticle, Tags

NEWS = """\
SERANG - Gubernur Banten Rahmat Hidayat meresmikan Pasar Kalodran di Kota Serang, Selasa (9/3/2021).

"Pasar ini kami bangun untuk 250 pedagang," kata Rahmat.

Menurut Kepala Dinas Perdagangan Provinsi Banten, Siti Aminah, biaya pembangunan mencapai Rp12,5 miliar. Menteri
Keuangan Sri Mulyani dijadwalkan berkunjung ke Jakarta dan Surabaya pekan depan bersama pengurus Bank Indonesia.
"""


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


def article(text: str, title: str = "") -> Article:
    return Article(canonical_url="urn:test", title=title, text=text)


def tag(tagger: Tagger, text: str) -> TaggedArticle:
    return next(tagger.tag([article(text)]))


def spans(tags: Tags) -> Iterator[Span]:
    for person in tags.people:
        yield from person.mentions
    for program in tags.programs:
        yield from program.mentions
    yield from (*tags.figures, *tags.quotes, *tags.places, *tags.orgs)


def test_model_finds_obvious_names() -> None:
    doc = build_pipeline()(NEWS)
    found = {(ent.text, ent.label_) for ent in doc.ents}
    assert {("Jakarta", "LOC"), ("Surabaya", "LOC"), ("Bank Indonesia", "ORG"), ("Sri Mulyani", "PER")} <= found


def test_whole_article(tagger: Tagger) -> None:
    tagged = tag(tagger, NEWS)
    people = {person.name: person for person in tagged.tags.people}
    assert people["Rahmat Hidayat"].offices == ("Gubernur Banten",)
    assert people["Rahmat Hidayat"].official
    assert [mention.surface for mention in people["Rahmat Hidayat"].mentions] == ["Rahmat Hidayat", "Rahmat"]
    assert [(quote.surface, quote.speaker) for quote in tagged.tags.quotes if quote.kind == "direct"] == [
        ("Pasar ini kami bangun untuk 250 pedagang,", "rahmat-hidayat")
    ]
    assert (12_500_000_000, "IDR") in [(figure.value, figure.unit) for figure in tagged.tags.figures]
    assert tagged.tag_version == tagger.version
    assert tagged.text_version == tagged.article.content_hash


def test_tags_do_not_depend_on_the_batch(tagger: Tagger) -> None:
    alone = tag(tagger, NEWS).tags
    assert [item.tags for item in tagger.tag([article(NEWS), article("Harga naik."), article(NEWS)])][::2] == [
        alone
    ] * 2


def test_order_and_number_of_a_long_stream(tagger: Tagger) -> None:
    texts = [f"Berita ke-{number}." for number in range(150)]
    assert [item.article.text for item in tagger.tag(article(text) for text in texts)] == texts


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "a" * 300_000,
        "😀👩‍👩‍👧 naik 5 persen 🚀" * 50,
        '"' * 500,
        "(" * 500,
        "Rp" * 500,
        "1.000." * 500,
        "Pj. " * 500,
        "\ud800 Bupati \udfff",
        "\x00\x07\u202e\u200b Wali Kota",
        "É" * 50 + "e\u0301" * 50,
        "Harga nya 5 persen. Nilai nya, nya 7 persen nya.",
        '"Harga sudah turun sejak pekan lalu," kata\xa0\r\xa0.',
    ],
    ids=range(14),
)
def test_odd_texts_harm_nobody(tagger: Tagger, text: str, caplog: pytest.LogCaptureFixture) -> None:
    tagged = tag(tagger, text)
    assert not caplog.records, "a component that breaks leaves the article without tags"
    assert all(text[span.start : span.end] == span.surface for span in spans(tagged.tags))


VOCABULARY = "Bupati Wali Kota Tangerang Budi Santoso Dinas Pj. H. kata ujarnya Rp 5 1.000 persen Desa di"
WORDS = st.sampled_from([*VOCABULARY.split(), *'"“”,.()😀', "\n\n"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=120), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=20).map("".join)
    )
)
def test_spans_lie_in_the_text(tagger: Tagger, text: str) -> None:
    for span in spans(tag(tagger, text).tags):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.surface


def test_an_article_that_breaks_a_component_costs_no_other(caplog: pytest.LogCaptureFixture) -> None:
    def fail(doc: Doc) -> Doc:
        if doc.text == "celaka":
            raise ValueError("broken rule")
        return doc

    pipeline = build_pipeline()
    pipeline._components.append(("broken", fail))
    broken = Article(canonical_url="urn:broken", title="Kabar", text="celaka")
    with caplog.at_level(logging.ERROR):
        tagged = list(Tagger(pipeline, "v").tag([article(NEWS), broken, article(NEWS)]))
    assert tagged[1].tags == Tags()
    assert [bool(item.tags.people) for item in tagged] == [True, False, True]
    assert [record.getMessage() for record in caplog.records] == [
        f"article {broken.id} ('Kabar') is left untagged: ValueError('broken rule')"
    ]


def test_title_and_day_reach_the_components(tagger: Tagger) -> None:
    day = DatedBy(value=date(2021, 3, 9), evidence="given", raw="2021-03-09")
    doc = tagger._doc(Article(canonical_url="urn:test", title="Judul", text="Isi.", published=day))
    assert (doc._.title, doc._.published) == ("Judul", date(2021, 3, 9))


def test_gold_shape_is_json(tagger: Tagger) -> None:
    row = json.loads(json.dumps(to_gold(tag(tagger, NEWS))))
    lists = {"people", "programs", "figures", "quotes", "statements", "places", "orgs", "office_mentions", "topics"}
    assert set(row) == lists | {"tagged_kind"}
    assert set(row["people"][0]) == {"key", "name", "official", "offices", "person_id", "mentions"}
    assert set(row["quotes"][0]) == {"start", "end", "speaker", "kind"}
    figure = {"start", "end", "surface", "value", "value_max", "unit", "modifier", "measures", "period", "place"}
    figure |= {"speaker", "indicator", "direction", "base", "role", "flags"}
    assert all(set(item) == figure for item in row["figures"])


def test_version_changes_with_what_decides(tmp_path: Path) -> None:
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "training").mkdir()
    words = tmp_path / "lexicons" / "words.txt"
    words.write_text("satu", encoding="utf-8")
    before = hash_files(tmp_path)
    (tmp_path / "training" / "ner.py").write_text("x = 1", encoding="utf-8")
    (tmp_path / "README.md").write_text("read me", encoding="utf-8")
    assert hash_files(tmp_path) == before
    words.write_text("dua", encoding="utf-8")
    assert hash_files(tmp_path) != before


def test_missing_model_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="restore nlp/model"):
        build_pipeline(model=tmp_path)
