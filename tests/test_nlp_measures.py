"""What a figure measures: one line a shape of sentence."""

from __future__ import annotations

import pytest

from nlp.figures.find import find_figures

# fmt: off
MEASURED = [
    ("Pemkot menyiapkan anggaran sebesar Rp2 miliar.", ["anggaran"]),
    ("Inflasi tercatat 5,3 persen.", ["Inflasi"]),
    ("Produksi mangga di kabupaten itu mencapai 12 ton.", ["Produksi mangga"]),
    ("Kadar air gabah maksimal 14 persen.", ["Kadar air gabah"]),
    ("Harga beras premium berkisar Rp16 ribu.", ["Harga beras premium"]),
    ("Jumlah pelaku UMKM di tahun 2020 sebanyak 90.128.", ["Jumlah pelaku UMKM"]),
    ("Petugas menyita 318 dokumen.", ["dokumen yang disita"]),
    ("Petugas memeriksa 39 saksi.", ["saksi yang diperiksa"]),
    ("Terdapat 211 perusahaan yang beroperasi.", ["perusahaan yang beroperasi"]),
    ("Ada 8 desa terdampak.", ["desa terdampak"]),
    ("Daerah itu menyumbang 44 persen devisa pariwisata.", ["sumbangan devisa pariwisata"]),
    ("Kegiatan berlangsung selama 3 hari.", ["lama kegiatan"]),
    ("Ada 8 koperasi yang mendapat dana hibah.", ["koperasi penerima dana hibah"]),
    ("Terdapat dua ekor sapi di kandang.", ["sapi"]),
    ("Skandal itu merugikan negara hingga Rp6 triliun.", ["kerugian negara"]),
    ("Ekspor mebel mengalami kontraksi 1,4 persen.", ["kontraksi ekspor mebel"]),
    ("Tersangka ditahan di rumah tahanan selama 20 hari.", ["lama penahanan"]),
    ("BI menurunkan suku bunga sebanyak 25 basis poin menjadi 5,25 persen.", ["suku bunga", "suku bunga"]),
    ("Inflasi bulanan 0,1 persen dan secara tahunan 1,7 persen.", ["Inflasi bulanan", "Inflasi bulanan"]),
    ("Ada 45 persen warga memilih toko, sisanya 55 persen memilih pasar.", ["warga yang memilih toko", "warga yang memilih pasar"]),  # noqa: E501
    ("Sektor pertanian menyumbang 28 persen terhadap PDRB Kabupaten Lamongan.", ["sumbangan sektor pertanian"]),
    ("Kontribusi sektor pariwisata terhadap PAD mencapai 40 persen.", ["Kontribusi sektor pariwisata"]),
    ("Tingkat hunian kamar hotel berbintang rata-rata 58,3 persen.", ["Tingkat hunian kamar hotel berbintang"]),
    ("Progres pembangunan jembatan sudah 75 persen.", ["Progres pembangunan jembatan"]),
    ("Pembangunan Pasar Legi sudah mencapai 92 persen.", ["Pembangunan Pasar Legi"]),
    ("Serapan anggaran baru 34,5 persen.", ["Serapan anggaran"]),
    ("Realisasi PAD Kabupaten Sumenep baru 48 persen dari target.", ["Realisasi PAD Kabupaten Sumenep"]),
    ("Dari jumlah itu, 60 persen di antaranya perempuan.", ["perempuan"]),
    ("Hampir 70 persen warga desa bekerja sebagai petani.", ["warga desa"]),
    ("Suku bunga KUR hanya 6 persen per tahun.", ["Suku bunga KUR"]),
    ("Tingkat pengangguran terbuka Jember turun menjadi 4,01 persen.", ["Tingkat pengangguran terbuka Jember"]),
    ("Cakupan imunisasi sudah di atas 95 persen.", ["Cakupan imunisasi"]),
    ("Harga beras naik 10 persen dibanding bulan lalu.", ["Harga beras"]),
    ("Penjualan pedagang turun hingga 50 persen.", ["Penjualan pedagang"]),
    ("Pedagang mengaku omzetnya anjlok 60 persen.", ["omzet"]),
    ("Pelanggan mendapat diskon 50 persen.", ["diskon"]),
    ("Bapenda memberikan potongan 20 persen bagi warga yang membayar lebih awal.", ["potongan"]),
    ("Indeks literasi keuangan masyarakat baru 49,68 persen.", ["Indeks literasi keuangan masyarakat"]),
    ("Ekspor furnitur menyerap 80 persen produksi.", ["produksi"]),
    ("Pertumbuhan kredit perbankan 9,3 persen secara tahunan.", ["Pertumbuhan kredit perbankan"]),
    ("Okupansi hotel diprediksi 85 persen saat libur Lebaran.", ["Okupansi hotel"]),
    ("Partisipasi pemilih mencapai 78 persen.", ["Partisipasi pemilih"]),
    ("Sebanyak 120 petani mengikuti sekolah lapang.", ["petani yang mengikuti sekolah lapang"]),
    ("Pelatihan itu diikuti 40 pelaku UMKM dari 12 kecamatan.", ["pelaku UMKM", "kecamatan"]),
    ("Dinas menyalurkan 500 paket sembako kepada warga terdampak.", ["paket sembako"]),
    ("Bantuan diberikan kepada 350 keluarga.", ["keluarga penerima bantuan"]),
    ("Program ini menyasar 1.200 keluarga penerima manfaat.", ["keluarga penerima manfaat"]),
    ("Pemkab membangun 15 embung dan tiga jembatan gantung.", ["embung yang dibangun", "jembatan gantung"]),
    ("Kebakaran itu menghanguskan 20 kios.", ["kios yang dihanguskan"]),
    ("Tercatat 1.500 warga mengungsi.", ["warga yang mengungsi"]),
    ("Jumlah lowongan yang tersedia 3.200.", ["Jumlah lowongan"]),
    ("Polisi menangkap tiga orang.", ["orang yang ditangkap"]),
    ("Pemkot menargetkan 10.000 pelaku UMKM naik kelas.", ["pelaku UMKM"]),
    ("Luas tanam padi bertambah 1.200 hektare.", ["Luas tanam padi"]),
    ("Jalan sepanjang 12 kilometer itu diaspal.", ["panjang jalan"]),
    ("Bendungan berkapasitas 9 juta meter kubik.", ["kapasitas bendungan"]),
    ("Sumur itu sedalam 60 meter.", ["kedalaman sumur"]),
    ("Produksi garam Sampang 300 ribu ton.", ["Produksi garam Sampang"]),
    ("Nelayan mendapat 20 liter solar.", ["solar"]),
    ("Stok beras di gudang Bulog tersisa 8.000 ton.", ["Stok beras"]),
    ("Gudang itu menampung 3.000 ton gabah.", ["gabah"]),
    ("Ia membawa 5 kilogram sabu.", ["sabu"]),
    ("Proyek dikerjakan selama 180 hari.", ["lama pengerjaan"]),
    ("Pameran berlangsung selama tiga hari.", ["lama pameran"]),
    ("Pemadaman listrik berlangsung dua jam.", ["lama pemadaman listrik"]),
]
# fmt: on


@pytest.mark.parametrize(("text", "measures"), MEASURED)
def test_what_is_measured(text: str, measures: list[str]) -> None:
    assert [figure.measures for figure in find_figures(text, [(0, len(text))])] == measures


def test_a_figure_told_again_measures_the_same() -> None:
    text = "Tingkat hunian hotel 58,3 persen. Rp5 ribu. Mereka menyambut 58,3 persen itu."
    ends = [(0, 33), (34, 43), (44, len(text))]
    assert [figure.measures for figure in find_figures(text, ends)][-1] == "Tingkat hunian hotel"
