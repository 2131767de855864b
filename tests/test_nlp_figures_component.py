"""Figures and programmes as parts of the pipeline: a figure in a quote has the quote's speaker."""

from __future__ import annotations

from datetime import date

import spacy

from nlp.components.figures import FigureFinder
from nlp.components.programs import ProgramFinder
from nlp.components.sentences import SentenceSplitter
from nlp.extensions import register
from nlp.registry_data import Registry
from scraper.items import PersonTag, QuoteTag, Span

TEXT = '"Kami melatih 40 pedagang lewat program Sapa Warga," kata Rahmat. Tahun lalu ada 25 kios di Kota Serang.'


def _doc():
    register()
    doc = SentenceSplitter()(spacy.blank("id")(TEXT))
    doc._.published = date(2025, 3, 4)
    end = TEXT.index('," kata') + 1
    doc._.quotes = [QuoteTag(start=1, end=end, surface=TEXT[1:end], speaker="rahmat")]
    return doc


def test_speaker_period_and_place():
    figures = FigureFinder()(_doc())._.figures
    assert [(figure.surface, figure.speaker, figure.period, figure.place) for figure in figures] == [
        ("40 pedagang", "rahmat", None, None),
        ("25 kios", None, "2024", "Kota Serang"),
    ]


def test_a_place_ends_where_the_model_ran_into_a_person():
    text = "Kepala Dinas Kota Tirtasari Melati Anggraini menyebut ada 25 kios."
    doc = SentenceSplitter()(spacy.blank("id")(text))
    at = text.index("Melati")
    mention = Span(start=at, end=at + len("Melati Anggraini"), surface="Melati Anggraini", source="rule", score=1.0)
    doc._.people = [PersonTag(key="melati-anggraini", name="Melati Anggraini", mentions=(mention,))]
    doc.set_ents([doc.char_span(text.index("Kota"), mention.end, label="LOC")])
    assert [figure.place for figure in FigureFinder()(doc)._.figures] == ["Kota Tirtasari"]


def test_local_registry_rows_are_used():
    finder = ProgramFinder()
    finder.use_registry(Registry.from_rows(programmes=[{"programme_id": "sapa", "name": "Sapa Warga", "aliases": ""}]))
    programs = finder(_doc())._.programs
    assert [(program.name, program.program_id) for program in programs] == [("Sapa Warga", "sapa")]
