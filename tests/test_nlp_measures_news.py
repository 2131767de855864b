"""What figures measure in sentences as outlets write them: one line a sentence."""

from __future__ import annotations

import pytest

from nlp.figures.find import find_figures

# fmt: off
SENTENCES = [
    ("Realisasi investasi di Kabupaten Brebes sepanjang semester I mencapai Rp2,7 triliun.", ["Realisasi investasi"]),
    ("Nilai ekspor non-migas Jawa Tengah pada Mei tercatat USD 812 juta.", ["Nilai ekspor non-migas Jawa Tengah"]),
    ("Jumlah penduduk miskin di kabupaten itu mencapai 123 ribu jiwa.", ["Jumlah penduduk miskin"]),
    ("Jumlah pelaku UMKM binaan dinas tersebut kini 4.210 orang.", ["Jumlah pelaku UMKM binaan dinas"]),
    ("Total anggaran yang disiapkan untuk perbaikan jalan sebesar Rp48 miliar.", ["Total anggaran untuk perbaikan jalan"]),  # noqa: E501
    ("Anggaran untuk pembangunan puskesmas mencapai Rp12 miliar.", ["Anggaran untuk pembangunan puskesmas"]),
    ("Ekonomi Sulawesi Tengah tumbuh 7,2 persen pada triwulan II.", ["Ekonomi Sulawesi Tengah"]),
    ("Ekonomi tumbuh 5,1 persen.", ["pertumbuhan ekonomi"]),
    ("Arus penumpang dari arah Merak naik 18 persen.", ["Arus penumpang"]),
    ("Harga tanah yang ditawarkan warga naik menjadi Rp3 juta per meter persegi.", ["Harga tanah"]),
    ("Balita yang sudah diimunisasi baru 2.310 anak.", ["Balita yang diimunisasi"]),
    ("Daerah yang inflasinya di atas 4 persen akan ditegur.", ["inflasi"]),
    ("Di Kota Palu prevalensinya tinggal 17,2 persen.", ["prevalensi"]),
    ("Hibah untuk 120 masjid sebesar Rp6 miliar cair bulan ini.", ["masjid penerima hibah", "Hibah"]),
    ("Sebanyak 312 rumah di Desa Sukamaju terendam banjir.", ["rumah yang terendam banjir"]),
    ("Banjir membuat 14 desa mengalami gagal panen.", ["desa yang mengalami gagal panen"]),
    ("Dua gudang di Kelurahan Bandarharjo disegel petugas.", ["gudang yang disegel petugas"]),
    ("Dari 87 koperasi, hanya 31 yang aktif.", ["koperasi", "koperasi yang aktif"]),
    ("Kelompok pengolahan pangan mengalami deflasi 0,24 persen.", ["deflasi kelompok pengolahan pangan"]),
    ("Kemiskinan turun 0,4 persen, sementara pemerintah daerah menargetkan 8 persen.", ["Kemiskinan", "target kemiskinan"]),  # noqa: E501
    ("Kota itu berada di peringkat ketiga dalam indeks inovasi daerah.", ["peringkat indeks inovasi daerah"]),
    ("Neraca perdagangan mengalami surplus USD 1,2 miliar.", ["surplus neraca perdagangan"]),
    ("Bank itu menyalurkan kredit Rp4,5 triliun kepada pelaku usaha kecil.", ["kredit"]),
    ("Penyaluran KUR hingga September mencapai Rp1,9 triliun.", ["Penyaluran KUR"]),
    ("UMKM menyerap 97 persen tenaga kerja.", ["tenaga kerja"]),
    ("Sektor industri pengolahan menyerap 12.400 tenaga kerja.", ["tenaga kerja yang diserap"]),
    ("Kontribusi UMKM terhadap PDRB baru 38 persen.", ["Kontribusi UMKM"]),
    ("Industri pengolahan tumbuh 4,9 persen secara tahunan.", ["pertumbuhan industri pengolahan"]),
    ("Laju inflasi tahun kalender Januari-Mei tercatat 1,3 persen.", ["Laju inflasi tahun kalender"]),
    ("Tingkat kemiskinan ekstrem turun dari 2,1 persen menjadi 0,9 persen.", ["Tingkat kemiskinan ekstrem", "Tingkat kemiskinan ekstrem"]),  # noqa: E501
    ("Cabai merah keriting kini dijual Rp85 ribu per kilogram.", ["harga cabai merah keriting"]),
    ("Bawang putih Rp38 ribu per kg.", ["harga bawang putih"]),
    ("Harga telur ayam ras di tingkat pedagang Rp29 ribu per kilogram, sedangkan minyak goreng Rp17 ribu per liter.", ["Harga telur ayam ras", "harga minyak goreng"]),  # noqa: E501
    ("Pabrik itu mampu memproduksi 200 ton gula per hari.", ["gula"]),
    ("Realisasi pajak hotel Rp12 miliar, pajak restoran Rp30 miliar, dan pajak hiburan Rp4 miliar.", ["Realisasi pajak hotel", "pajak restoran", "pajak hiburan"]),  # noqa: E501
    ("Kredit macet perbankan masih 2,3 persen.", ["Kredit macet perbankan"]),
    ("Gubernur menetapkan upah minimum provinsi sebesar Rp2,1 juta.", ["upah minimum provinsi"]),
    ("UMK Kota Cirebon naik 6,5 persen menjadi Rp2,69 juta.", ["UMK Kota Cirebon", "UMK Kota Cirebon"]),
    ("Pemutusan hubungan kerja menimpa 1.200 buruh pabrik tekstil.", ["buruh pabrik tekstil"]),
    ("Kunjungan wisatawan selama libur Lebaran mencapai 340 ribu orang.", ["Kunjungan wisatawan"]),
    ("Jumlah wisatawan mancanegara yang datang melalui bandara mencapai 21 ribu kunjungan.", ["Jumlah wisatawan mancanegara"]),  # noqa: E501
    ("Proyek irigasi itu menelan biaya Rp23 miliar.", ["biaya proyek irigasi"]),
    ("Pembangunan pasar menghabiskan anggaran Rp23 miliar.", ["anggaran pembangunan pasar"]),
    ("Pemerintah pusat menggelontorkan Rp5 triliun untuk subsidi pupuk.", ["subsidi pupuk"]),
    ("Dinas mengalokasikan Rp2 miliar untuk pelatihan pelaku UMKM.", ["alokasi pelatihan pelaku UMKM"]),
    ("Setiap keluarga menerima bantuan Rp600 ribu.", ["bantuan"]),
    ("Produksi padi tahun ini diperkirakan 1,2 juta ton gabah kering giling.", ["Produksi padi"]),
    ("Luas panen padi menyusut 3.000 hektare.", ["Luas panen padi"]),
    ("Jalan rusak di kabupaten itu masih 214 kilometer.", ["Jalan rusak"]),
    ("Penerimaan pajak daerah baru 45 persen dari target Rp1,1 triliun.", ["Penerimaan pajak daerah", "target penerimaan pajak daerah"]),  # noqa: E501
    ("Omzet pelaku usaha batik naik 30 persen selama pameran.", ["Omzet pelaku usaha batik"]),
    ("Transaksi selama bazar menembus Rp1,3 miliar.", ["Transaksi"]),
    ("Sebanyak 25 pelaku usaha mikro mendapat sertifikat halal gratis.", ["pelaku usaha penerima sertifikat halal"]),
    ("Tim menyisir 12 kios dan menyita 340 botol minuman keras.", ["kios yang disisir", "botol minuman keras"]),
    ("Tiap warga dibatasi membeli maksimal 5 kilogram beras.", ["beras"]),
    ("Rata-rata lama sekolah warga baru 8,4 tahun.", ["Rata-rata lama sekolah warga"]),
    ("Umur harapan hidup mencapai 72,3 tahun.", ["Umur harapan hidup"]),
    ("Pengeluaran per kapita warga Rp11,2 juta per tahun.", ["Pengeluaran per kapita warga"]),
    ("Volume ekspor kopi melalui Pelabuhan Panjang turun menjadi 21 ribu ton.", ["Volume ekspor kopi"]),
    ("Sisa lebih penggunaan anggaran tahun lalu Rp310 miliar.", ["Sisa lebih penggunaan anggaran"]),
    ("Sekitar 60 persen pelaku usaha belum memiliki nomor induk berusaha.", ["pelaku usaha yang belum memiliki nomor induk"]),  # noqa: E501
    ("Realisasi belanja modal pemerintah kota baru 22,4 persen hingga akhir Juli.", ["Realisasi belanja modal pemerintah kota"]),  # noqa: E501
    ("Serapan tenaga kerja di kawasan industri itu mencapai 8.900 orang.", ["Serapan tenaga kerja"]),
    ("Dari total 1.240 pemohon, 310 orang belum melengkapi berkas.", ["pemohon", "orang yang belum melengkapi berkas"]),
    ("Penyerapan gabah oleh Bulog sudah 76 ribu ton.", ["Penyerapan gabah"]),
    ("Produk domestik regional bruto kota itu atas dasar harga berlaku mencapai Rp98 triliun.", ["Produk domestik regional bruto kota"]),  # noqa: E501
    ("Andil kelompok makanan terhadap inflasi 0,21 persen.", ["Andil kelompok makanan"]),
    ("Komoditas cabai rawit memberi andil 0,08 persen.", ["andil komoditas cabai rawit"]),
    ("Pendapatan asli daerah hingga Oktober terealisasi Rp1,2 triliun atau 81 persen dari target.", ["Pendapatan asli daerah", "Pendapatan asli daerah"]),  # noqa: E501
    ("Dana desa yang sudah cair Rp43 miliar.", ["Dana desa"]),
    ("Program itu menyasar 2.400 rumah tidak layak huni.", ["rumah tidak layak huni"]),
    ("Sebanyak 640 pekerja dirumahkan akibat pesanan sepi.", ["pekerja yang dirumahkan"]),
    ("Pabrik sepatu itu merumahkan 1.100 karyawan.", ["karyawan yang dirumahkan"]),
    ("Upah buruh harian hanya Rp85 ribu per hari.", ["Upah buruh harian"]),
    ("Pedagang menjual daging ayam seharga Rp36 ribu per kilogram.", ["harga daging ayam"]),
    ("Daging sapi dibanderol Rp130 ribu per kilogram.", ["harga daging sapi"]),
    ("Harga jual gabah kering panen di tingkat petani Rp6.700 per kilogram.", ["Harga jual gabah kering panen"]),
    ("Investor asal Korea menanamkan modal Rp1,4 triliun.", ["modal"]),
    ("Perusahaan itu membukukan laba bersih Rp312 miliar.", ["laba bersih"]),
    ("Laba bersih bank daerah itu naik 11 persen menjadi Rp540 miliar.", ["Laba bersih bank daerah", "Laba bersih bank daerah"]),  # noqa: E501
    ("Total aset BPR milik pemkab mencapai Rp710 miliar.", ["Total aset BPR milik pemkab"]),
    ("Dana pihak ketiga tumbuh 6,7 persen.", ["pertumbuhan dana pihak ketiga"]),
    ("Penumpang kapal di pelabuhan itu naik 12 persen dibanding tahun lalu.", ["Penumpang kapal"]),
    ("Tunggakan iuran peserta mandiri mencapai Rp18 miliar.", ["Tunggakan iuran peserta mandiri"]),
    ("Pemkab menghapus denda pajak senilai Rp2,4 miliar.", ["nilai denda pajak"]),
    ("Potensi zakat di kabupaten itu Rp30 miliar per tahun.", ["Potensi zakat"]),
    ("Sebanyak 8 dari 12 pasar tradisional sudah direnovasi.", ["pasar tradisional", "pasar tradisional yang direnovasi"]),  # noqa: E501
    ("Jumlah kunjungan ke perpustakaan daerah naik menjadi 4.000 orang per bulan.", ["Jumlah kunjungan"]),
    ("Stadion berkapasitas 12.000 penonton itu rampung.", ["kapasitas stadion"]),
    ("Jembatan sepanjang 140 meter itu menghubungkan dua desa.", ["panjang jembatan", "desa yang dihubungkan"]),
    ("Kebutuhan pupuk urea petani 9.000 ton per musim.", ["Kebutuhan pupuk urea petani"]),
    ("Pertumbuhan kredit UMKM melambat dari 8,1 persen menjadi 5,4 persen.", ["Pertumbuhan kredit UMKM", "Pertumbuhan kredit UMKM"]),  # noqa: E501
    ("Tingkat partisipasi angkatan kerja perempuan 51,2 persen.", ["Tingkat partisipasi angkatan kerja perempuan"]),
    ("Jumlah pengangguran berkurang 4.300 orang.", ["Jumlah pengangguran"]),
    ("Penerima bantuan pangan di kecamatan itu 1.820 keluarga.", ["Penerima bantuan pangan"]),
    ("Bupati menyerahkan bantuan alat kepada 45 kelompok usaha bersama.", ["kelompok usaha penerima bantuan alat"]),
    ("Peserta pelatihan digital mencapai 150 pelaku UMKM.", ["Peserta pelatihan digital"]),
    ("Sertifikat tanah elektronik yang diterbitkan baru 3.100 lembar.", ["Sertifikat tanah elektronik"]),
    ("Pemerintah menargetkan pertumbuhan ekonomi 5,4 persen tahun depan.", ["pertumbuhan ekonomi"]),
    ("Target investasi tahun ini Rp15 triliun.", ["Target investasi"]),
    ("Kontribusi pajak kendaraan bermotor mencapai 48 persen dari total PAD.", ["Kontribusi pajak kendaraan bermotor"]),
    ("Ekspor udang vaname turun 9 persen akibat tarif baru.", ["Ekspor udang vaname"]),
    ("Bunga pinjaman hanya 3 persen setahun.", ["Bunga pinjaman"]),
    ("Konsumsi rumah tangga menyumbang 54 persen PDB.", ["sumbangan konsumsi rumah tangga"]),
    ("Tarif parkir motor naik dari Rp1.000 menjadi Rp2.000.", ["Tarif parkir motor", "Tarif parkir motor"]),
    ("Biaya perjalanan ibadah haji ditetapkan rata-rata Rp56 juta per orang.", ["Biaya perjalanan ibadah haji"]),
    ("Perputaran uang selama festival diperkirakan Rp9 miliar.", ["Perputaran uang"]),
    ("Nilai transaksi QRIS di daerah itu menembus Rp620 miliar.", ["Nilai transaksi QRIS"]),
    ("Gaji petugas kebersihan Rp1,9 juta per bulan.", ["Gaji petugas kebersihan"]),
]
# fmt: on


@pytest.mark.parametrize(("text", "measures"), SENTENCES)
def test_what_a_news_sentence_measures(text: str, measures: list[str]) -> None:
    assert [figure.measures for figure in find_figures(text, [(0, len(text))])] == measures
