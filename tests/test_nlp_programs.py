"""Programmes: names by class word, brackets, launch words and registry; later and shorter mentions."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.lexicons import read_rows
from nlp.programs.find import find_programs
from nlp.programs.known import KnownNames
from nlp.registry_data import FOLDER

ROWS = read_rows(FOLDER / "programmes.csv")
KNOWN = KnownNames.from_rows(ROWS)

MENTIONS = [
    ("Pemkot meluncurkan program Sabar Menabung (SM) kemarin.", ["Sabar Menabung", "SM"]),
    ("Dinas menggelar Festival Durian Lereng di alun-alun.", ["Festival Durian Lereng"]),
    ("Warga antre di Job Fair 2024 pagi tadi.", ["Job Fair 2024"]),
    ("Pemkab membuka operasi pasar murah di tiga desa.", ["operasi pasar murah"]),
    ("Petani memakai aplikasi SiTaniku untuk melapor.", ["SiTaniku"]),
    ("Bantuan itu berupa KUR dan PKH.", ["KUR", "PKH"]),
    ("Anak sekolah menerima Makan Bergizi Gratis (MBG). Dapur MBG bertambah.", ["Makan Bergizi Gratis", "MBG", "MBG"]),
    ("Program MBG diperluas.", ["MBG"]),
    ("Pemkot menambah subsidi Rp7,9 miliar dan bantuan Rp 2 juta.", []),
    ("Dinas memberi pelatihan kewirausahaan bagi warga.", ["pelatihan kewirausahaan"]),
    ("Pegawai mengikuti bimtek SDM.", ["bimtek SDM"]),
    ("Pemprov memberi diskon pajak kendaraan.", ["diskon pajak kendaraan"]),
    ("Gerakan Sadar Sampah (GSS) dimulai. Lewat GSS warga memilah.", ["Gerakan Sadar Sampah", "GSS", "GSS"]),
    ("Bupati mencanangkan gerakan “Jumat Rapi” di pasar.", ["Jumat Rapi"]),
    ("Dinas membuka Klinik Usaha Kecil Mikro (UKM). Warga ke klinik UKM.", ["Klinik Usaha Kecil Mikro", "klinik UKM"]),
    ("Pemkot meluncurkan Kampung Batik Lestari.", ["Kampung Batik Lestari"]),
    ("Penerima Kartu Prakerja bertambah.", ["Kartu Prakerja"]),
    ("Bantuan Langsung Tunai (BLT) cair. BLT itu dibagi.", ["Bantuan Langsung Tunai", "BLT", "BLT"]),
    ("Lomba Cerdas Cermat digelar.", ["Lomba Cerdas Cermat"]),
]

NONE = [
    "Program ini berjalan baik.",
    "Program pemerintah harus tepat sasaran.",
    "Program Presiden Prabowo didukung.",
    "Pelatihan itu selesai.",
    "Pelatihan untuk warga selesai.",
    "Bantuan disalurkan kepada warga.",
    "Job fair tersebut ramai.",
    "Wali Kota meresmikan Jembatan Cisadane.",
    "APBD 2024 dan RPJMD disahkan.",
    "Ia tinggal di Kampung Melayu.",
    "Ia bersekolah di Sekolah Dasar Negeri Satu.",
    "Kantor Pelayanan Pajak tutup.",
    "Baca juga: Festival Durian Lereng",
    "Balai Penyuluhan Pertanian Kecamatan dibangun.",
]


@pytest.mark.parametrize(("text", "surfaces"), MENTIONS)
def test_mentions(text, surfaces):
    programs = find_programs(text, known=KNOWN)
    found = sorted((mention.start, mention.surface) for program in programs for mention in program.mentions)
    assert [surface for _, surface in found] == surfaces


@pytest.mark.parametrize("text", NONE)
def test_no_programme(text):
    assert [program.name for program in find_programs(text, known=KNOWN)] == []


def test_name_and_abbreviation_are_one_registered_programme():
    programs = find_programs("Kredit Usaha Rakyat disalurkan bank. Bunga KUR rendah.", known=KNOWN)
    assert [(program.name, program.program_id, len(program.mentions)) for program in programs] == [
        ("Kredit Usaha Rakyat", "kur", 2)
    ]


def test_a_local_row_adds_a_name():
    rows = [*ROWS, {"programme_id": "sapa", "name": "Sapa Warga", "aliases": "SAPAWARGA"}]
    programs = find_programs("Lewat Sapa Warga, aduan masuk.", known=KnownNames.from_rows(rows))
    assert [(program.name, program.program_id) for program in programs] == [("Sapa Warga", "sapa")]


def test_without_registry_only_the_wording_decides():
    assert find_programs("Bunga KUR rendah.") == []


def test_shipped_rows_are_sound():
    assert len({row["programme_id"] for row in ROWS}) == len(ROWS)
    assert all(row["name"] and None not in row for row in ROWS)


PIECES = [
    "program",
    "Gerakan",
    "MBG",
    "(",
    ")",
    "“",
    "”",
    "Kampung",
    "Hijau",
    "dan",
    "pelatihan",
    "KUR",
    "\n",
    "2024",
    "di",
]


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)))
def test_never_raises_and_keeps_spans(text):
    spans = []
    for program in find_programs(text, known=KNOWN):
        for mention in program.mentions:
            assert text[mention.start : mention.end] == mention.surface
            spans.append((mention.start, mention.end))
    spans.sort()
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
