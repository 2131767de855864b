"""Reading that leaves out what cannot match finds the same as reading everything."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.extensions import text_of
from nlp.figures.find import find_figures
from nlp.figures.masks import find_masks
from nlp.figures.periods import find_periods
from nlp.people.areas import AreaIndex, load_areas
from nlp.people.words import split_words
from nlp.pipeline import build_blank
from nlp.places.gazetteer import Gazetteer
from nlp.quotes.patterns import find_verbs, load_patterns

SPEECH = [
    '"Siap," ujar Rudi. Ia menambahkan, panen raya sudah dekat; katanya, "Bagus."',
    "Dikatakan Siti, warga MENGAKU puas. Kata-kata itu bukan ujaran.",
    "Tidak ada yang bicara di sini.",
]


@pytest.mark.parametrize("text", SPEECH)
def test_verbs_of_speech_word_by_word_are_those_of_the_pattern(text: str) -> None:
    by_pattern = [match.span() for match in load_patterns().clause.finditer(text)]
    assert [match.span() for match in find_verbs(text, 0, len(text))] == by_pattern


LINES = """Harga naik.
Pada Mei 2024 inflasi 2,5 persen, kata Rudi (45).
Warga senang.
Pukul 10.00 WIB, Jalan Mawar RT 02/03.
"""


def test_stretches_find_the_dates_and_false_friends_that_lie_in_them() -> None:
    second = (LINES.index("Pada"), LINES.index("Warga"))
    periods = find_periods(LINES, published=date(2024, 6, 1), within=[second])
    assert periods == find_periods(LINES, published=date(2024, 6, 1))
    masks = find_masks(LINES, periods, within=[second])[1]
    everywhere = find_masks(LINES, periods)[1]
    assert masks == [span for span in everywhere if span[1] <= second[1]]
    assert len(masks) < len(everywhere)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Panen melimpah.\nDelapan desa terdampak.\nWarga senang.", ["Delapan desa"]),
        ("Keempat perusahaan disegel.\n", ["Keempat perusahaan"]),
        ("Tanpa angka.\nTanpa apa pun.", []),
        ("Harga per Mei 2024 sebagai berikut:\n- beras Rp14 ribu", ["Rp14 ribu"]),
    ],
)
def test_figures_are_found_in_lines_with_digits_or_number_words(text: str, surfaces: list[str]) -> None:
    assert [figure.surface for figure in find_figures(text, [(0, len(text))])] == surfaces


def test_the_period_of_the_line_that_opens_a_list_holds_for_its_rows() -> None:
    text = "Harga per Mei 2024 sebagai berikut:\n- beras Rp14 ribu"
    assert [figure.period for figure in find_figures(text, [(0, 35), (36, len(text))])] == ["2024-05"]


def test_the_longest_name_is_looked_up_by_its_first_word() -> None:
    areas = AreaIndex([("99", "Kota Mawar", "regency"), ("99.1", "Kota Mawar Selatan Jaya", "regency")])
    match = areas.match(split_words("Kota Mawar Selatan Jaya Raya"), 0, frozenset({"regency"}))
    assert match is not None
    assert (match.length, match.codes) == (4, ("99.1",))
    assert load_areas().match(split_words("mawar"), 0, frozenset({"regency"})) is None
    gazetteer = Gazetteer([{"code": "99", "name": "Kota Mawar Jaya", "kind": "regency"}])
    assert [gazetteer.longest(word) for word in ("kota", "mawar", "melati")] == [3, 2, 0]


def test_the_text_of_a_doc_is_put_together_once() -> None:
    doc = build_blank(names=[]).make_doc("Harga beras naik.\n")
    assert text_of(doc) == doc.text
    assert text_of(doc) is text_of(doc)
