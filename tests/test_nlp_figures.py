"""Which figures a sentence holds: surface, value, unit, modifier."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.figures.find import find_figures

FIGURES = [
    # money
    ("Anggaran pasar rakyat itu Rp4,93 triliun.", "Rp4,93 triliun", 4.93e12, "IDR", "exact"),
    ("Retribusi yang masuk Rp 4,93 Triliun hingga pekan ini.", "Rp 4,93 Triliun", 4.93e12, "IDR", "exact"),
    ("Total belanja alat tulis Rp. 545.065.", "Rp. 545.065", 545065, "IDR", "exact"),
    ("Garis kemiskinan naik menjadi Rp598.748,-/kapita/ bulan.", "Rp598.748,-/kapita/ bulan", 598748, "IDR/kapita/month", "exact"),
    ("Garis kemiskinan kini Rp654.213/kapita/bulan.", "Rp654.213/kapita/bulan", 654213, "IDR/kapita/month", "exact"),
    ("Telur dijual Rp12 ribu lima ratus per-kg.", "Rp12 ribu lima ratus per-kg", 12500, "IDR/kg", "exact"),
    ("Bawang putih Rp39 ribu per kilogram.", "Rp39 ribu per kilogram", 39000, "IDR/kg", "exact"),
    ("Investasi baru senilai Rp509 M sudah cair.", "Rp509 M", 509e9, "IDR", "exact"),
    ("Kredit tumbuh menjadi Rp2,4 T.", "Rp2,4 T", 2.4e12, "IDR", "exact"),
    ("Gedung itu menelan Rp1,3 M dari kas daerah.", "Rp1,3 M", 1.3e9, "IDR", "exact"),
    ("Modal usahanya Rp 300 jt.", "Rp 300 jt", 300e6, "IDR", "exact"),
    ("Tiket masuk Rp50rb per orang.", "Rp50rb per orang", 50000, "IDR/orang", "exact"),
    ("Bantuan sebesar Rp300 ribu per KPM disalurkan.", "Rp300 ribu per KPM", 300000, "IDR/kpm", "exact"),
    ("Iurannya lima ratus ribu rupiah sebulan.", "lima ratus ribu rupiah sebulan", 500000, "IDR/month", "exact"),
    ("Pemkab menghemat Rp310 miliar setiap tahun.", "Rp310 miliar setiap tahun", 310e9, "IDR/year", "exact"),
    ("Upahnya Rp150 ribu sehari.", "Rp150 ribu sehari", 150000, "IDR/day", "exact"),
    ("Ekspor alas kaki mencapai US$56,02 juta.", "US$56,02 juta", 56.02e6, "USD", "exact"),
    ("Ekspor turun menjadi 667,89 juta dolar AS.", "667,89 juta dolar AS", 667.89e6, "USD", "exact"),
    ("Nilai kontraknya USD 5 juta.", "USD 5 juta", 5e6, "USD", "exact"),
    ("Proyek itu didanai 3 miliar yen.", "3 miliar yen", 3e9, "JPY", "exact"),
    ("Donasi mencapai 200 ribu ringgit.", "200 ribu ringgit", 200e3, "MYR", "exact"),
    ("Subsidi dipangkas setengah juta rupiah.", "setengah juta rupiah", 500000, "IDR", "exact"),
    ("Dana desa Rp1 miliar 200 juta telah cair.", "Rp1 miliar 200 juta", 1.2e9, "IDR", "exact"),
    ("Omzet pedagang sekitar Rp800-an juta.", "Rp800-an juta", 800e6, "IDR", "approx"),
    ("Kerugian ditaksir hingga Rp35 miliar.", "Rp35 miliar", 35e9, "IDR", "max"),
    ("Gajinya minimal Rp3 juta per bulan.", "Rp3 juta per bulan", 3e6, "IDR/month", "min"),
    ("Harga cabai rawit 65.000/kg di kios.", "65.000/kg", 65000, "IDR/kg", "exact"),
    ("Anggaran yang disiapkan 4,5 miliar.", "4,5 miliar", 4.5e9, "IDR", "exact"),
    # per cent
    ("Inflasi tercatat 5,3 persen.", "5,3 persen", 5.3, "%", "exact"),
    ("Inflasi tercatat 5.8% pada bulan lalu.", "5.8%", 5.8, "%", "exact"),
    ("Pasangan itu unggul dengan 14.49% suara.", "14.49%", 14.49, "%", "exact"),
    ("Ekonomi terkontraksi minus (-) 6,92 persen.", "minus (-) 6,92 persen", -6.92, "%", "exact"),
    ("Pertumbuhan triwulan itu -3,75%.", "-3,75%", -3.75, "%", "exact"),
    ("Laju usaha negatif 2 persen.", "negatif 2 persen", -2, "%", "exact"),
    ("Pengangguran turun 1,66 persen poin.", "1,66 persen poin", 1.66, "pp", "exact"),
    ("Suku bunga turun 25 basis poin.", "25 basis poin", 25, "bps", "exact"),
    ("Serapan belanja seratus persen.", "seratus persen", 100, "%", "exact"),
    ("Hampir 90 persen warga sudah divaksin.", "90 persen", 90, "%", "approx"),
    ("Kurang lebih 12 prosen kios kosong.", "12 prosen", 12, "%", "approx"),
    ("Realisasinya lebih dari 94 persen.", "94 persen", 94, "%", "min"),
    ("Kadar airnya maksimal 14 persen.", "14 persen", 14, "%", "max"),
    ("Bunganya di bawah 6 persen.", "6 persen", 6, "%", "max"),
    # measures
    ("Lahan parkir itu seluas 1.579 meter persegi.", "1.579 meter persegi", 1579, "m2", "exact"),
    ("Sawah yang kering 120 hektare.", "120 hektare", 120, "ha", "exact"),
    ("Sawah yang kering 120 ha.", "120 ha", 120, "ha", "exact"),
    ("Beras bantuan 2,6 ton tiba.", "2,6 ton", 2.6, "ton", "exact"),
    ("Panen mangga 1,25 juta kwintal.", "1,25 juta kwintal", 1250000, "kuintal", "exact"),
    ("Jalan desa sepanjang 3,5 km diaspal.", "3,5 km", 3.5, "km", "exact"),
    ("Air menggenang setinggi 50cm.", "50cm", 50, "cm", "exact"),
    ("Minyak goreng 20 liter disita.", "20 liter", 20, "l", "exact"),
    ("Pembangkit berdaya 50 MW beroperasi.", "50 MW", 50, "MW", "exact"),
    ("Pekarangan sekitar 250 m2 per rumah tangga.", "250 m2 per rumah tangga", 250, "m2/rumah tangga", "approx"),
    # counts after
    ("Ada 347 rumah yang terendam.", "347 rumah", 347, "rumah", "exact"),
    ("Pemkot membina 64 pelaku UMKM.", "64 pelaku UMKM", 64, "pelaku umkm", "exact"),
    ("Pelatihan diikuti 100 peserta.", "100 peserta", 100, "peserta", "exact"),
    ("Sebanyak 57.140 KPM menerima beras.", "57.140 KPM", 57140, "kpm", "exact"),
    ("Bursa itu menyediakan 24.705 lowongan.", "24.705 lowongan", 24705, "lowongan", "exact"),
    ("Banjir merendam delapan desa.", "delapan desa", 8, "desa", "exact"),
    ("Sebanyak 3. 000 rumah diperbaiki.", "3. 000 rumah", 3000, "rumah", "exact"),
    ("Dua belas ribu orang mendaftar.", "Dua belas ribu orang", 12000, "orang", "exact"),
    ("Sekitar 4000-an warga mengungsi.", "4000-an warga", 4000, "warga", "approx"),
    ("Terdata 15 ribu lebih pedagang.", "15 ribu lebih pedagang", 15000, "pedagang", "min"),
    ("Pasar itu menampung 11 ribuan pedagang.", "11 ribuan pedagang", 11000, "pedagang", "approx"),
    ("Dinas memasang enam CCTV di pasar.", "enam CCTV", 6, "cctv", "exact"),
    ("Hadir 28 anggota dewan.", "28 anggota dewan", 28, "anggota dewan", "exact"),
    ("Banjir melanda 8 desa/kelurahan.", "8 desa/kelurahan", 8, "desa/kelurahan", "exact"),
    ("Penilaian memakai 3 (tiga) komponen.", "3 (tiga) komponen", 3, "komponen", "exact"),
    ("Polisi memeriksa 20 orang saksi.", "20 orang saksi", 20, "orang saksi", "exact"),
    ("Omzetnya naik dua kali lipat.", "dua kali lipat", 2, "kali lipat", "exact"),
    ("Ia sudah tiga kali mangkir.", "tiga kali", 3, "kali", "exact"),
    ("Keempat perusahaan itu disegel.", "Keempat perusahaan", 4, "perusahaan", "exact"),
    ("Minimal 30 koperasi ikut serta.", "30 koperasi", 30, "koperasi", "min"),
    ("Tidak kurang dari 500 pelamar datang.", "500 pelamar", 500, "pelamar", "min"),
    ("Ada 1,5 juta penduduk di sana.", "1,5 juta penduduk", 1.5e6, "penduduk", "exact"),
    ("Ada 1.5 juta penduduk di sana.", "1.5 juta penduduk", 1.5e6, "penduduk", "exact"),
    ("Ada 1,234,567 penduduk di sana.", "1,234,567 penduduk", 1234567, "penduduk", "exact"),
    ("Jumlahnya sekitar 791,61 ribu orang.", "791,61 ribu orang", 791610, "orang", "approx"),
    ("Partai Golkar meraih 5 kursi.", "5 kursi", 5, "kursi", "exact"),
    # counts before
    ("Jumlah pelaku UMKM di kota ini sebanyak 90.128.", "90.128", 90128, "pelaku umkm", "exact"),
    ("Total koperasi aktif mencapai 1.240.", "1.240", 1240, "koperasi aktif", "exact"),
    # durations
    ("Pameran berlangsung selama dua hari.", "dua hari", 2, "day", "exact"),
    ("Tersangka ditahan selama 20 hari.", "20 hari", 20, "day", "exact"),
    ("Posko buka 24 jam penuh.", "24 jam", 24, "hour", "exact"),
    ("Kontraknya berlaku selama lima tahun.", "lima tahun", 5, "year", "exact"),
    ("Kelas itu selama 100 hari kerja.", "100 hari kerja", 100, "day", "exact"),
    # ranks
    ("Banten menempati urutan ke-7 nasional.", "ke-7", 7, "urutan", "exact"),
    ("Investasi daerah ini di peringkat kelima.", "kelima", 5, "urutan", "exact"),
    ("Kota itu menjadi urutan ketiga se-Jawa.", "ketiga", 3, "urutan", "exact"),
    ("Nilai ekspornya terbesar kedua di provinsi.", "kedua", 2, "urutan", "exact"),
]  # fmt: skip

RANGES = [
    ("Harga berkisar Rp16 ribu hingga Rp17 ribu.", "Rp16 ribu hingga Rp17 ribu", 16000, 17000, "IDR"),
    ("Sewa kios Rp150-500 Ribu.", "Rp150-500 Ribu", 150000, 500000, "IDR"),
    ("Telur Rp16 ribu Rp17 ribu di pasar.", "Rp16 ribu Rp17 ribu", 16000, 17000, "IDR"),
    ("Ayam Rp 125.000 - Rp 130.000.", "Rp 125.000 - Rp 130.000", 125000, 130000, "IDR"),
    ("Denda Rp150 ribu hingga Rp500 ribu.", "Rp150 ribu hingga Rp500 ribu", 150000, 500000, "IDR"),
    ("Bunga antara 5 hingga 7 persen.", "5 hingga 7 persen", 5, 7, "%"),
    ("Bunga antara 5 dan 7 persen.", "5 dan 7 persen", 5, 7, "%"),
    ("Kenaikannya 5-10 persen.", "5-10 persen", 5, 10, "%"),
    ("Tinggi air 50 cm sampai dengan 1 meter.", "50 cm sampai dengan 1 meter", 50, 100, "cm"),
    ("Tanaman usia 10—20 tahun ditebang.", "10—20 tahun", 10, 20, "year"),
    ("Panennya 2 sampai 3 ton.", "2 sampai 3 ton", 2, 3, "ton"),
    ("Sasaran inflasi 2,5 ± 1 persen.", "2,5 ± 1 persen", 1.5, 3.5, "%"),
    ("Sasaran inflasi 2,5% plus minus 1%.", "2,5% plus minus 1%", 1.5, 3.5, "%"),
    ("Panennya 2 s/d 3 ton.", "2 s/d 3 ton", 2, 3, "ton"),
    ("Mungkin 4 atau 5 kali dalam setahun.", "4 atau 5 kali", 4, 5, "kali"),
    ("Tiap kelas diisi dua hingga tiga orang.", "dua hingga tiga orang", 2, 3, "orang"),
    ("Bantuan untuk 2 sampai 3 juta warga.", "2 sampai 3 juta warga", 2e6, 3e6, "warga"),
]

NEGATIVES = [
    "Hubungi 0812-3456-7890 atau 112 untuk bantuan.",
    "Kata Baihaqi (23), warga setempat.",
    "Tersangka MR, 23, HK, 19, sudah ditahan.",
    "Pria berusia 34 tahun itu jatuh.",
    "Bocah 9 tahun itu selamat.",
    "Laga berakhir dengan skor 1-1.",
    "Persita menang 3-0 atas tamunya.",
    "Warga memilih All New Vario 125.",
    "Kegiatan di SDN Larangan 11 berjalan baik.",
    "Rapat digelar di Pintu Air 10.",
    "Proyek di kawasan PIK 2 berlanjut.",
    "Senam di Taman Kota 2 ramai.",
    "Ia dijerat Pasal 170 KUHP.",
    "Sesuai Pasal 5 ayat (1) UU No 51 Tahun 2008.",
    "Aturan itu Perbup No 63/2019.",
    "Dasar hukumnya PP No 78/2015.",
    "Surat Nomor 131.36-5896 Tahun 2018 sudah terbit.",
    "Berita resmi No. 34/07/36/Th. XVIII terbit.",
    "Warga RT2/10 kerja bakti.",
    "Warga RT 02 RW 02 kerja bakti.",
    "Rumahnya di Blok B6 No14.",
    "Acara mulai pukul 22.34 WIB.",
    "Pasar buka 10.00-12.00 WIB.",
    "Pandemi COVID-19 belum usai.",
    "Timnas U-23 berlatih.",
    "Peringatan HUT ke-76 meriah.",
    "Tahun baru 1444 Hijriah dirayakan.",
    "Masa jabatan 1998 hingga 2003 berakhir.",
    "Pasangan nomor urut 02 hadir.",
    "Dibaca : 6586",
    "Pertemuan Senin (3/5/2021) lancar.",
    "Ia datang Selasa (3/3) lalu.",
    "Ini salah satu solusi.",
    "Satu per satu pedagang pindah.",
    "Layanan satu pintu dibuka.",
    "Orang nomor dua di kota itu hadir.",
    "Kendaraan roda dua dilarang masuk.",
    "Sesi kedua dimulai.",
    "Kedua, pemerintah harus hadir.",
    "Ini kali kedua ia datang.",
    "Ribuan warga memadati alun-alun.",
    "Puluhan pedagang menolak pindah.",
    "Sejumlah kios tutup.",
    "Dua tahun terakhir pasar sepi.",
    "Target itu untuk lima tahun ke depan.",
    "Peristiwa itu terjadi 3 hari lalu.",
    "Anak itu duduk di kelas 5.",
    "Rapat di Lantai 3 Gedung Bupati.",
    "Rumah tipe 36 laku keras.",
    "Kecelakaan di KM 26 Tol Jakarta.",
    "Mobil B 1234 ABC ditilang.",
    "Prinsip 4K diterapkan.",
    "Dana itu cair lewat SP2D.",
    "Baca juga: 5 Tips Berhemat",
    "Masuk lima besar nasional.",
    "Lihat https://contoh.id/berita/2021/05/12345 ya.",
    "NIP 196703121990031004 tercatat.",
    "Tahap 2 segera dimulai.",
]


def _figures(text: str):
    return find_figures(text, [(0, len(text))])


@pytest.mark.parametrize(("text", "surface", "value", "unit", "modifier"), FIGURES)
def test_finds_one_figure(text, surface, value, unit, modifier):
    found = [figure for figure in _figures(text) if figure.surface == surface]
    assert len(found) == 1, [figure.surface for figure in _figures(text)]
    assert found[0].value == pytest.approx(value)
    assert found[0].value_max is None
    assert (found[0].unit, found[0].modifier) == (unit, modifier)


@pytest.mark.parametrize(("text", "surface", "low", "high", "unit"), RANGES)
def test_reads_a_range_as_one_figure(text, surface, low, high, unit):
    found = [figure for figure in _figures(text) if figure.surface == surface]
    assert len(found) == 1, [figure.surface for figure in _figures(text)]
    assert (found[0].value, found[0].value_max, found[0].unit) == (pytest.approx(low), pytest.approx(high), unit)


@pytest.mark.parametrize("text", NEGATIVES)
def test_finds_no_figure(text):
    assert [figure.surface for figure in _figures(text)] == []


def test_rows_of_a_price_list_are_money_without_its_mark():
    text = "Berikut harga pangan:\n\nBeras medium 13.500\n\nGula pasir 17.250"
    rows = [(0, 21), (23, 42), (44, len(text))]
    found = find_figures(text, rows)
    assert [(figure.surface, figure.unit) for figure in found] == [("13.500", "IDR"), ("17.250", "IDR")]
    assert found[0].measures == "harga Beras medium"


def test_a_bare_share_takes_the_unit_that_follows():
    text = "Inflasi naik dari 5,22 menjadi 5,93 persen."
    assert [(figure.value, figure.unit) for figure in _figures(text)] == [(5.22, "%"), (5.93, "%")]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Kemiskinan naik 0,71 persen dari 5,22 persen menjadi 5,93 persen.", "points-not-percent"),
        ("PDRB Banten Rp900 miliar tahun itu.", "implausible-scale"),
        ("APBD sebesar Rp4.580.374.100.610,81 Triliun disahkan.", "implausible-scale"),
        ("Realisasi pajak Rp2,800 triliun.", "ambiguous-separator"),
        ("Nilai ekspor mencapai US$ 273,46 bulan itu.", "implausible-scale"),
        ("Penjualan turun 12 persen (yoy).", "yoy"),
    ],
)  # fmt: skip
def test_flags(text, flags):
    assert flags in _figures(text)[0].flags


def test_a_true_relative_change_is_no_point_error():
    text = "Harga naik 50 persen dari 10 persen menjadi 15 persen."
    assert all("points-not-percent" not in figure.flags for figure in _figures(text))


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("Cabai rawit Rp65.000 per kg dari sebelumnya Rp40.000.", "Rp40.000", "Rp65.000 per kg"),
        ("Sekarang Rp 65.000, dari sebelumnya Rp 40.000.", "Rp 40.000", "Rp 65.000"),
        ("Harga turun dari Rp120 ribu menjadi Rp90 ribu per kg.", "Rp120 ribu", "Rp90 ribu per kg"),
    ],
)
def test_the_new_level_knows_the_old_one(text, old, new):
    figures = {figure.surface: figure for figure in _figures(text)}
    assert figures[new].base == figures[old].value
    assert figures[old].base is None


PIECES = ["Rp", "12", "3,5", "juta", "persen", "-", "hingga", "dari", "menjadi", "(", ")", ".", "ke-7", "satu", "dua",
          "per kg", "/", "tahun 2020", "UMKM", "sebanyak", "±", "\n", "“", "minus", "3/5/2021", "RT 02", "9" * 40]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)))
def test_never_raises_and_keeps_spans(text):
    figures = _figures(text)
    assert all(text[figure.start : figure.end] == figure.surface for figure in figures)
    assert [figure.start for figure in figures] == sorted({figure.start for figure in figures})
