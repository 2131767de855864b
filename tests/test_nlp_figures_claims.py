"""How figures moved, whether they are targets, and which indicator they speak of."""

from __future__ import annotations

import pytest

from nlp.figures.find import find_figures
from nlp.figures.indicators import groups, unit_kind


def _figures(text: str) -> list[tuple[str, str | None, float | None, str | None]]:
    return [(f.surface, f.direction, f.base, f.role) for f in find_figures(text, [(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Produksi naik dari 5 ton menjadi 8 ton.", [("5 ton", None, None), ("8 ton", "up", 5.0)]),
        ("Produksi turun menjadi 5 ton, dari sebelumnya 8 ton.", [("5 ton", "down", 8.0), ("8 ton", None, None)]),
        ("Ongkos kini Rp9 ribu, dari Rp7 ribu.", [("Rp9 ribu", "up", 7000.0), ("Rp7 ribu", None, None)]),
        (
            "Ongkos Rp9 ribu per karung, dulunya Rp7 ribu.",
            [("Rp9 ribu per karung", "up", 7000.0), ("Rp7 ribu", None, None)],
        ),
        (
            "Laju itu naik 1 persen dari 3 persen menjadi 4 persen.",
            [("1 persen", "up", None), ("3 persen", None, None), ("4 persen", "up", 3.0)],
        ),
        ("Tarif tetap Rp2.000.", [("Rp2.000", "flat", None)]),
        ("Kenaikan tarif sebesar 6 persen diprotes.", [("6 persen", "up", None)]),
        ("Penjualan turun Rp9 juta atau 4 persen.", [("Rp9 juta", "down", None), ("4 persen", "down", None)]),
        ("Pertumbuhan ekonomi 5 persen.", [("5 persen", None, None)]),
        ("Lebih dari 5 ton beras datang.", [("5 ton", None, None)]),
        ("Dari 40 kios, baru 12 kios buka.", [("40 kios", None, None), ("12 kios", None, None)]),
    ],
)
def test_tells_direction_and_base(text: str, told: list[tuple[str, str | None, float | None]]) -> None:
    assert [figure[:3] for figure in _figures(text)] == told


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Pemkot menargetkan 300 rumah.", ["target"]),
        ("Realisasi belanja mencapai Rp2 miliar.", ["realisation"]),
        ("Terkumpul Rp4 miliar atau 80 persen dari target Rp5 miliar.", ["realisation", "realisation", "target"]),
        ("Dari 90 unit yang ditargetkan, terealisasi 40 unit.", ["target", "realisation"]),
        ("Warga menyumbang 300 bata.", [None]),
    ],
)
def test_tells_targets_and_what_came_in(text: str, roles: list[str | None]) -> None:
    assert [figure[3] for figure in _figures(text)] == roles


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("Jumlah pelaku UMKM sebanyak 7.200.", ["umkm"]),
        ("Ekonomi daerah tumbuh 5,1 persen.", ["pdrb"]),
        ("Inflasi bulan itu 0,2 persen.", ["inflasi"]),
        ("Belanja daerah ditetapkan Rp3 triliun.", ["apbd"]),
        ("Retribusi parkir terkumpul Rp3 miliar.", ["pad"]),
        ("Realisasi investasi mencapai Rp6 triliun.", ["investasi"]),
        ("Tingkat pengangguran terbuka 6,1 persen.", ["ketenagakerjaan"]),
        ("Garis kemiskinan Rp600.000 per bulan.", ["kemiskinan"]),
        ("Upah minimum kota itu Rp4.900.000.", ["upah-minimum"]),
        ("Cabai rawit dijual Rp90.000 per kg.", ["harga-pangan"]),
        ("Nilai ekspor mencapai US$3 juta.", ["ekspor-impor"]),
        ("Kredit tumbuh 4 persen.", ["kredit"]),
        ("Bansos diterima 300 keluarga.", ["bantuan"]),
        ("Prevalensi stunting 17 persen.", ["ipm-stunting"]),
        ("Panjang jembatan 90 meter.", [None]),
        ("Bunga kredit mulai 6 persen.", [None]),
        ("Pertunjukan dihadiri 300 orang.", [None]),
    ],
)
def test_tells_the_indicator(text: str, indicators: list[str | None]) -> None:
    assert [figure.indicator for figure in find_figures(text, [(0, len(text))])] == indicators


def test_the_next_sentence_carries_a_claim_on() -> None:
    text = "Inflasi tahunan 3 persen. Kelompok sandang memberi andil 0,2 persen. Diskon 20 persen berlaku."
    ends = [at + 1 for at in range(len(text)) if text[at] == "."]
    sentences = list(zip([0, *ends[:-1]], ends, strict=True))
    assert [figure.indicator for figure in find_figures(text, sentences)] == ["inflasi", "inflasi", None]


def test_every_group_of_the_lexicon_reads_its_units() -> None:
    kinds = {unit_kind(unit) for unit in ("IDR", "USD", "%", "indeks", "urutan", "kali lipat", "orang")}
    assert len(groups()) == 14
    assert all(group.units <= kinds for group in groups())


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Setoran parkir mencapai Rp3 miliar atau baru 60 persen dari target.", ["Setoran parkir"] * 2),
        ("Pesanan sarung turun dari 90 potong menjadi 50 potong.", ["Pesanan sarung"] * 2),
        ("Sebanyak 90 calon mengikuti ujian tulis.", ["calon yang mengikuti ujian tulis"]),
        ("Tarifnya Rp4.000.", ["Tarif"]),
        ("Dana insentif desa (DID) mencapai Rp3 miliar.", ["Dana insentif desa"]),
        ("Tadi Rp4.000.", [None]),
        ("Jangankan Rp4.000, Rp2.000 pun tidak ada.", [None, None]),
    ],
)
def test_tells_what_is_measured(text: str, measures: list[str | None]) -> None:
    assert [figure.measures for figure in find_figures(text, [(0, len(text))])] == measures


@pytest.mark.parametrize(
    ("before", "text", "measures"),
    [
        (
            "Lima partai mendapat dana hibah tahun ini.",
            "PKN mendapat Rp2,7 miliar, kemudian PBN Rp1,8 miliar.",
            ["dana hibah PKN", "dana hibah PBN"],
        ),
        (
            "Rapat usai.",
            "Pulau itu punya kontribusi besar terhadap devisa negara, 44 persen.",
            ["kontribusi besar terhadap devisa negara"],
        ),
        ("Rapat usai.", "Harga lahan dipersoalkan, warga meminta Rp6,5 juta.", ["harga lahan"]),
        (
            "Tiga perusahaan tambang melanggar aturan.",
            "Nama tiga perusahaan itu, kata dia, rahasia.",
            ["perusahaan tambang yang melanggar aturan"],
        ),
    ],
)
def test_takes_what_the_talk_is_of(before: str, text: str, measures: list[str]) -> None:
    whole = f"{before} {text}"
    sentences = [(0, len(before)), (len(before) + 1, len(whole))]
    assert [figure.measures for figure in find_figures(whole, sentences)][-len(measures) :] == measures
