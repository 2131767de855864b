"""Pages that every site has and that are no articles, long enough to be mistaken for one."""

from __future__ import annotations

from demo.sites.static_pages import STATIC_PAGES, StaticPage

_MORE = (
    StaticPage(
        slug="kebijakan-cookie",
        title="Kebijakan Cookie dan Privasi",
        paragraphs=(
            "Situs rekaan ini memakai cookie agar pengaturan bahasa dan ukuran huruf tidak hilang saat Anda kembali.",
            "Cookie tidak menyimpan nama, alamat, atau nomor telepon Anda. Anda dapat menghapusnya kapan saja lewat "
            "menu pengaturan peramban, dan situs tetap dapat dibaca sesudahnya.",
            "Kami menyimpan catatan kunjungan paling lama empat belas hari untuk menghitung halaman yang dibuka. "
            "Catatan itu tidak dijual dan tidak digabungkan dengan data dari pihak lain.",
            "Dengan menekan tombol setuju, Anda mengizinkan pemakaian cookie sebagaimana diterangkan di atas.",
        ),
    ),
    StaticPage(
        slug="redaksi",
        title="Susunan Redaksi",
        paragraphs=(
            "Pemimpin Redaksi: Retno Wirahadi. Redaktur Pelaksana: Galih Lesmana. Sekretaris Redaksi: Tuti Anggoro.",
            "Reporter: Hasan Pranoto, Mega Rahayu, Dina Gumilar, Wulan Setiadi. Fotografer: Arif Adikarya.",
            "Wartawan kami dibekali kartu pengenal dan tidak dibenarkan menerima pemberian dalam bentuk apa pun dari "
            "narasumber. Bila ada yang mengaku wartawan tanpa kartu, laporkan kepada sekretaris redaksi.",
        ),
    ),
    StaticPage(
        slug="iklan",
        title="Pasang Iklan",
        paragraphs=(
            "Kami menyediakan ruang iklan di beranda, di samping tulisan, dan dalam bentuk advertorial bertanda.",
            "Tarif dihitung per seribu tayangan. Usaha mikro mendapat potongan separuh harga untuk bulan pertama.",
            "Bahan iklan dikirim paling lambat tiga hari sebelum tayang dan diperiksa lebih dahulu oleh redaksi.",
        ),
    ),
    StaticPage(slug="masuk", title="Masuk ke Akun", paragraphs=("Alamat surel", "Kata sandi", "Lupa kata sandi?")),
    StaticPage(
        slug="foto",
        title="Galeri Foto",
        paragraphs=("Suasana pasar pagi.", "Panen di lereng.", "Perahu pulang.", "Bus kota di terminal."),
    ),
)
ODD_PAGES = STATIC_PAGES | {page.slug: page for page in _MORE}
