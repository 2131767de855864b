"""Rantai Kabar: two pages of the newest, and everything older only by the links between articles."""

from __future__ import annotations

from demo.sites.pieces import Piece
from demo.sites.site import Answer, Handler, Request
from demo.styles.site import NAME, StyleSite

LISTED = 16


class RantaiKabar(StyleSite):
    """Whoever does not follow "sebelumnya" from article to article misses most of it."""

    key = "rantai"
    title = "Rantai Kabar"
    weight = 32
    per_page = 8
    way = "next-link"
    odd = {"tentang-kami": "/info/tentang", "kontak": "/info/kontak", "kebijakan-cookie": "/info/cookie"}  # noqa: RUF012
    robots = "User-agent: *\nDisallow: /cari\n"

    def routes(self) -> dict[str, Handler]:
        """Articles with the number at the end, two list pages."""
        return {
            r"/": self.front,
            r"/lanjut/(?P<page>\d)": self.front,
            rf"/(?P<section>{NAME})/(?P<slug>{NAME})-(?P<number>\d{{4,}})(?:-bagian-(?P<page>\d+))?": self.read,
        }

    def path_of(self, piece: Piece) -> str:
        """``/{section}/slug-123``."""
        return f"/{piece.version.section}/{piece.slug}-{piece.number}"

    def part_url(self, piece: Piece, number: int) -> str:
        """``...-bagian-2``."""
        return self.url_of(piece) + (f"-bagian-{number}" if number > 1 else "")

    def front(self, request: Request) -> Answer | None:
        """The newest articles on two pages."""

        def link(number: int) -> str:
            return f"/lanjut/{number}"

        return self.list_view(self.pieces[:LISTED], request.page, heading="Terbaru", link=link)

    def read(self, request: Request) -> Answer | None:
        """An article or a part of it."""
        return self.show(self.by_number(request.parts["number"]), number=request.page)
