"""Topics and kinds of articles by their wording."""

from __future__ import annotations

import pytest

from nlp.lexicons import read_toml
from nlp.topics.kinds import kind_of
from nlp.topics.scoring import choose_topics

TOPICS = [
    "umkm",
    "prices",
    "budget",
    "investment",
    "labour",
    "trade",
    "tourism",
    "infrastructure",
    "agriculture",
    "energy",
    "finance",
    "welfare",
    "tax",
    "property",
    "transport",
    "health",
    "education",
    "environment",
    "politics",
    "crime",
    "disaster",
]


@pytest.mark.parametrize(
    ("title", "text", "main"),
    [
        ("Pelaku UMKM Dilatih", "Puluhan pelaku UMKM belajar mengurus NIB dan sertifikat halal.", "umkm"),
        ("Harga Cabai Naik", "Inflasi bulan ini didorong harga cabai dan harga telur di pasar.", "prices"),
        ("APBD Perubahan Dibahas", "Belanja daerah dipangkas karena defisit anggaran melebar.", "budget"),
        ("", "Investor asing menanamkan modal; realisasi investasi melonjak.", "investment"),
        ("Job Fair Dibuka", "Pencari kerja mengincar lowongan, pengangguran diharap turun.", "labour"),
        ("Ekspor Sepatu", "Nilai ekspor dan impor membaik, neraca dagang surplus.", "trade"),
        ("Wisatawan Padati Pantai", "Destinasi wisata penuh, okupansi hotel melonjak.", "tourism"),
        ("Jalan Rusak Ditambal", "Dinas PUPR memulai betonisasi dan perbaikan jalan serta drainase.", "infrastructure"),
        ("Panen Raya", "Petani menjual gabah; pupuk sudah cukup untuk sawah.", "agriculture"),
        ("Listrik Padam", "PLN memulihkan pembangkit dan pemadaman berakhir.", "energy"),
        ("Suku Bunga Tetap", "Bank Indonesia menahan suku bunga, kredit perbankan tumbuh.", "finance"),
        ("Bansos Cair", "Bantuan sosial bagi warga miskin disalurkan Dinsos.", "welfare"),
        ("Pemutihan Pajak", "Wajib pajak ramai membayar PBB-P2 di kantor Bapenda.", "tax"),
        ("Rumah Subsidi Laris", "Pengembang perumahan memasarkan hunian dengan KPR.", "property"),
        ("Tarif Bus Naik", "Dishub mengatur angkutan dan lalu lintas terminal.", "transport"),
        ("Kasus DBD", "Pasien di rumah sakit dan puskesmas bertambah.", "health"),
        ("SPMB Dimulai", "Siswa dan guru menyambut sekolah gratis.", "education"),
        ("Sampah Menumpuk", "Limbah mencemari; DLH menambah petugas di TPA.", "environment"),
        ("DPRD Sahkan Perda", "Rapat paripurna menyetujui raperda usulan fraksi.", "politics"),
        ("Dua Tersangka Ditahan", "Penyidik kejaksaan menahan tersangka korupsi.", "crime"),
        ("Banjir Meluas", "BPBD mengevakuasi warga yang rumahnya terendam.", "disaster"),
        ("Lomba Layang-layang", "Puluhan anak bermain di lapangan.", "other"),
    ],
)
def test_main_topic_comes_first(title: str, text: str, main: str) -> None:
    assert choose_topics(title, text)[0] == main


def test_an_article_has_at_most_three_topics_and_an_empty_one_none() -> None:
    everything = " ".join(word for lists in read_toml("topics.toml").values() for word in lists["strong"])
    assert len(choose_topics("", everything)) <= 3
    assert choose_topics("", "  ") == []


def test_the_lexicon_knows_every_topic_and_no_other() -> None:
    assert sorted(read_toml("topics.toml")) == sorted(TOPICS)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("FOTO: Panen Raya", "Petani memanen padi.", "photo"),
        ("VIDEO: Angin Kencang", "Rekaman warga.", "video"),
        ("Toko Baru", "(ADV) – Toko itu buka hari ini.", "advertorial"),
        ("Bupati Panen", "RILIS HUMAS – Bupati memanen padi.", "release"),
        ("Opini: Sawah Kita", "Sawah makin sempit.", "opinion"),
        ("Sawah Kita", "Sawah makin sempit.\n\nPenulis adalah dosen pertanian.", "opinion"),
        ("Panen", "SERANG – Petani memanen padi.", None),
        ("[HOAKS] Beras Plastik Beredar", "Kabar itu ramai.", "hoax"),
        ("Cek Fakta: Bansos Lewat Tautan", "Tautan itu palsu.", "hoax"),
        ("Diskominfo Klarifikasi Kabar Bantuan", "Pesan berantai itu dipastikan hoaks.", "hoax"),
        ("Ralat: Anggaran Jalan", "Angka yang benar Rp2 miliar.", "correction"),
        ("Anggaran Jalan", "Berita ini telah dikoreksi pada bagian angka.", "correction"),
        ("Pelatihan Tangkal Hoaks bagi Pelajar", "Pelajar belajar memilah kabar.", None),
        ("Koreksi Harga Saham Berlanjut", "Indeks turun.", None),
        ("", "", None),
    ],
)
def test_kind_is_told_only_where_the_wording_is_clear(title: str, text: str, kind: str | None) -> None:
    assert kind_of(title, text) == kind
