"""The releases of a regency: tables, an offset in the path of its lists, today's date and a counter on every page."""

from __future__ import annotations

import itertools

from demo.sites.pieces import Piece
from demo.sites.site import Answer, Handler, Request
from demo.styles.site import StyleSite


class PemdaWanakerta(StyleSite):
    """An office page whose text changes with every visit, so that no answer is ever the same."""

    key = "pemda_wanakerta"
    title = "Pemerintah Kabupaten Wanakerta"
    weight = 30
    per_page = 10
    sends_etag = False
    sends_modified = False
    odd = {  # noqa: RUF012
        "tentang-kami": "/profil/sejarah",
        "kontak": "/kontak",
        "redaksi": "/profil/struktur-organisasi",
        "foto": "/galeri/foto",
    }
    robots = "User-agent: *\nCrawl-delay: 0.3\nDisallow: /pencarian\nDisallow: /admin\n"
    keeps = False
    _visits = itertools.count(311)

    def routes(self) -> dict[str, Handler]:
        """Releases, their list, the calendar of events."""
        return {
            r"/": self.front,
            r"/berita(?:/index(?:/(?P<offset>\d+))?)?": self.releases,
            r"/berita/detail/(?P<number>\d+)(?:/[^/]*)?": self.read,
            r"/agenda/(?P<month>\d{4}/\d\d)": self.agenda,
        }

    def visit(self) -> int:
        """The counter in the header, one more each time."""
        return next(self._visits)

    def path_of(self, piece: Piece) -> str:
        """``/berita/detail/{id}/slug``."""
        return f"/berita/detail/{piece.number}/{piece.slug}"

    def misspelt_path(self, piece: Piece, turn: int) -> str:
        """The same id behind other words."""
        return f"/berita/detail/{piece.number}/{('judul-lama', f'{piece.slug}-2', '')[turn]}"

    def urls_of(self, piece: Piece) -> tuple[str, ...]:
        """Its address with any slug."""
        return (self.url_of(piece), f"{self.origin}/berita/detail/{piece.number}")

    def front(self, request: Request) -> Answer | None:
        """The newest releases."""
        return self.list_view(self.pieces[:5], 1, heading="Beranda", link=lambda number: "/berita")

    def releases(self, request: Request) -> Answer | None:
        """All releases; the path tells how many to leave out."""
        offset = int(request.parts.get("offset", "0")[:6])

        def link(number: int) -> str:
            return f"/berita/index/{(number - 1) * self.per_page}"

        number = offset // self.per_page + 1
        return None if offset % self.per_page else self.list_view(self.pieces, number, heading="Berita", link=link)

    def agenda(self, request: Request) -> Answer | None:
        """A month of the calendar, as far as there were releases."""
        months = [month.replace("-", "/") for month in self.months]
        return self.view("agenda", month=request.parts["month"]) if request.parts["month"] in months else None

    def read(self, request: Request) -> Answer | None:
        """A release; the id alone decides."""
        return self.show(self.by_number(request.parts["number"]))
