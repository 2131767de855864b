"""Baca Tirta: ids in the path with decorative titles behind them, sections only, AMP and print pages."""

from __future__ import annotations

from demo.sites.pieces import Piece, slug_of
from demo.sites.site import Answer, Handler, Request
from demo.styles.site import NAME, StyleSite


class BacaTirta(StyleSite):
    """Neither feed nor sitemap nor index: the numbered pages of its sections are all there is."""

    key = "bacatirta"
    title = "Baca Tirta"
    weight = 44
    per_page = 12
    way = "page-number"
    odd = {  # noqa: RUF012
        "tentang-kami": "/halaman/tentang-kami",
        "kontak": "/halaman/kontak",
        "kebijakan-cookie": "/halaman/privasi",
        "foto": "/foto",
        "masuk": "/masuk",
    }
    robots = "User-agent: *\nDisallow: /cari\nDisallow: /masuk\n"

    def routes(self) -> dict[str, Handler]:
        """Articles by id alone, sections, tags."""
        return {
            r"/": self.home,
            r"/cari": self.answer_found,
            r"/read/(?P<number>\d+)(?:/[^/]*)?": self.read,
            r"/amp/read/(?P<number>\d+)(?:/[^/]*)?": self.amp,
            r"/print/(?P<number>\d+)": self.printed,
            rf"/kanal/(?P<section>{NAME})": self.section,
            rf"/topik/(?P<tag>{NAME})": self.tag,
        }

    def path_of(self, piece: Piece) -> str:
        """``/read/{id}/Title-Words``."""
        return f"/read/{piece.number}/{slug_of(piece.version.title, lower=False)}"

    def misspelt_path(self, piece: Piece, turn: int) -> str:
        """The same id behind other words."""
        return f"/read/{piece.number}/{('Judul-Lama', piece.slug, '')[turn]}"

    def urls_of(self, piece: Piece) -> tuple[str, ...]:
        """The article, its parts, a wrong slug, AMP and print."""
        bare = f"/read/{piece.number}"
        others = (bare, f"{bare}/judul-lama", f"/amp{self.path_of(piece)}", f"/print/{piece.number}")
        return (*super().urls_of(piece), *(self.origin + path for path in others))

    def home(self, request: Request) -> Answer | None:
        """The newest articles, without further pages."""
        return self.list_view(self.pieces[: self.per_page], 1, heading="Beranda", link=lambda number: "/")

    def answer_found(self, request: Request) -> Answer | None:
        """Search results, which robots must not ask for."""
        return self.list_view(self.pieces[:3], 1, heading="Pencarian", link=lambda number: "/cari")

    def section(self, request: Request) -> Answer | None:
        """A section's articles, ``?page=N``."""
        section = request.parts["section"]

        def link(number: int) -> str:
            return f"/kanal/{section}?page={number}"

        return self.list_view(self.in_section(section), request.page, heading=section.upper(), link=link)

    def tag(self, request: Request) -> Answer | None:
        """The articles with a tag."""
        tag = request.parts["tag"]
        found = self.with_tag(tag, slug_of)
        return self.list_view(found, request.page, heading=tag, link=lambda number: f"/topik/{tag}?page={number}")

    def read(self, request: Request) -> Answer | None:
        """An article or a part of it; the slug does not matter."""
        return self.show_queried(self.by_number(request.parts["number"]), request)

    def amp(self, request: Request) -> Answer | None:
        """The AMP page, always whole."""
        return self.show(self.by_number(request.parts["number"]), whole=True, kind="amp")

    def printed(self, request: Request) -> Answer | None:
        """The print page, whole, with the visitor's date and no canonical link."""
        return self.show(self.by_number(request.parts["number"]), whole=True, kind="print")
