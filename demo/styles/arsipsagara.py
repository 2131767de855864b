"""Arsip Sagara: ``.html`` addresses with capitals, and gzip sitemaps by month that only robots.txt names."""

from __future__ import annotations

import gzip
from dataclasses import replace

from demo.sites.pieces import Piece, slug_of
from demo.sites.site import Answer, Handler, Request
from demo.styles.site import NAME, StyleSite


class ArsipSagara(StyleSite):
    """Its lists show the newest only; without the sitemaps most of it stays unseen."""

    key = "arsipsagara"
    title = "Arsip Sagara"
    weight = 48
    per_page = 10
    gone = 410
    odd = {  # noqa: RUF012
        "tentang-kami": "/Tentang_Kami.html",
        "iklan": "/Pasang_Iklan.html",
        "kebijakan-cookie": "/Kebijakan_Privasi.html",
        "foto": "/Galeri_Foto.html",
    }
    robots = "User-agent: *\nDisallow: /Cari\n\nSitemap: {origin}/peta/indeks.xml.gz\n"

    def routes(self) -> dict[str, Handler]:
        """Articles, sections, sitemaps."""
        return {
            r"/": self.front,
            r"/peta/indeks\.xml\.gz": self.sitemaps,
            r"/peta/(?P<month>\d{4}-\d\d)\.xml\.gz": self.month_map,
            r"/peta/halaman\.xml\.gz": self.pages_map,
            r"/(?P<section>[A-Z][a-z]+)/": self.section,
            rf"/Penulis/(?P<author>{NAME})\.html": self.author,
            r"/(?P<section>[A-Z][a-z]+)/(?P<slug>[A-Za-z0-9_]+)_(?P<number>\d+)\.html": self.read,
        }

    def path_of(self, piece: Piece) -> str:
        """``/Ekonomi/Harga_Cabai_Naik_12345.html``."""
        title = slug_of(piece.version.title, lower=False).replace("-", "_")
        return f"/{piece.version.section.title()}/{title}_{piece.number}.html"

    def front(self, request: Request) -> Answer | None:
        """The newest articles, without further pages."""
        return self.list_view(self.pieces[: self.per_page], 1, heading="Arsip Sagara", link=lambda number: "/")

    def section(self, request: Request) -> Answer | None:
        """A section's newest articles, without further pages."""
        found = self.in_section(request.parts["section"].lower())[: self.per_page]
        return self.list_view(found, 1, heading=request.parts["section"], link=lambda number: request.path)

    def author(self, request: Request) -> Answer | None:
        """A reporter's newest articles."""
        found = self.of_author(request.parts["author"])[:5]
        return self.list_view(found, 1, heading=request.parts["author"], link=lambda number: request.path)

    def sitemaps(self, request: Request) -> Answer:
        """The packed index: a sitemap a month, and one of other pages."""
        months = [
            (f"/peta/{month}.xml.gz", self.newest_change(pieces).isoformat()) for month, pieces in self.months.items()
        ]
        return _packed(self.sitemap_index([("/peta/halaman.xml.gz", ""), *months]))

    def month_map(self, request: Request) -> Answer | None:
        """A month's articles, packed."""
        found = self.months.get(request.parts["month"])
        return _packed(self.urlset(found)) if found else None

    def pages_map(self, request: Request) -> Answer:
        """Pages that are no articles, packed."""
        sections = [f"/{section.title()}/" for section in self.sections]
        return _packed(self.urlset((), more=[*self.odd.values(), *sections]))

    def read(self, request: Request) -> Answer | None:
        """An article; the number decides."""
        return self.show(self.by_number(request.parts["number"]))


def _packed(page: Answer) -> Answer:
    """The file itself is gzip; no ``Content-Encoding`` says so."""
    return replace(page, body=gzip.compress(page.body, mtime=0), content_type="application/x-gzip")
