"""Organisations: where their names begin and end, short names, abbreviations, and what is none."""

from __future__ import annotations

import pytest

from nlp.boilerplate_lines import find_boilerplate
from nlp.orgs.finder import find_orgs

CASES = [
    ("Pemkot Cilegon dan Pemkab Lebak berunding.", ["Pemkot Cilegon", "Pemkab Lebak"]),
    ("Pemerintah Kota Tangerang Selatan menambah armada.", ["Pemerintah Kota Tangerang Selatan"]),
    ("Pemerintah Provinsi (Pemprov) Banten membuka posko.", ["Pemerintah Provinsi (Pemprov) Banten"]),
    (
        "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kota Batu hadir.",
        ["Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kota Batu"],
    ),
    (
        "Dinas Koperasi, Usaha Mikro, dan Perdagangan Kota Malang hadir.",
        ["Dinas Koperasi, Usaha Mikro, dan Perdagangan Kota Malang"],
    ),
    ("Kantor Perwakilan Bank Indonesia Kediri mencatat.", ["Kantor Perwakilan Bank Indonesia Kediri"]),
    ("Kanwil DJP Jawa Timur II mencatat.", ["Kanwil DJP Jawa Timur II"]),
    ("Kamar Dagang dan Industri (Kadin) hadir.", ["Kamar Dagang dan Industri", "Kadin"]),
    ("Bea Cukai Kudus menyita rokok.", ["Bea Cukai Kudus"]),
    ("Kasi Koperasi Dinas Sosial Kota Kediri hadir.", ["Dinas Sosial Kota Kediri"]),
    ("Semua dinas. Ada BUMN dan LSM. Antara lain begitu.", []),
    ("Berita itu tersiar (Antara).", ["Antara"]),
    ("Bantuan Pemkab. Serang tiba kemarin.", ["Pemkab. Serang"]),
    ("Kata Kepala Dinas Koperasi dan UKM Kota Cilegon, Sutrisno.", ["Dinas Koperasi dan UKM Kota Cilegon"]),
    ("Kepala Dinas Sosial Rina Marlina hadir.", ["Dinas Sosial"]),
    (
        "Data Dinas Perindustrian, Perdagangan dan Koperasi Kabupaten Lebak terbit.",
        ["Dinas Perindustrian, Perdagangan dan Koperasi Kabupaten Lebak"],
    ),
    ("Badan Pusat Statistik (BPS) Provinsi Banten merilis data.", ["Badan Pusat Statistik (BPS) Provinsi Banten"]),
    ("Dinas Kesehatan dan BPBD turun ke lokasi.", ["Dinas Kesehatan", "BPBD"]),
    ("Polres Metro Tangerang Kota memeriksa saksi.", ["Polres Metro Tangerang Kota"]),
    ("Ketua DPRD Kabupaten Pandeglang menolak.", ["DPRD Kabupaten Pandeglang"]),
    ("Menurut Bank Indonesia, kredit tumbuh.", ["Bank Indonesia"]),
    ("Direktur PT Samudra Niaga Banten menyanggupi.", ["PT Samudra Niaga Banten"]),
    ("Siswa SMAN 3 Serang dan SMKN 1 Anyer berlatih.", ["SMAN 3 Serang", "SMKN 1 Anyer"]),
    ("Himpunan Nelayan dan Petambak Indonesia protes.", ["Himpunan Nelayan dan Petambak Indonesia"]),
    ("Kementerian Perdagangan RI mengawasi.", ["Kementerian Perdagangan RI"]),
    ("Kursi PKS dan Gerindra bertambah.", ["PKS", "Gerindra"]),
    ("SERANG, BERITANIAGA.co.id - Harga turun.", ["BERITANIAGA.co.id"]),
    ("CIPUTAT, SUARA CEMPAKA - Harga turun.", ["SUARA CEMPAKA"]),
    ("LEBAK, BANTEN - Harga turun.", []),
    ("MAKKAH, ARAB SAUDI - Harga turun.", []),
    ("PT. Cahaya Tirta Abadi (CTA) diaudit. CTA setuju.", ["PT. Cahaya Tirta Abadi", "CTA", "CTA"]),
]


@pytest.mark.parametrize(("text", "surfaces"), CASES)
def test_orgs_end_where_the_phrase_ends(text: str, surfaces: list[str]) -> None:
    assert [text[org.start : org.end] for org in find_orgs(text, [])] == surfaces


