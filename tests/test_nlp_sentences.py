"""Where a sentence ends: a table of lines, ``¦`` marks the start of each further sentence."""

from __future__ import annotations

import pytest
from spacy.language import Language

from nlp.pipeline import build_blank

TABLE = """
Harga cabai naik. ¦Pedagang mengeluh.
Apa sebabnya? ¦Stok menipis!
Stok habis... ¦Pembeli pulang.
Warga antre sejak subuh… ¦Loket baru buka pukul 08.00 WIB.
Pj. Bupati meninjau pasar.
Kunjungan Pj. Gubernur berlangsung singkat. ¦Ia langsung pulang.
Plt. Kepala Dinas Sosial hadir bersama Plh. Sekda.
Acara dibuka Dr. Rini Astuti dan Prof. Bambang Wiryo.
Drs. H. Sukarna memimpin rapat.
Bantuan diserahkan Hj. Neneng kepada Ny. Sumiati.
Ir. Wibowo menolak usul itu.
Rapat dipimpin Tb. Hasan dan KH. Mansur.
Moch. Arifin tidak hadir. ¦Ia diwakili Muh. Rizal.
A. Zulkifli menyetujui rencana itu.
Menurut R. Hidayat, dana sudah cair.
Laporan disusun M. Yusuf S. Pratama.
Ketua panitia, Andi Saputra, S.E., M.Si., menutup acara.
Acara ditutup Andi Saputra, S.H. ¦Hadirin pulang.
Ia bergelar M.Si. ¦Gelar itu diraihnya di Bandung.
Direktur Rina Maulida, M.Ars. menyampaikan rencana.
Gedung itu milik PT. Sinar Jaya.
Kerja sama dengan CV. Maju Terus diperpanjang. ¦Nilainya naik.
Kantornya di Jl. Merdeka No. 12, Serang.
Alamat baru: Jln. Veteran No. 5. ¦Warga diminta datang.
Harga Rp. 545.065. ¦Angka itu tertinggi.
Biayanya Rp. 12.500 per kg.
Tarif Rp2.500. ¦Tarif lama Rp2.000.
Inflasi 5,98 persen. ¦Angka itu di bawah target.
Luasnya 3.200,75 hektare. ¦Sebagian rusak.
Jumlahnya 90.128. ¦Tahun lalu lebih sedikit.
Pada 2020 ada 1.200 unit. ¦Kini 1.450 unit.
Rapat digelar tahun 2023. ¦Hasilnya belum diumumkan.
Peserta mencapai 3. 000 orang.
Jalan rusak di Km. 12 diperbaiki.
Warga Kel. Sukajadi, Kec. Cibodas, mengadu.
Rombongan tiba di Kab. Lebak. ¦Mereka disambut hujan.
Pemkab. Serang menyiapkan dana.
Perda No. 4 Tahun 2019 dicabut.
Lihat hal. 7 dan Ps. 5.
AKBP. Rudi menjelaskan kronologi. ¦Dua orang ditahan.
Kombes. Pol. Wahyu membenarkan.
Brigjen. Sutarto dan Letkol. Anwar hadir.
"Kami siap," ujar Budi.
"Kami siap." ¦Budi lalu pulang.
"Kami siap!" kata Budi.
"Kapan dibuka?" tanya warga.
"Stok aman." ujar Kepala Bulog.
"Stok aman." Ujar Kepala Bulog.
“Harga turun.” Kata Rina, Senin.
“Harga turun.” ¦Rina berkata demikian kemarin.
"Dana cair. ¦Warga senang," ungkap Lurah Cipete.
"Apa kabar?" ¦"Baik."
Ia berkata, "Tunggu dulu." ¦Warga menunggu.
Ia berkata: "Tunggu!" ¦Semua diam.
(Harga dapat berubah.) ¦Pembeli diminta maklum.
Harga naik (lihat tabel). ¦Tabel dibuat BPS.
Panen gagal (80 persen). ¦Petani rugi.
‘Pasar murah’ dibuka. ¦Warga datang.
Program “Jumat Berkah” berjalan. ¦Dananya dari warga.
"Q,"ujar Siti.
"Sudah selesai,"katanya. ¦Ia lalu pergi.
Sumber: KOMPAS.com. ¦Data diolah.
Situs tangerangkota.go.id memuat jadwal. ¦Warga bisa mengunduh.
Surel ke info@contoh.id dibalas cepat. ¦Telepon tidak.
Buka https://contoh.go.id/berita/12. ¦Klik menu daftar.
Pukul 10.00 WIB. ¦Hujan turun.
Pukul 22.34 WIB hujan reda.
Rapat Senin (3/5/2021). ¦Hadir 20 orang.
Rapat pada 3 Mei 2021. ¦Hadir 20 orang.
Dr. Ani, dr. Budi, dan drg. Cici memeriksa warga.
Kasus a.n. Sardi dilimpahkan.
Bantuan s.d. Desember ditunda.
Peternak menjual ayam, itik, dll. ke pasar.
Ada beras, gula, dsb. ¦Semua murah.
Ia tinggal di RT. 05 RW. 03.
Vol. 3 terbit hari ini. ¦Harganya tetap.
1. Kota Serang menerima Rp2 miliar.
2. Kabupaten Lebak menerima Rp3 miliar. ¦Sisanya disimpan.
Hasilnya: 1. Kota Cilegon naik.
Komisi II setuju. ¦Komisi III menolak.
Warga RT 02 menolak. ¦Lurah membujuk.
UMKM tumbuh. ¦– Data dari dinas.
Pasar buka. ¦5 pedagang belum kembali.
Harga naik!! ¦Pembeli kaget.
Benarkah?! ¦Dinas membantah.
Ia menjabat Kadis. ¦Sebelumnya ia camat.
Ia menjabat sejak Rabu. ¦Pelantikan tertutup.
Bupati (Pj.) meresmikan jembatan.
Nilai Rp1,2 T. ¦Angka itu final.
Kemarin hujan.¦Hari ini cerah.
Ia lahir di Solo. ¦Kini ia di Serang.
Panen raya tiba; petani lega. ¦Harga stabil.
Target tercapai, kata dia. ¦"Tahun depan naik."
"Saya kira cukup", katanya. ¦Rapat usai.
Sdr. Tono, Bpk. Karim, dan Ust. Jafar datang.
H.M. Soleh meresmikan masjid.
Menurut H. M. Soleh, dana cukup.
St. Petersburg jauh. ¦Serang dekat.
Ia juara 1. ¦Lawannya juara 2.
Anggaran TA 2024 disahkan. ¦DPRD menerima.
"""
LINES = [line for line in TABLE.splitlines() if line]


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return build_blank(names=["pantau_sentences"])


