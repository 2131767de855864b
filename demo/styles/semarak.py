"""Semarak: WordPress-like blog with ``/slug/2`` for long articles, a print view and dated month archives."""

from __future__ import annotations

from demo.sites.pieces import Piece
from demo.sites.site import Answer, Handler, Request, moved
from demo.styles.site import NAME, StyleSite


class Semarak(StyleSite):
    """Long articles go on below their own address, and no page shows them whole."""

    key = "semarak"
    title = "Semarak"
    weight = 36
    per_page = 7
    way = "path-number"
    odd = {  # noqa: RUF012
        "tentang-kami": "/tentang-semarak",
        "redaksi": "/tim",
        "iklan": "/beriklan",
        "kebijakan-cookie": "/privasi",
    }
    robots = "User-agent: *\nDisallow: /cetak/\nDisallow: /?cari=\n"

    def routes(self) -> dict[str, Handler]:
        """Articles below ``/artikel/``, lists, the print view, the feed."""
        return {
            r"/(?:halaman/(?P<page>\d+))?": self.front,
            r"/rss\.xml": self.feed,
            rf"/kategori/(?P<section>{NAME})(?:/halaman/(?P<page>\d+))?": self.section,
            rf"/cetak/(?P<slug>{NAME})": self.printed,
            rf"/artikel/(?P<slug>{NAME})(?:/(?P<page>\d+))?": self.read,
        }

    def path_of(self, piece: Piece) -> str:
        """``/artikel/slug``."""
        return f"/artikel/{piece.slug}"

    def urls_of(self, piece: Piece) -> tuple[str, ...]:
        """Its parts and the print page."""
        return (*super().urls_of(piece), f"{self.origin}/cetak/{piece.slug}")

    def front(self, request: Request) -> Answer | None:
        """The newest articles."""
        return self.list_view(self.pieces, request.page, heading="Semarak", link=lambda n: f"/halaman/{n}")

    def section(self, request: Request) -> Answer | None:
        """A section's articles."""
        section = request.parts["section"]
        found = self.in_section(section)
        return self.list_view(found, request.page, heading=section, link=lambda n: f"/kategori/{section}/halaman/{n}")

    def feed(self, request: Request) -> Answer:
        """RSS of the last twelve, with the whole text."""
        return self.rss(self.pieces[:12], full=True, path="/rss.xml")

    def printed(self, request: Request) -> Answer | None:
        """The print page, whole; robots must not ask for it."""
        return self.show(self.by_slug(request.parts["slug"]), whole=True, kind="print")

    def read(self, request: Request) -> Answer | None:
        """An article or a part of it; ``/slug/1`` leads to ``/slug``."""
        piece = self.by_slug(request.parts["slug"])
        if piece and request.parts.get("page") == "1":
            return moved(self.url_of(piece))
        return self.show(piece, number=request.page)
