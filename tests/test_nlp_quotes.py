"""Direct speech and its speakers in the shapes that local news uses."""

# ruff: noqa: E501  one case a line, however long the sentence

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.people.finder import find_people
from nlp.quotes.finder import find_quotes

INTRO = "Wakil Bupati Lebak Intan Permata meninjau pasar. Ikut hadir Camat Setu Lukman Hadi.\n\n"
INTAN, LUKMAN = "Intan Permata", "Lukman Hadi"

# text after INTRO, quotes as (text, speaker)
LINES = [
    ('"Harga masih aman," ujar Intan, Senin (3/5/2021).', [("Harga masih aman,", INTAN)]),
    ("“Harga masih aman,” kata Intan.", [("Harga masih aman,", INTAN)]),
    ("”Harga masih aman,” kata Intan.", [("Harga masih aman,", INTAN)]),
    ('“Harga masih aman," tutur Intan.', [("Harga masih aman,", INTAN)]),
    ('"Harga masih aman”, ucap Intan.', [("Harga masih aman", INTAN)]),
    ('"Harga masih aman", ucap Intan.', [("Harga masih aman", INTAN)]),
    ("“Harga masih aman,””ungkap Intan.", [("Harga masih aman,", INTAN)]),
    ('"Harga masih aman,"ujar Intan.', [("Harga masih aman,", INTAN)]),
    ('" Harga masih aman " jelas Intan.', [("Harga masih aman", INTAN)]),
    ('"Harga masih aman, " papar Intan.', [("Harga masih aman,", INTAN)]),
    ('"Harga masih aman." Kata Intan.', [("Harga masih aman.", INTAN)]),
    ("''Harga masih aman,'' beber Intan.", [("Harga masih aman,", INTAN)]),
    ('"Apa harga aman?" tanya Intan.', [("Apa harga aman?", INTAN)]),
    ('"Harga masih aman," kata Camat Setu Lukman Hadi di lokasi.', [("Harga masih aman,", LUKMAN)]),
    ('"Harga masih aman," kata Camat Setu, Lukman, kepada wartawan.', [("Harga masih aman,", LUKMAN)]),
    ('"Harga masih aman," kata Pak Lukman.', [("Harga masih aman,", LUKMAN)]),
    ('"Harga masih aman," ungkap Wabup.', [("Harga masih aman,", INTAN)]),
    ('"Harga masih aman," tegas Wakil Bupati Lebak itu.', [("Harga masih aman,", INTAN)]),
    ('"Harga masih aman," kata Camat Setu.', [("Harga masih aman,", LUKMAN)]),
    ('Intan mengatakan: "Harga masih aman."', [("Harga masih aman.", INTAN)]),
    ('Lukman menegaskan, "Kami akan jaga harga."', [("Kami akan jaga harga.", LUKMAN)]),
    ('Menurut Intan, "Harga masih aman."', [("Harga masih aman.", INTAN)]),
    ('Lukman menyebut panen baik. "Harga masih aman," katanya.', [("Harga masih aman,", LUKMAN)]),
    ('Lukman menyebut panen baik.\n\n"Harga masih aman," katanya.', [("Harga masih aman,", LUKMAN)]),
    ('Dikatakan Lukman, panen baik.\n\n"Harga masih aman," ujar dia.', [("Harga masih aman,", LUKMAN)]),
    ('Lukman berharap panen baik.\n\n"Harga masih aman," kata pria asal Serang ini.', [("Harga masih aman,", LUKMAN)]),
    ('Lukman berharap panen baik.\n\n"Harga masih aman," ucap orang nomor satu di Setu.', [("Harga masih aman,", LUKMAN)]),
    ('Camat Setu menyatakan panen baik.\n\n"Harga masih aman," imbuhnya.', [("Harga masih aman,", LUKMAN)]),
    ('Intan didampingi Lukman mengatakan panen baik.\n\n"Harga masih aman," ujarnya.', [("Harga masih aman,", INTAN)]),
    ('"Harga aman sekali," ujar Lukman.\n\n"Stok juga cukup," sambungnya.', [("Harga aman sekali,", LUKMAN), ("Stok juga cukup,", LUKMAN)]),
    ('"Harga aman sekali," ujar Lukman. "Stok juga cukup untuk sebulan."', [("Harga aman sekali,", LUKMAN), ("Stok juga cukup untuk sebulan.", LUKMAN)]),
    ('"Harga aman sekali," ujar Lukman.\n\n"Stok juga cukup untuk sebulan ke depan."', [("Harga aman sekali,", LUKMAN), ("Stok juga cukup untuk sebulan ke depan.", LUKMAN)]),
    ('"Harga aman sekali," ujar Lukman.\n\n"Pajak turun," kata Intan.', [("Harga aman sekali,", LUKMAN), ("Pajak turun,", INTAN)]),
    ('"Harga masih aman," kata seorang pedagang.', [("Harga masih aman,", None)]),
    ('"Mohon maaf atas gangguan ini," tulis KAI di akunnya.', [("Mohon maaf atas gangguan ini,", None)]),
    ('“Kami mohon lampu jalan segera diperbaiki, pinta Intan.', [("Kami mohon lampu jalan segera diperbaiki,", INTAN)]),
    ('"Harga beras kita jaga bersama-sama dulu.\n\nStok juga kita jaga terus," pungkas Intan.', [("Harga beras kita jaga bersama-sama dulu.\n\nStok juga kita jaga terus,", INTAN)]),
    ('“Termasuk, ujarnya, untuk pasar kecil di desa,” kata Lukman.', [("Termasuk, ujarnya, untuk pasar kecil di desa,", LUKMAN)]),
    ("“Kita libur Jum”at besok bersama,” kata Lukman.", [("Kita libur Jum”at besok bersama,", LUKMAN)]),
    ('"Saya minta Budi (Kadis) bekerja," kata Intan.', [("Saya minta Budi (Kadis) bekerja,", INTAN)]),
    ('Program "Jumat Berkah" dimulai.', []),
    ('Konser bertajuk "Lebak Untuk Indonesia Raya Tercinta" digelar.', []),
    ("Ia menyebut ‘si kembar’ itu pelaku.", []),
    ('Pelaku "nakal" itu ditindak.', []),
    ("Kabupaten Tangerang Terang dan jelas, kata warga.", []),
    ('Lomba bertema "Bersatu Kita Maju" tutup pukul lima.', []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), LINES)
def test_quotes_and_speakers(body: str, expected: list[tuple[str, str | None]]) -> None:
    text = INTRO + body
    found = find_people(text)
    quotes = find_quotes(text, found)
    told = [
        (text[quote.start : quote.end], None if quote.speaker is None else found.persons[quote.speaker].name)
        for quote in quotes
    ]
    assert told == expected


def test_a_quote_without_anybody_has_no_speaker() -> None:
    text = '"Harga beras masih aman di semua pasar kita."'
    (quote,) = find_quotes(text, find_people(text))
    assert quote.speaker is None


MARKS = st.sampled_from(['"', "“", "”", "‘", "’", "''", "kata Intan", "ujarnya", ", ", ". ", "\n\n", "Harga aman", "Intan mengatakan:", "«", "»", " "])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(MARKS, max_size=40).map("".join)))
def test_never_raises_and_quotes_lie_apart(body: str) -> None:
    text = INTRO + body
    found = find_people(text)
    last = 0
    for quote in find_quotes(text, found):
        assert last <= quote.start < quote.end <= len(text)
        assert quote.speaker is None or 0 <= quote.speaker < len(found.persons)
        last = quote.end
