"""The texts of pages that are no articles: about, editorial code, contact."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticPage:
    """One page that is no article."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]


_ABOUT = StaticPage(
    slug="tentang-kami",
    title="Tentang Kami",
    paragraphs=(
        "Kami adalah media rekaan yang dibuat untuk peragaan Pantau. Kota, pejabat, dan peristiwa di sini tidak nyata.",
        "Redaksi rekaan ini terbit setiap hari dan menulis tentang pasar, usaha kecil, dan anggaran Kota Tirtasari.",
    ),
)
_CODE = StaticPage(
    slug="pedoman-media-siber",
    title="Pedoman Media Siber",
    paragraphs=(
        "Setiap berita melalui pemeriksaan sebelum terbit. Berita yang dapat merugikan pihak lain diperiksa ulang.",
        "Ralat, koreksi, dan hak jawab ditautkan pada berita yang diperbaiki, dengan waktu pemuatannya.",
        "Isi buatan pengguna ditandai. Iklan dan berita berbayar diberi keterangan yang jelas.",
    ),
)
_CONTACT = StaticPage(
    slug="kontak",
    title="Kontak",
    paragraphs=("Alamat: Jalan Rekaan Nomor 1, Tirtasari. Kotak surat redaksi tidak dibaca siapa pun.",),
)
STATIC_PAGES = {page.slug: page for page in (_ABOUT, _CODE, _CONTACT)}
