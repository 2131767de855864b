"""The line filter: every row of the table by its own examples, and what must stay."""

import tomllib

import pytest

from scraper.page.lines import TABLE, clean_lines, is_boilerplate, is_caption, joined, split_signature, without_notes

ROWS = tomllib.loads(TABLE.read_text(encoding="utf-8"))
LEAD = "Pemerintah Kota Cilegaran membuka pasar murah di alun-alun kota sejak Rabu pagi."
NEXT = "Kepala dinas menyebut beras yang dijual mencapai dua belas ton selama tiga hari."
LAST = "Warga mengaku terbantu karena harga di pasar sudah menyentuh empat belas ribu rupiah."


@pytest.mark.parametrize("line", [line for row in ROWS["line"] for line in row["examples"]])
def test_boilerplate_goes(line: str) -> None:
    assert is_boilerplate(line)
    assert clean_lines([LEAD, line, NEXT]) == [LEAD, NEXT]


@pytest.mark.parametrize("stretch", [line for row in ROWS["inline"] for line in row["examples"]])
def test_inline_stretch_goes_and_the_sentence_stays(stretch: str) -> None:
    assert clean_lines([f"{LEAD} {stretch}", stretch, NEXT]) == [LEAD, NEXT]


@pytest.mark.parametrize("line", [line for row in ROWS["line"] for line in row.get("keeps", [])])
def test_sentence_that_begins_like_boilerplate_stays(line: str) -> None:
    assert clean_lines([LEAD, line, NEXT]) == [LEAD, line, NEXT]


@pytest.mark.parametrize("line", [line for row in ROWS["ending"] for line in row["examples"]])
def test_ending_cuts_what_follows(line: str) -> None:
    assert clean_lines([LEAD, NEXT, LAST, line, "Judul berita lain yang tidak ada hubungannya"]) == [LEAD, NEXT, LAST]


@pytest.mark.parametrize("line", [line for row in ROWS["note"] for line in row["examples"]])
def test_note_of_the_desk_goes_where_it_stands_last(line: str) -> None:
    assert without_notes([LEAD, NEXT, LAST, line]) == (LEAD, NEXT, LAST)
    assert without_notes([line, LEAD, NEXT, LAST]) == (line, LEAD, NEXT, LAST)


@pytest.mark.parametrize("line", [line for row in ROWS["note"] for line in row["keeps"]])
def test_last_sentence_that_begins_like_a_note_stays(line: str) -> None:
    assert without_notes([LEAD, line]) == (LEAD, line)


def test_headline_and_captions_known_from_elsewhere_go() -> None:
    caption = "Suasana pasar murah di alun-alun kota"
    assert clean_lines(["Pasar Murah Dibuka", caption, LEAD], known=["Pasar murah dibuka", caption]) == [LEAD]


def test_paragraph_that_a_story_repeats_stays_and_a_doubled_body_does_not() -> None:
    story = [LEAD, NEXT, LAST, f"{NEXT} Begitu pula di pasar lain."]
    assert clean_lines([*story, "Satu", story[3]]) == [*story, "Satu", story[3]]
    assert clean_lines([*story, *story]) == story


def test_repeated_lead_goes_but_list_items_may_repeat() -> None:
    assert clean_lines([LEAD, NEXT, LEAD]) == [LEAD, NEXT]
    assert clean_lines([LEAD, "1 sendok gula", NEXT, "1 sendok gula"]) == [LEAD, "1 sendok gula", NEXT, "1 sendok gula"]


@pytest.mark.parametrize(
    "caption",
    [
        "Wali kota meninjau pasar.(Istimewa / Istimewa)",
        "Suasana pasar murah. (@KabarCilegaran / Sari Wulandari)",
        "Antrean warga (Foto: Sari)",
        "Petugas menimbang beras (KabarCilegaran/2021 / Sari)",
    ],
)
def test_caption_before_the_lead_goes(caption: str) -> None:
    assert is_caption(caption)
    assert clean_lines([caption, LEAD, NEXT]) == [LEAD, NEXT]


@pytest.mark.parametrize(
    "line",
    [
        "Pasar murah dibuka wali kota di alun-alun, Rabu (7/4/2021).",
        "Pasar murah dibuka wali kota di alun-alun, Rabu (7/4).",
        "Warga menyambut pasar murah itu dengan gembira. (swl/rac)",
    ],
)
def test_first_paragraph_that_ends_in_brackets_stays(line: str) -> None:
    assert clean_lines([line, NEXT]) == [line, NEXT]


def test_hard_breaks_inside_a_sentence_are_mended() -> None:
    assert joined(["Pemerintah kota membuka pasar murah di", "alun-alun kota.", "Warga datang."]) == [
        "Pemerintah kota membuka pasar murah di alun-alun kota.",
        "Warga datang.",
    ]


def test_signature_in_capitals_becomes_a_name() -> None:
    assert split_signature([LEAD, NEXT, "SARI WULANDARI"]) == ((LEAD, NEXT), "Sari Wulandari")
    assert split_signature([LEAD, NEXT]) == ((LEAD, NEXT), None)