@pytest.mark.parametrize(
    "text",
    [
        "Pemkot berjanji, Pemda menunggu, dinas terkait diam.",
        "Pemerintah daerah menaikkan upah.",
        "Rapat di Balai Kota berlangsung singkat.",
        "Badan Usaha Milik Daerah merugi.",
        "Kepala OPD wajib hadir.",
        "Penggeledahan di Kantor Dinas Sosial selesai.",
        "Baca juga: Pemkot Serang Tambah Armada",
        "",
        "(((((",
        "PT",
    ],
)
def test_class_words_buildings_and_links_are_no_orgs(text: str) -> None:
    assert find_orgs(text, []) == []


@pytest.mark.parametrize(
    ("surface", "taken"),
    [
        ("Sanggar Cipta Rupa", True),
        ("Tangsel", False),
        ("Pemkot", False),
        ("Kabid Humas", False),
        ("Jalan Melati", False),
        ("S.STP", False),
        ("AKP Zarqof Lumentu", False),
    ],
)
def test_the_model_adds_names_only(surface: str, taken: bool) -> None:
    text = f"Acara itu digelar {surface} kemarin."
    found = find_orgs(text, [(18, 18 + len(surface))])
    assert [org.source for org in found] == (["model"] if taken else [])


def test_a_rule_wins_over_the_model() -> None:
    text = "Kepala Dinas Sosial Kota Serang hadir."
    found = find_orgs(text, [(7, 19)])
    assert [(text[org.start : org.end], org.source) for org in found] == [("Dinas Sosial Kota Serang", "rule")]


def test_a_long_run_of_capitals_is_read_quickly_and_wholly() -> None:
    text = "Dinas " * 5000 + "PT " * 5000 + "Badan Pusat (" * 3000
    assert all(0 <= org.start < org.end <= len(text) for org in find_orgs(text, []))


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("Baca juga: Harga Telur Turun\n\nIsi.", "Baca juga: Harga Telur Turun"),
        ("Isi.\nEditor: Sari", "Editor: Sari"),
        ("Isi. [Gambas:Video 1] Lagi.", "[Gambas:Video 1]"),
        ("Lihat https://contoh.id/a lagi", "https://contoh.id/a"),
    ],
)
def test_boilerplate_is_found(text: str, closed: str) -> None:
    assert closed in [text[start:end] for start, end in find_boilerplate(text)]


@pytest.mark.parametrize(
    ("text", "person", "surface"),
    [
        ("Dosen Institut Teknologi Bandung Rudi Hartono hadir.", "Rudi", "Institut Teknologi Bandung"),
        ("Pengajar Universitas Jenderal Achmad Yani hadir.", "Achmad", "Universitas Jenderal Achmad Yani"),
        ("Dosen Universitas Achmad Yani hadir.", "Achmad", "Universitas Achmad Yani"),
    ],
)
def test_a_name_ends_before_a_person(text: str, person: str, surface: str) -> None:
    assert [text[org.start : org.end] for org in find_orgs(text, [], persons=[text.index(person)])] == [surface]


@pytest.mark.parametrize(
    ("text", "span", "surfaces"),
    [
        ("Hasil survei Zarqof Consulting (ZAC) terbit.", "Zarqof Consulting (ZAC)", ["Zarqof Consulting"]),
        ("Santunan bagi Abdi Sipil Negara (ASN) cair.", "Abdi Sipil Negara", []),
        ("Penggeledahan di Kantor Zarqof Lumentu selesai.", "Zarqof Lumentu", []),
        ("Ia membeli mobil Zarqof Lumentu.", "Zarqof Lumentu", []),
        ("Acara itu digelar di Zarqof Lumentu.", "Zarqof Lumentu", []),
        ("Direktur Jenderal Perhubungan Udara hadir.", "Perhubungan Udara", []),
        ("Peserta Zarqof Lumentu 74 orang.", "Zarqof Lumentu 74", ["Zarqof Lumentu"]),
        ("Laporan Zarqof Lumentu Direktur Utama terbit.", "Zarqof Lumentu Direktur Utama", ["Zarqof Lumentu"]),
        ("Kata Kasatpel Zarqof itu.", "Kasatpel Zarqof", []),
        ("Peserta Kartu Prakerja bertambah.", "Kartu Prakerja", []),
        ("Para tamu BUMD Kota Kediri hadir.", "BUMD Kota Kediri", []),
        ("Proyek Zarqof City dimulai.", "Zarqof City", []),
    ],
)
def test_what_the_model_took_in_or_took_for_an_organisation(text: str, span: str, surfaces: list[str]) -> None:
    start = text.index(span)
    assert [text[org.start : org.end] for org in find_orgs(text, [(start, start + len(span))])] == surfaces
