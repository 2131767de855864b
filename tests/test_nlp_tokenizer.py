"""Tokens: each mark at a quote is one, numbers and web names stay whole, the text comes back exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from nlp.tokenizer import NewsTokenizer

TOKENIZER = NewsTokenizer(Vocab())
LETTERS = st.characters(exclude_categories=["Cs"])


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ('"Q,"ujar Rina.', ['"', "Q", ",", '"', "ujar", "Rina", "."]),
        ("“Q”ujarnya", ["“", "Q", "”", "ujarnya"]),
        ("Rp38,6 miliar", ["Rp", "38,6", "miliar"]),
        ("Rp. 545.065.", ["Rp", ".", "545.065", "."]),
        ("US$0,93", ["US$", "0,93"]),
        ("90.128", ["90.128"]),
        ("5,3%", ["5,3", "%"]),
        ("-3,75", ["-", "3,75"]),
        ("50cm", ["50", "cm"]),
        ("4000an", ["4000", "an"]),
        ("(3/5/2021)", ["(", "3/5/2021", ")"]),
        ("23-01-2025,11:08", ["23-01-2025", ",", "11:08"]),
        ("km/jam", ["km", "/", "jam"]),
        ("ke-7", ["ke-7"]),
        ("2018-2023", ["2018", "-", "2023"]),
        ("Rp150-500 ribu", ["Rp", "150", "-", "500", "ribu"]),
        ("COVID-19", ["COVID-19"]),
        ("anak-anak", ["anak-anak"]),
        ("Jum'at", ["Jum'at"]),
        ("P-IRT KTH-TS", ["P-IRT", "KTH-TS"]),
        ("TNI-POLRI", ["TNI", "-", "POLRI"]),
        ("Airin-Ben", ["Airin", "-", "Ben"]),
        ("se-Provinsi Banten", ["se", "-", "Provinsi", "Banten"]),
        ("UMKM-nya", ["UMKM", "-", "nya"]),
        ("BANTENKITA.com-Warga", ["BANTENKITA.com", "-", "Warga"]),
        ("Rini, S.Sos., M.Si.", ["Rini", ",", "S.Sos.", ",", "M.Si."]),
        ("H.M. Soleh", ["H.M.", "Soleh"]),
        ("A. Zulkifli", ["A.", "Zulkifli"]),
        ("a.n. Sardi", ["a.n.", "Sardi"]),
        ("warga.Dia", ["warga", ".", "Dia"]),
        ("surel info@contoh.id", ["surel", "info@contoh.id"]),
        ("dua  blank\n\nbaru", ["dua", " ", "blank", "\n\n", "baru"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in TOKENIZER(text)] == tokens


@given(st.text(LETTERS, max_size=200))
def test_text_comes_back(text: str) -> None:
    assert TOKENIZER(text).text == text


@pytest.mark.parametrize("piece", ["a", "a.", "a-", "A.", "1.", "1/", "x@", "é", "Rp1", '"', "a.com"])
def test_long_runs_are_read_quickly(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert TOKENIZER(text).text == text