def sentences(pipeline: Language, text: str) -> list[str]:
    return [sentence.text.strip() for sentence in pipeline(text).sents]


def test_table_is_long() -> None:
    assert len(LINES) >= 100


@pytest.mark.parametrize("line", LINES)
def test_line(pipeline: Language, line: str) -> None:
    assert sentences(pipeline, line.replace("¦", "")) == line.replace(" ¦", "¦").split("¦")


def test_paragraphs_always_split(pipeline: Language) -> None:
    assert sentences(pipeline, "Pj.\n\nBupati datang\n\nia pulang") == ["Pj.", "Bupati datang", "ia pulang"]


def test_hard_wrapped_lines_stay_together(pipeline: Language) -> None:
    assert sentences(pipeline, "Harga beras\nnaik lagi.\nWarga mengeluh.") == [
        "Harga beras\nnaik lagi.",
        "Warga mengeluh.",
    ]


def test_quote_over_two_paragraphs_splits_at_the_break(pipeline: Language) -> None:
    assert sentences(pipeline, '"Kami siap.\n\nDana ada," ujar Budi.') == ['"Kami siap.', 'Dana ada," ujar Budi.']


@pytest.mark.parametrize("text", ["", " ", "\n\n", '"', "...", "(", "1.", "A."])
def test_odd_texts(pipeline: Language, text: str) -> None:
    assert "".join(sentence.text_with_ws for sentence in pipeline(text).sents) == text
